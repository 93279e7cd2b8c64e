// SPDX-License-Identifier: Apache-2.0
// What the updates of hidden weights took so far.
#pragma once

#include <cstdint>

namespace dwmtj {

struct UpdateAccounts {
  std::uint64_t wanted = 0;  // steps of a level that the rule asked for
  std::uint64_t pulses = 0;  // sent to devices
  std::uint64_t moved = 0;   // of the pulses of single steps, those that changed the weight
  std::uint64_t reverse_pulses = 0;
  std::uint64_t rewrites = 0;  // weights written anew
  std::uint64_t flagged = 0;   // rows in which a write failed
  std::uint64_t commands = 0;  // to tiles: each of one side of a row
  std::uint64_t slots = 0;     // of these, one after the other: those of the busiest tile of a step
  std::uint64_t field_slots = 0;  // pulses under the reset field, each shared by a whole tile
  double disturbed = 0.0;         // walls of other devices that field is expected to have moved
  double write_energy = 0.0;      // J, of the pulses, in the tracks
  double energy = 0.0;  // J, of the tiles: that, drivers, comparators, selection, controllers
  std::int64_t write_time = 0;  // ps, tiles side by side, layers one after the other

  // Of the pulses, those that moved a wall.
  [[nodiscard]] double share_moved() const {
    return pulses == 0 ? 0.0 : static_cast<double>(moved) / static_cast<double>(pulses);
  }

  UpdateAccounts& operator+=(const UpdateAccounts& other) {
    wanted += other.wanted;
    pulses += other.pulses;
    moved += other.moved;
    reverse_pulses += other.reverse_pulses;
    rewrites += other.rewrites;
    flagged += other.flagged;
    commands += other.commands;
    slots += other.slots;
    field_slots += other.field_slots;
    disturbed += other.disturbed;
    write_energy += other.write_energy;
    energy += other.energy;
    write_time += other.write_time;
    return *this;
  }
};

}  // namespace dwmtj
