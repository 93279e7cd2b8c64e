// SPDX-License-Identifier: Apache-2.0
#include "testbenches/expectation.h"

#include <algorithm>

#include <fmt/format.h>

#include "testbenches/entries.h"
#include "testbenches/scenario_result.h"

namespace dwmtj {
namespace {

constexpr long kMostCount = 1000000;

std::vector<std::string> status_names() {
  std::vector<std::string> names;
  for (auto status = TileStatus::ok; status <= TileStatus::wrong_value;
       status = static_cast<TileStatus>(static_cast<int>(status) + 1)) {
    names.push_back(name_of(status));
  }
  return names;
}

Limits read_limits(const ParameterNode& node) {
  Limits limits;
  if (node.has("pulses")) limits.pulses = node.integer("pulses", 0, kMostCount);
  if (node.has("attempts")) limits.attempts = node.integer("attempts", 0, kMostCount);
  if (node.has("duration")) limits.duration = node.quantity<Time>("duration");
  if (node.has("energy")) limits.energy = node.quantity<Energy>("energy");
  node.finish();
  return limits;
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
        exceeded("duration", limits.duration, to_time(seen.duration), quantity),
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

// The keys are asked for before it is known whether there are any, so that a misspelt one is told
// with the accepted ones.
Expectation read_expectation(const ParameterNode& node) {
  const bool data = node.has("data");
  const bool status = node.has("status");
  const bool limits = node.has("at_most");
  node.finish();
  Expectation expected;
  if (!data && !status && !limits) {
    expected.data = read_entries(node);
    return expected;
  }
  if (data) expected.data = read_entries(node.child("data"));
  if (status) expected.status = static_cast<TileStatus>(node.choice("status", status_names()));
  if (limits) expected.at_most = read_limits(node.child("at_most"));
  return expected;
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
