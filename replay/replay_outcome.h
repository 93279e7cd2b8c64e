// SPDX-License-Identifier: Apache-2.0
// What a replay leaves behind: the same in every view.
#pragma once

#include <vector>

#include "arrays/tile_state.h"
#include "common/spool.h"
#include "ledger/ledger.h"
#include "tile/command_outcome.h"

namespace dwmtj {

// As common/spool.h wants it.
void write_record(const CommandOutcome& outcome, std::string& bytes);
void read_record(const char*& from, CommandOutcome& outcome);

using CommandOutcomes = Spooled<CommandOutcome>;

struct TileOutcome {
  CommandOutcomes commands;
  TileState state;
  Ledger ledger;
  std::uint64_t clipped_inputs = 0;  // of comparators, at the supply, in products
};

struct ReplayOutcome {
  std::vector<TileOutcome> tiles;
  Ledger shared;             // of what is no single tile's: all of a chip's
  bool interrupted = false;  // by Ctrl-C: what was done by then is here

  [[nodiscard]] Picoseconds end() const;  // of the last command
  [[nodiscard]] std::size_t commands() const;
  [[nodiscard]] std::uint64_t clipped_inputs() const;
  // Of all tiles and what they share, on from time 0 to end().
  [[nodiscard]] Ledger ledger() const;
};

// Adds the components, accounts and sums of `part` to `whole`; its listeners stay behind.
void add_ledger(const Ledger& part, Ledger& whole);

}  // namespace dwmtj
