// SPDX-License-Identifier: Apache-2.0
// What each command of a tile is, one row a TileOp: everything that is asked about a command
// outside of its own sequence is answered by this table.
#pragma once

#include <string>

#include "tile/tile_circuits.h"
#include "tile/tile_command.h"

namespace dwmtj {

// What a command does to the devices that its data name.
enum class TileEffect : std::uint8_t {
  none,
  resets,   // one pulse each, back to level 0
  pulses,   // one pulse where the entry is not 0, to wherever that leads
  programs  // as many pulses as the result counts, to the level of the entry
};

struct EntryRange {
  int least;
  int most;
};

struct TileOpTraits {
  std::string name;
  std::string entries;  // what a scenario calls the data
  bool by_row;          // of one row and side; otherwise the data have an entry a row
  bool whole_row;       // without data: all columns
  bool answers;         // the result has data
  bool in_bits;         // of as many bits as the command says
  TileEffect effect;
  EntryRange (*range)(int levels, int largest_code);  // of an entry
  void (*sequence)(const TileCommand& command, TileCircuits& circuits, TileResult& result);
};

inline constexpr int kTileOps = static_cast<int>(TileOp::count_of_ops);

[[nodiscard]] inline bool is_op(TileOp op) { return op < TileOp::count_of_ops; }
// Pins can carry any code: what is none is called "illegal", has no row and does nothing.
[[nodiscard]] const TileOpTraits& traits_of(TileOp op);

// Pulses of drivers that a command took, from the command and its result alone. The ledger of any
// view counts as many.
struct PulseCount {
  long cells = 0;  // devices that got any
  long pulses = 0;
  long most = 0;  // of one device
};
[[nodiscard]] PulseCount count_pulses(const TileCommand& command, const TileResult& result,
                                      int columns);

}  // namespace dwmtj
