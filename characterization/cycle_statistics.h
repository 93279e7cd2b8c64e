// SPDX-License-Identifier: Apache-2.0
// The paper's figures of merit, per device over its cycles, then averaged over devices.
#pragma once

#include <cstdint>
#include <vector>

#include "characterization/pulse_record.h"

namespace dwmtj {

// Mean of per-device values; devices that have none do not count.
class Average {
 public:
  void add(double value) {
    sum_ += value;
    ++count_;
  }
  [[nodiscard]] double mean() const {
    return count_ == 0 ? 0.0 : sum_ / static_cast<double>(count_);
  }
  [[nodiscard]] std::uint64_t count() const { return count_; }

 private:
  double sum_ = 0.0;
  std::uint64_t count_ = 0;
};

struct LevelStatistics {
  Average mean;              // ohm, over the cycles that visited the site
  Average spread;            // ohm, standard deviation over cycles (n - 1)
  std::uint64_t visits = 0;  // cycles in which a reading found the wall here
};

// The pulse that made the wall leave a site it was seen at.
struct SwitchStatistics {
  Average mean;  // V: V_C,avg
  Average var;   // (V_C,max - V_C,min) / (2 V_C,avg)
  std::uint64_t switches = 0;
  double least = 0.0;  // V, over everything
  double most = 0.0;
};

// Adds up the rows of one phase. `from` and `to` are the sites where that phase starts and should
// end.
class CycleStatistics {
 public:
  CycleStatistics(int sites, Phase phase) : phase_(phase), levels_(sites), leaving_(sites) {}

  void add(const DeviceRecord& record);

  [[nodiscard]] const std::vector<LevelStatistics>& levels() const { return levels_; }
  [[nodiscard]] const std::vector<SwitchStatistics>& leaving() const { return leaving_; }
  [[nodiscard]] std::uint64_t devices() const { return devices_; }
  [[nodiscard]] std::uint64_t cycles() const { return cycles_; }
  [[nodiscard]] std::uint64_t notches_skipped() const { return notches_skipped_; }
  [[nodiscard]] std::uint64_t cycles_with_skip() const { return cycles_with_skip_; }
  [[nodiscard]] std::uint64_t cycles_in_one_switch() const { return cycles_in_one_switch_; }
  [[nodiscard]] std::uint64_t devices_with_all_sites() const { return devices_with_all_sites_; }

 private:
  struct Visit;
  void add_cycle(const PulseRecord* first, const PulseRecord* last, std::vector<Visit>& visits);
  void add_device(const std::vector<Visit>& visits);

  Phase phase_;
  std::vector<LevelStatistics> levels_;
  std::vector<SwitchStatistics> leaving_;
  std::uint64_t devices_ = 0;
  std::uint64_t cycles_ = 0;
  std::uint64_t notches_skipped_ = 0;
  std::uint64_t cycles_with_skip_ = 0;
  std::uint64_t cycles_in_one_switch_ = 0;
  std::uint64_t devices_with_all_sites_ = 0;
};

}  // namespace dwmtj
