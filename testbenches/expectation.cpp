// SPDX-License-Identifier: Apache-2.0
#include "testbenches/expectation.h"

#include <algorithm>

#include <fmt/format.h>

#include "testbenches/entries.h"
#include "testbenches/scenario_result.h"
#include "tile/tile_op.h"

namespace dwmtj {
namespace {

constexpr long kMostCount = 1000000;

std::vector<std::string> status_names() {
  std::vector<std::string> names;
  for (auto status = TileStatus::ok; status < TileStatus::count_of_statuses;
       status = static_cast<TileStatus>(static_cast<int>(status) + 1)) {
    names.push_back(name_of(status));
  }
  return names;
}

template <typename Quantity>
Quantity above_zero(const ParameterNode& node, const std::string& key) {
  const auto bound = node.quantity<Quantity>(key);
  if (bound <= Quantity{}) node.fail(key, "can never be met; expected more than 0");
  return bound;
}

Limits read_limits(const ParameterNode& node) {
  Limits limits;
  if (node.has("pulses")) limits.pulses = node.integer("pulses", 0, kMostCount);
  if (node.has("attempts")) limits.attempts = node.integer("attempts", 0, kMostCount);
  if (node.has("duration")) limits.duration = above_zero<Time>(node, "duration");
  if (node.has("energy")) limits.energy = above_zero<Energy>(node, "energy");
  node.finish();
  if (!limits.pulses && !limits.attempts && !limits.duration && !limits.energy) {
    node.fail("limits nothing; expected pulses, attempts, duration or energy");
  }
  return limits;
}

// A bound that nothing could exceed, or that is of something the command does not have, would pass
// whatever happens.
void check_bound(const ParameterNode& node, const char* key, const std::optional<long>& bound,
                 bool programs, long most) {
  if (!bound) return;
  if (!programs) node.fail(fmt::format("at_most.{}: only a program counts them", key));
  if (*bound >= most) {
    node.fail(fmt::format("at_most.{}: can never be more than verify.{} of the tile, {}", key, key,
                          most));
  }
}

template <typename Value, typename Format>
std::string exceeded(const char* what, const std::optional<Value>& limit, Value seen,
                     Format format) {
  if (!limit || seen <= *limit) return {};
  return fmt::format("expected at most {} {}, seen {}", format(*limit), what, format(seen));
}

std::string above_limits(const Limits& limits, const CommandRecord& seen) {
  const auto number = [](long value) { return fmt::format("{}", value); };
  const auto quantity = [](auto value) { return format_quantity(value); };
  for (const auto& text :
       {exceeded("pulses a cell", limits.pulses, most(seen.result.pulses), number),
        exceeded("attempts a cell", limits.attempts, most(seen.result.attempts), number),
        exceeded("duration", limits.duration, to_time(seen.duration()), quantity),
        exceeded("energy", limits.energy, seen.energy, quantity)}) {
    if (!text.empty()) return text;
  }
  return {};
}

long wrong_entries(const std::vector<std::int16_t>& expected,
                   const std::vector<std::int16_t>& seen) {
  long wrong = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    wrong += expected[i] != kSkip && expected[i] != seen[i] ? 1 : 0;
  }
  return wrong;
}

// A list that is too long or too short is wrong whatever is tolerated.
std::string wrong_data(const std::vector<std::int16_t>& expected,
                       const std::vector<std::int16_t>& seen, long& tolerated) {
  if (expected.empty()) return {};
  if (expected.size() == seen.size()) {
    tolerated -= wrong_entries(expected, seen);
    if (tolerated >= 0) return {};
    tolerated = 0;
  }
  return fmt::format("expected {}, seen {}", entries_text(expected), entries_text(seen));
}

}  // namespace

Expectation read_expectation(const ParameterNode& node) {
  Expectation expected;
  if (node.is_list()) {
    expected.data = read_entries(node);
  } else {
    if (node.has("data")) expected.data = read_entries(node.child("data"));
    if (node.has("status")) {
      expected.status = static_cast<TileStatus>(node.choice("status", status_names()));
    }
    if (node.has("at_most")) expected.at_most = read_limits(node.child("at_most"));
    node.finish();
    if (!node.has("data") && !node.has("status") && !node.has("at_most")) {
      node.fail("expects nothing; expected a list of data, or data, status or at_most");
    }
    if (!node.has("data")) return expected;
  }
  if (expected.data.empty()) node.fail("expects no data; leave it out where none are looked at");
  return expected;
}

void check_expectation(const ParameterNode& node, const Expectation& expected, TileOp op,
                       const TileParameters& tile, int columns) {
  const auto& traits = traits_of(op);
  const bool answers = traits.answers && (expected.status == TileStatus::ok ||
                                          expected.status == TileStatus::flagged);
  const auto cannot = [&](const char* what) {
    node.fail(fmt::format("a {} that is answered with '{}' has no {}", traits.name,
                          name_of(expected.status), what));
  };
  const bool programs = traits.effect == TileEffect::programs;
  if (expected.status == TileStatus::flagged && !programs) cannot("flags");
  if (!expected.data.empty() && !answers) cannot("data to expect");
  if (!expected.data.empty() && expected.data.size() != static_cast<std::size_t>(columns)) {
    node.fail(fmt::format("{} entries of data; the result has {}", expected.data.size(), columns));
  }
  check_bound(node, "pulses", expected.at_most.pulses, programs, tile.verify.pulses);
  check_bound(node, "attempts", expected.at_most.attempts, programs, tile.verify.attempts);
}

std::string mismatch(const Expectation& expected, const CommandRecord& seen, long& tolerated) {
  if (seen.result.status != expected.status) {
    return fmt::format("expected {}, seen {}", name_of(expected.status),
                       name_of(seen.result.status));
  }
  const auto data = wrong_data(expected.data, seen.result.data, tolerated);
  return data.empty() ? above_limits(expected.at_most, seen) : data;
}

}  // namespace dwmtj
