// SPDX-License-Identifier: Apache-2.0
// Many devices of one kind as plain arrays: the bulk view of the same law. Device i of the array is
// bit for bit the DwMtj of index first_index + i.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "devices/dw_mtj.h"

namespace dwmtj {

class DeviceArray {
 public:
  DeviceArray(const DeviceModel& model, std::uint64_t seed, std::uint64_t first_index,
              std::size_t size);

  void saturate();                 // every device
  void apply(const Pulse& pulse);  // one pulse to every device

  // The pulse of `table` to device `i` alone.
  PulseResult apply(const TransitionTable& table, std::size_t i);

  // The arrays themselves from device `first` on, for code that handles many at once.
  struct Devices {
    std::uint64_t seed;
    std::uint64_t first_index;
    std::uint8_t* sites;
    std::uint32_t* draws;
    std::uint32_t* arrivals;
  };
  [[nodiscard]] Devices from(std::size_t first) {
    return {seed_, first_index_ + first, &sites_[first], &draws_[first], &arrivals_[first]};
  }

  [[nodiscard]] std::size_t size() const { return sites_.size(); }
  [[nodiscard]] int site(std::size_t i) const { return sites_[i]; }
  [[nodiscard]] DeviceState state(std::size_t i) const {
    return {sites_[i], draws_[i], arrivals_[i]};
  }
  [[nodiscard]] Resistance resistance(std::size_t i) const;

 private:
  void apply_block(const TransitionTable& table, std::size_t first);

  const DeviceModel* model_;
  std::uint64_t seed_;
  std::uint64_t first_index_;
  std::vector<std::uint8_t> sites_;
  std::vector<std::uint32_t> draws_;
  std::vector<std::uint32_t> arrivals_;
};

}  // namespace dwmtj
