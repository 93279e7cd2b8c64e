// SPDX-License-Identifier: Apache-2.0
// What came out of a scenario.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "arrays/tile_state.h"
#include "testbenches/command_record.h"

namespace dwmtj {

struct CheckedCommand {
  CommandRecord record;
  std::string mismatch;  // what was expected and what was seen; empty if that agrees
};

struct ScenarioResult {
  std::vector<CheckedCommand> commands;  // those that were finished, in order
  std::vector<std::string> problems;     // of the run as a whole, a line each
  Picoseconds end = 0;
  std::uint64_t violations = 0;      // of the rules of handshakes
  std::string first_violation;       // what and when
  std::uint64_t failed = 0;          // commands not answered with ok
  std::uint64_t metastable = 0;      // decisions by a coin
  std::uint64_t clipped = 0;         // pulses at the compliance limit of a driver
  std::uint64_t clipped_inputs = 0;  // of comparators at the supply, in products
  std::uint64_t pulses = 0;          // of drivers
  std::uint64_t activations = 0;     // of the processes of the tile
  TileState state;                   // at the end
  bool interrupted = false;
  bool has_waveforms = false;  // of any signal

  [[nodiscard]] bool passed() const;
};

// Cells that a program command gave up on.
long flagged_cells(const ScenarioResult& result);

// The largest count of any cell; 0 of none.
long most(const std::vector<std::uint16_t>& counts);

}  // namespace dwmtj
