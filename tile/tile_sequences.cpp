// SPDX-License-Identifier: Apache-2.0
#include "tile/tile_sequences.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "tile/sum_search.h"
#include "tile/tile_op.h"
#include "tile/verify_cell.h"

namespace dwmtj {
namespace {

using Columns = std::vector<std::int16_t>;
using Bits = std::vector<std::uint8_t>;

bool all_within(const Columns& data, const EntryRange& range) {
  return std::all_of(data.begin(), data.end(), [&](std::int16_t value) {
    return value == kSkip || (value >= range.least && value <= range.most);
  });
}

EntryRange only_zero(int, int) { return {0, 0}; }
EntryRange signs(int, int) { return {-1, 1}; }
EntryRange levels(int levels, int) { return {0, levels - 1}; }
EntryRange codes_of_driver(int, int largest) { return {-largest, largest}; }

// The whole row where a reset or read names no columns.
Columns selected_columns(const TileCommand& command, const TileCircuits& circuits) {
  if (!command.data.empty()) return command.data;
  Columns whole(static_cast<std::size_t>(circuits.columns()), 0);
  return whole;
}

// Pulses of one direction, under its field; nothing happens when there is none.
void pulse_direction(const Columns& codes, Direction direction, TileCircuits& circuits,
                     DriverGain gain) {
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
  circuits.pulse(part, gain);
}

// Forward first, then reverse: a tile has one bias field at a time.
void pulse_both_ways(const Columns& codes, TileCircuits& circuits,
                     DriverGain forward = DriverGain::unity) {
  pulse_direction(codes, Direction::forward, circuits, forward);
  pulse_direction(codes, Direction::reverse, circuits, DriverGain::unity);
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
  pulse_both_ways(codes, circuits, DriverGain::asymmetry);
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
  circuits.begin_reading();
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
  cells.reserve(targets.size());
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
  circuits.begin_reading();
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
  const auto columns = static_cast<std::size_t>(circuits.columns());
  std::vector<SumSearch> searches(
      columns, SumSearch(command.bits, circuits.parameters().sum_reference.bits));
  Columns references(columns, 0);
  Bits above(columns, 0);
  circuits.drive_rows(inputs);
  for (int decision = 0; decision < command.bits; ++decision) {
    for (std::size_t c = 0; c < columns; ++c) references[c] = searches[c].reference();
    circuits.compare_sums(references, above);
    for (std::size_t c = 0; c < columns; ++c) searches[c].decided(above[c] != 0);
  }
  circuits.release_rows();
  for (const auto& search : searches) {
    result.data.push_back(result_of(search.code(), command.bits));
  }
}

}  // namespace

const TileOpTraits& traits_of(TileOp op) {
  // In the order of TileOp; the last row is what pins read as none of them. Its length is counted.
  static const TileOpTraits kTraits[] = {
      {"reset", "columns", true, true, false, false, TileEffect::resets, only_zero, reset},
      {"pulse", "codes", true, false, false, false, TileEffect::pulses, codes_of_driver, pulse},
      {"program", "levels", true, false, true, false, TileEffect::programs, levels, program},
      {"update", "polarity", true, false, false, false, TileEffect::pulses, signs, update},
      {"read", "columns", true, true, true, false, TileEffect::none, only_zero, read},
      {"multiply", "inputs", false, false, true, true, TileEffect::none, signs, multiply},
      {"illegal", "", false, true, false, false, TileEffect::none, only_zero, nullptr}};

  static_assert(std::size(kTraits) == kTileOps + 1, "a row a TileOp");
  return kTraits[std::min(static_cast<int>(op), kTileOps)];
}

const char* name_of(ControllerState state) {
  static constexpr std::array<const char*, 10> kNames = {"idle",   "decode", "select",    "field",
                                                         "pulse",  "read",   "reference", "compare",
                                                         "verify", "respond"};
  return kNames.at(static_cast<std::size_t>(state));
}

TileStatus check(const TileCommand& command, const TileCircuits& circuits) {
  if (!is_op(command.op)) return TileStatus::illegal_op;
  const auto& op = traits_of(command.op);
  if (op.by_row && command.row >= static_cast<std::uint32_t>(circuits.rows())) {
    return TileStatus::row_out_of_range;
  }
  const auto length = static_cast<std::size_t>(op.by_row ? circuits.columns() : circuits.rows());
  if (command.data.size() != length && !(op.whole_row && command.data.empty())) {
    return TileStatus::wrong_length;
  }
  const auto range = op.range(circuits.levels(), circuits.parameters().largest_code());
  if (!all_within(command.data, range)) return TileStatus::wrong_value;
  const int most_bits = circuits.parameters().sum_reference.bits;
  if (op.in_bits && (command.bits < 1 || command.bits > most_bits)) return TileStatus::wrong_bits;
  return TileStatus::ok;
}

TileResult execute(const TileCommand& command, TileCircuits& circuits) {
  circuits.spend(ControllerState::decode, 1);
  TileResult result;
  result.status = check(command, circuits);
  if (result.status == TileStatus::ok) traits_of(command.op).sequence(command, circuits, result);
  return result;
}

}  // namespace dwmtj
