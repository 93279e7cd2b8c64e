// SPDX-License-Identifier: Apache-2.0
#include "tile/tile_sequences.h"

#include <algorithm>
#include <cstdlib>

#include "tile/verify_cell.h"

namespace dwmtj {
namespace {

using Columns = std::vector<std::int16_t>;
using Bits = std::vector<std::uint8_t>;

bool all_within(const Columns& data, int least, int most) {
  return std::all_of(data.begin(), data.end(), [&](std::int16_t value) {
    return value == kSkip || (value >= least && value <= most);
  });
}

std::size_t wanted_length(const TileCommand& command, const TileCircuits& circuits) {
  return static_cast<std::size_t>(command.op == TileOp::multiply ? circuits.rows()
                                                                 : circuits.columns());
}

bool values_fit(const TileCommand& command, const TileCircuits& circuits) {
  const int code = circuits.parameters().largest_code();
  switch (command.op) {
    case TileOp::pulse:
      return all_within(command.data, -code, code);
    case TileOp::program:
      return all_within(command.data, 0, circuits.levels() - 1);
    case TileOp::reset:
    case TileOp::read:
      return all_within(command.data, 0, 0);
    default:
      return all_within(command.data, -1, 1);
  }
}

// The whole row where a reset or read names no columns.
Columns selected_columns(const TileCommand& command, const TileCircuits& circuits) {
  if (!command.data.empty()) return command.data;
  return Columns(static_cast<std::size_t>(circuits.columns()), 0);
}

// Pulses of one direction, under its field; nothing happens when there is none.
void pulse_direction(const Columns& codes, Direction direction, TileCircuits& circuits) {
  const int sign = static_cast<int>(direction);
  Columns part(codes.size(), 0);
  bool any = false;
  for (std::size_t c = 0; c < codes.size(); ++c) {
    if (codes[c] * sign <= 0) continue;
    part[c] = codes[c];
    any = true;
  }
  if (!any) return;
  circuits.bias(direction);
  circuits.pulse(part);
}

// Forward first, then reverse: a tile has one bias field at a time.
void pulse_both_ways(const Columns& codes, TileCircuits& circuits) {
  pulse_direction(codes, Direction::forward, circuits);
  pulse_direction(codes, Direction::reverse, circuits);
}

void reset(const TileCommand& command, TileCircuits& circuits, TileResult&) {
  Columns codes = selected_columns(command, circuits);
  const int code = -circuits.parameters().verify.reset_code;
  for (auto& column : codes) column = static_cast<std::int16_t>(column == kSkip ? 0 : code);
  circuits.select(command.row, command.side);
  pulse_both_ways(codes, circuits);
}

void pulse(const TileCommand& command, TileCircuits& circuits, TileResult&) {
  Columns codes = command.data;
  std::replace(codes.begin(), codes.end(), kSkip, std::int16_t{0});
  circuits.select(command.row, command.side);
  pulse_both_ways(codes, circuits);
}

void update(const TileCommand& command, TileCircuits& circuits, TileResult&) {
  const auto& amplitudes = circuits.parameters().update;
  Columns codes;
  for (const auto polarity : command.data) {
    const int code = polarity == kSkip ? 0
                     : polarity > 0    ? amplitudes.code_up
                                       : polarity * amplitudes.code_down;
    codes.push_back(static_cast<std::int16_t>(code));
  }
  circuits.select(command.row, command.side);
  pulse_both_ways(codes, circuits);
}

// A comparison that no column takes part in takes no time either.
void compare(const Columns& references, Bits& above, TileCircuits& circuits) {
  const bool any = std::any_of(references.begin(), references.end(),
                               [](std::int16_t reference) { return reference != kNoReference; });
  if (any) circuits.compare(references, above);
}

// One verify of all cells that are not finished: is the level reached, and if so, is it passed?
void verify(std::vector<VerifyCell>& cells, const Columns& targets, TileCircuits& circuits) {
  const auto columns = targets.size();
  Columns references(columns, kNoReference);
  Bits reached(columns, 0);
  Bits passed(columns, 0);
  const auto open = [&](std::size_t c) { return targets[c] != kSkip && !cells[c].finished(); };
  for (std::size_t c = 0; c < columns; ++c) {
    if (open(c) && cells[c].target() > 0) {
      references[c] = static_cast<std::int16_t>(cells[c].target() - 1);
    }
  }
  compare(references, reached, circuits);
  for (std::size_t c = 0; c < columns; ++c) {
    if (open(c) && cells[c].target() == 0) reached[c] = 1;
    const bool could_pass = open(c) && reached[c] != 0 && cells[c].target() + 1 < circuits.levels();
    references[c] = static_cast<std::int16_t>(could_pass ? cells[c].target() : kNoReference);
  }
  compare(references, passed, circuits);
  for (std::size_t c = 0; c < columns; ++c) {
    if (!open(c)) continue;
    cells[c].verified(reached[c] == 0  ? Found::below
                      : passed[c] != 0 ? Found::beyond
                                       : Found::at_level);
  }
}

void program(const TileCommand& command, TileCircuits& circuits, TileResult& result) {
  const auto& targets = command.data;
  std::vector<VerifyCell> cells;
  for (const auto target : targets) {
    cells.emplace_back(circuits.parameters().verify, target == kSkip ? 0 : target);
  }
  circuits.select(command.row, command.side);
  Columns codes(targets.size(), 0);
  const auto open = [&](std::size_t c) { return targets[c] != kSkip && !cells[c].finished(); };
  for (;;) {
    verify(cells, targets, circuits);
    circuits.spend(ControllerState::verify, 1);
    bool any = false;
    for (std::size_t c = 0; c < targets.size(); ++c) {
      codes[c] = static_cast<std::int16_t>(open(c) ? cells[c].code() : 0);
      any = any || open(c);
    }
    if (!any) break;
    pulse_both_ways(codes, circuits);
  }
  for (std::size_t c = 0; c < targets.size(); ++c) {
    const bool flagged = targets[c] != kSkip && cells[c].flagged();
    if (flagged) result.status = TileStatus::flagged;
    result.data.push_back(flagged ? 1 : 0);
    result.pulses.push_back(static_cast<std::uint16_t>(cells[c].pulses()));
    result.attempts.push_back(
        static_cast<std::uint16_t>(targets[c] == kSkip ? 0 : cells[c].attempts()));
  }
}

// Binary search over the ladder: the level lies in [low, high] and every round halves that.
void read(const TileCommand& command, TileCircuits& circuits, TileResult& result) {
  const Columns wanted = selected_columns(command, circuits);
  const int top = circuits.levels() - 1;
  std::vector<int> low(wanted.size(), 0);
  std::vector<int> high(wanted.size(), top);
  Bits above(wanted.size(), 0);
  circuits.select(command.row, command.side);
  for (int span = top; span > 0; span /= 2) {
    Columns references(wanted.size(), kNoReference);
    for (std::size_t c = 0; c < wanted.size(); ++c) {
      if (wanted[c] != kSkip && low[c] < high[c]) {
        references[c] = static_cast<std::int16_t>((low[c] + high[c]) / 2);
      }
    }
    compare(references, above, circuits);
    for (std::size_t c = 0; c < wanted.size(); ++c) {
      if (references[c] == kNoReference) continue;
      if (above[c] != 0) {
        low[c] = references[c] + 1;
      } else {
        high[c] = references[c];
      }
    }
  }
  for (std::size_t c = 0; c < wanted.size(); ++c) {
    result.data.push_back(static_cast<std::int16_t>(wanted[c] == kSkip ? kSkip : low[c]));
  }
}

void multiply(const TileCommand& command, TileCircuits& circuits, TileResult& result) {
  Columns inputs = command.data;
  std::replace(inputs.begin(), inputs.end(), kSkip, std::int16_t{0});
  Bits positive(static_cast<std::size_t>(circuits.columns()), 0);
  circuits.compare_sums(inputs, positive);
  for (const auto bit : positive) result.data.push_back(bit != 0 ? 1 : -1);
}

}  // namespace

const char* name_of(ControllerState state) {
  static const char* const kNames[] = {"idle", "decode",  "select", "field",  "pulse",
                                       "read", "compare", "verify", "respond"};
  return kNames[static_cast<std::size_t>(state)];
}

TileStatus check(const TileCommand& command, const TileCircuits& circuits) {
  if (command.op >= TileOp::count_of_ops) return TileStatus::illegal_op;
  const bool by_row = command.op != TileOp::multiply;
  if (by_row && command.row >= static_cast<std::uint32_t>(circuits.rows())) {
    return TileStatus::row_out_of_range;
  }
  const bool whole_row = command.op == TileOp::reset || command.op == TileOp::read;
  if (command.data.size() != wanted_length(command, circuits) &&
      !(whole_row && command.data.empty())) {
    return TileStatus::wrong_length;
  }
  return values_fit(command, circuits) ? TileStatus::ok : TileStatus::wrong_value;
}

TileResult execute(const TileCommand& command, TileCircuits& circuits) {
  using Sequence = void (*)(const TileCommand&, TileCircuits&, TileResult&);
  static constexpr Sequence kSequences[] = {reset, pulse, program, update, read, multiply};
  circuits.spend(ControllerState::decode, 1);
  TileResult result;
  result.status = check(command, circuits);
  if (result.status == TileStatus::ok) {
    kSequences[static_cast<std::size_t>(command.op)](command, circuits, result);
  }
  return result;
}

}  // namespace dwmtj
