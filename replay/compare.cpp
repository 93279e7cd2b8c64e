// SPDX-License-Identifier: Apache-2.0
#include "replay/compare.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/quantity_text.h"
#include "replay/replay_tile.h"

namespace dwmtj {
namespace {

using Lines = std::vector<std::string>;

std::string text(const TileResult& result) {
  return fmt::format("{} [{}] pulses [{}] attempts [{}]", name_of(result.status),
                     fmt::join(result.data, ","), fmt::join(result.pulses, ","),
                     fmt::join(result.attempts, ","));
}

std::string text(const DeviceState& state) {
  return fmt::format("site {}, {} draws, arrival {}", state.site, state.draws, state.arrival);
}

std::string text(Energy energy) { return format_quantity(energy, 15); }

std::string text(const std::pair<Picoseconds, Picoseconds>& times) {
  return fmt::format("{} to {} ps", times.first, times.second);
}

bool close(Energy a, Energy b) {
  const double most = std::max(std::abs(in_si(a)), std::abs(in_si(b)));
  return std::abs(in_si(a) - in_si(b)) <= kEnergyTolerance * most;
}

// Names the first two things, one behind the other in each list, that are not `equal` in what `get`
// takes of them.
template <typename List, typename Get, typename Equal>
void compare_each(const std::string& what, const List& list_a, const List& list_b, Get get,
                  Equal equal, Lines& lines) {
  auto b = list_b.begin();
  std::size_t number = 0;
  for (auto a = list_a.begin(); a != list_a.end() && b != list_b.end(); ++a, ++b) {
    ++number;
    if (equal(get(*a), get(*b))) continue;
    lines.push_back(fmt::format("{} {}: {} and {}", what, number, text(get(*a)), text(get(*b))));
    return;
  }
}

enum class Times { compared, left_out };

const auto kSame = [](const auto& a, const auto& b) { return a == b; };

void compare_commands(const std::string& tile, const CommandOutcomes& a, const CommandOutcomes& b,
                      Times which, Lines& lines) {
  if (a.size() != b.size()) {
    lines.push_back(fmt::format("{}: {} and {} commands", tile, a.size(), b.size()));
  }
  const auto result = [](const CommandOutcome& each) -> const auto& { return each.result; };
  const auto times = [](const CommandOutcome& each) {
    return std::pair(each.started, each.completed);
  };
  const auto energy = [](const CommandOutcome& each) { return each.energy; };
  compare_each(tile + ": result of command", a, b, result, kSame, lines);
  if (which == Times::compared) compare_each(tile + ": time of command", a, b, times, kSame, lines);
  compare_each(tile + ": energy of command", a, b, energy, close, lines);
}

void compare_states(const std::string& tile, const std::vector<DeviceState>& a,
                    const std::vector<DeviceState>& b, Lines& lines) {
  if (a.size() != b.size()) {
    lines.push_back(fmt::format("{}: {} and {} devices", tile, a.size(), b.size()));
    return;
  }
  const auto state = [](const DeviceState& each) -> const auto& { return each; };
  compare_each(tile + ": state of device", a, b, state, kSame, lines);
}

// By component and action: names carry the prefix of their view, and a view may have more accounts
// of its own after those of the tile, which a replay does not use.
void compare_ledgers(const std::string& tile, const Ledger& a, const Ledger& b, Lines& lines) {
  const auto count = std::min(a.accounts().size(), b.accounts().size());
  for (std::size_t i = 0; i < count; ++i) {
    const auto sum_a = a.sum(AccountId(i));
    const auto sum_b = b.sum(AccountId(i));
    const auto joules_a = from_si<Energy>(sum_a.joules);
    const auto joules_b = from_si<Energy>(sum_b.joules);
    if (sum_a.count == sum_b.count && close(joules_a, joules_b)) continue;
    lines.push_back(fmt::format("{}: {}: {} times {} and {} times {}", tile, a.accounts()[i].action,
                                sum_a.count, text(joules_a), sum_b.count, text(joules_b)));
  }
  if (!close(a.posted(), b.posted())) {
    lines.push_back(fmt::format("{}: energy: {} and {}", tile, text(a.posted()), text(b.posted())));
  }
}

Lines compare(const ReplayOutcome& a, const ReplayOutcome& b, Times times) {
  Lines lines;
  if (a.tiles.size() != b.tiles.size()) {
    lines.push_back(fmt::format("{} and {} tiles", a.tiles.size(), b.tiles.size()));
  }
  for (std::size_t i = 0; i < std::min(a.tiles.size(), b.tiles.size()); ++i) {
    compare_commands(tile_name(i), a.tiles[i].commands, b.tiles[i].commands, times, lines);
    compare_states(tile_name(i), a.tiles[i].state.devices, b.tiles[i].state.devices, lines);
    if (a.tiles[i].state.decisions != b.tiles[i].state.decisions) {
      lines.push_back(tile_name(i) + ": decisions of comparators: of other numbers");
    }
    if (a.tiles[i].clipped_inputs != b.tiles[i].clipped_inputs) {
      lines.push_back(fmt::format("{}: {} and {} clipped inputs", tile_name(i),
                                  a.tiles[i].clipped_inputs, b.tiles[i].clipped_inputs));
    }
    if (times == Times::left_out) continue;
    compare_ledgers(tile_name(i), a.tiles[i].ledger, b.tiles[i].ledger, lines);
  }
  return lines;
}

}  // namespace

std::vector<std::string> differences(const ReplayOutcome& a, const ReplayOutcome& b) {
  return compare(a, b, Times::compared);
}

std::vector<std::string> differences_at_tiles(const ReplayOutcome& a, const ReplayOutcome& b) {
  return compare(a, b, Times::left_out);
}

}  // namespace dwmtj
