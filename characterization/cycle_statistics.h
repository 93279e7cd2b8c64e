// SPDX-License-Identifier: Apache-2.0
// The paper's figures of merit, per device over its cycles, then over devices. Rows are added up as
// they come, so that memory does not grow with cycles or devices.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "characterization/moments.h"
#include "characterization/pulse_record.h"

namespace dwmtj {

struct LevelStatistics {
  Moments mean;               // ohm, of the devices: each over the cycles that visited the site
  std::uint64_t visits = 0;   // cycles in which the wall was seen here
  double squares = 0.0;       // ohm^2, of visits about the mean of their device
  std::uint64_t freedom = 0;  // visits less one, of each device
  // Standard deviation over the cycles of a device, of all devices together.
  [[nodiscard]] double spread() const;
};

// The pulse that made the wall leave a site it was seen at.
struct SwitchStatistics {
  Moments mean;      // V, of the devices: V_C,avg
  Moments var;       // of the devices: (V_C,max - V_C,min) / (2 V_C,avg)
  Moments voltages;  // V, over everything
};

// Adds up the rows of one phase; rows that change nothing may be missing (see Rows).
class CycleStatistics {
 public:
  CycleStatistics(int sites, Phase phase);

  void add(const PulseRecord& row);  // of one device after the other
  void finish_device();
  void add(const DeviceRecord& record);    // the rows of one device, to its end
  void add(const CycleStatistics& later);  // of further devices, finished
  [[nodiscard]] CycleStatistics fresh() const { return {static_cast<int>(levels_.size()), phase_}; }

  [[nodiscard]] const std::vector<LevelStatistics>& levels() const { return levels_; }
  // By the site that is left, whichever it is left for.
  [[nodiscard]] const std::vector<SwitchStatistics>& leaving() const { return leaving_; }
  // Of one site for another, nothing in between.
  [[nodiscard]] SwitchStatistics switching(int from, int to) const;
  [[nodiscard]] std::uint64_t devices() const { return devices_; }
  [[nodiscard]] std::uint64_t cycles() const { return cycles_; }
  [[nodiscard]] std::uint64_t notches_skipped() const { return notches_skipped_; }
  [[nodiscard]] std::uint64_t cycles_with_skip() const { return cycles_with_skip_; }
  // Of those that reach the far end of the track by it.
  [[nodiscard]] std::uint64_t cycles_in_one_switch() const { return cycles_in_one_switch_; }
  [[nodiscard]] std::uint64_t devices_with_all_sites() const { return devices_with_all_sites_; }

 private:
  void begin_cycle(const PulseRecord& row);
  void note_switch(const PulseRecord& row);
  void end_cycle();

  Phase phase_;
  std::vector<LevelStatistics> levels_;
  std::vector<SwitchStatistics> leaving_;
  std::map<std::pair<int, int>, SwitchStatistics> switching_;  // [from, to]
  std::uint64_t devices_ = 0;
  std::uint64_t cycles_ = 0;
  std::uint64_t notches_skipped_ = 0;
  std::uint64_t cycles_with_skip_ = 0;
  std::uint64_t cycles_in_one_switch_ = 0;
  std::uint64_t devices_with_all_sites_ = 0;

  // Of the device at hand, and its cycle.
  std::vector<Moments> resistances_;  // [site]: ohm, at the arrivals
  std::vector<Moments> left_;         // [site]: V
  std::map<std::pair<int, int>, Moments> left_for_;
  int site_ = -1;  // no cycle has begun
  int skipped_ = 0;
  int switches_ = 0;
};

}  // namespace dwmtj
