// SPDX-License-Identifier: Apache-2.0
// What the updates of hidden weights took so far.
#pragma once

#include <cstdint>

namespace dwmtj {

struct UpdateAccounts {
  std::uint64_t wanted = 0;   // steps of a level that the rule asked for
  std::uint64_t pulses = 0;   // sent to devices
  std::uint64_t moved = 0;    // of these, those that moved a wall
  double write_energy = 0.0;  // J, of the pulses, in the tracks

  // Of the pulses, those that moved a wall.
  [[nodiscard]] double share_moved() const {
    return pulses == 0 ? 0.0 : static_cast<double>(moved) / static_cast<double>(pulses);
  }

  UpdateAccounts& operator+=(const UpdateAccounts& other) {
    wanted += other.wanted;
    pulses += other.pulses;
    moved += other.moved;
    write_energy += other.write_energy;
    return *this;
  }
};

}  // namespace dwmtj
