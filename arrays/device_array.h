// SPDX-License-Identifier: Apache-2.0
// Many devices of one kind as plain arrays: the bulk view of the same law. Device i of the array is
// bit for bit the DwMtj of index first_index + i.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "arrays/holding.h"
#include "devices/dw_mtj.h"

namespace dwmtj {

// TransitionTable::limits(0) of a grade: all rows. Those of the stuck grade let no wall go.
void append_limits(const DeviceModel& model, const PulseTables& tables, int grade,
                   std::vector<std::int32_t>& limits);

class DeviceArray {
 public:
  DeviceArray(const DeviceModel& model, std::uint64_t seed, std::uint64_t first_index,
              std::size_t size);

  void saturate();                 // every device
  void apply(const Pulse& pulse);  // one pulse to every device

  // One pulse to device `i` alone.
  PulseResult apply(const PulseTables& tables, std::size_t i);
  // A wait of all, a draw each; how many walls have moved.
  std::size_t hold(const Holding& holding);
  // From now on the wall of device `i` rests at `site`, and no pulse moves it.
  void stick(std::size_t i, int site);

  // The arrays themselves from device `first` on, for code that handles many at once.
  struct Devices {
    std::uint64_t seed;
    std::uint64_t first_index;
    std::uint8_t* sites;
    std::uint32_t* draws;
    std::uint32_t* arrivals;
    const std::uint8_t* grades;  // null where all are of the nominal one
    const double* scales;        // DeviceTraits::conductance; null where all are 1
  };
  [[nodiscard]] Devices from(std::size_t first) {
    return {seed_,
            first_index_ + first,
            &sites_[first],
            &draws_[first],
            &arrivals_[first],
            grades_.empty() ? nullptr : &grades_[first],
            scales_.empty() ? nullptr : &scales_[first]};
  }

  [[nodiscard]] const DeviceModel& model() const { return *model_; }
  [[nodiscard]] std::size_t size() const { return sites_.size(); }
  [[nodiscard]] int site(std::size_t i) const { return sites_[i]; }
  [[nodiscard]] const std::uint8_t* sites() const { return sites_.data(); }  // of each
  [[nodiscard]] int grade(std::size_t i) const {
    return grades_.empty() ? kNominalGrade : grades_[i];
  }
  [[nodiscard]] bool stuck(std::size_t i) const {
    return grade(i) == model_->variation().stuck_grade();
  }
  [[nodiscard]] DeviceState state(std::size_t i) const {
    return {sites_[i], draws_[i], arrivals_[i]};
  }
  void restore(std::size_t i, const DeviceState& state);
  [[nodiscard]] Resistance resistance(std::size_t i) const;
  [[nodiscard]] Conductance conductance(std::size_t i) const;  // on the grid

 private:
  [[nodiscard]] Draw arrival(std::size_t i) const {
    return draw(seed_, Stream::device, first_index_ + i, arrivals_[i]);
  }
  [[nodiscard]] double scale(std::size_t i) const { return scales_.empty() ? 1.0 : scales_[i]; }
  [[nodiscard]] std::vector<std::int32_t> limits_by_grade(const PulseTables& tables) const;
  void apply_block(const std::int32_t* limits, std::size_t first);

  const DeviceModel* model_;
  std::uint64_t seed_;
  std::uint64_t first_index_;
  std::vector<std::uint8_t> sites_;
  std::vector<std::uint32_t> draws_;
  std::vector<std::uint32_t> arrivals_;
  std::vector<std::uint8_t> grades_;  // both empty where devices are alike
  std::vector<double> scales_;
};

}  // namespace dwmtj
