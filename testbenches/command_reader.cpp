// SPDX-License-Identifier: Apache-2.0
#include "testbenches/command_reader.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "common/input_error.h"
#include "common/random_stream.h"
#include "testbenches/entries.h"
#include "tile/tile_op.h"

namespace dwmtj {
namespace {

constexpr std::size_t kMostCommands = 100000;
constexpr long kMostRepeats = 10000;
constexpr long kMostTolerated = 1000000;

// What stands for several commands; behind the commands themselves and the illegal one.
constexpr std::size_t kProgramRandom = kTileOps + 1;
constexpr std::size_t kReadBack = kProgramRandom + 1;
constexpr std::size_t kSequence = kReadBack + 1;

std::vector<std::string> steps() {
  std::vector<std::string> names;
  for (int op = 0; op <= kTileOps; ++op) names.push_back(name_of(static_cast<TileOp>(op)));
  names.insert(names.end(), {"program-random", "read-back", "sequence"});
  return names;
}

bool is_carried_out(TileStatus status) {
  return status == TileStatus::ok || status == TileStatus::flagged;
}

double current_of(const ParameterNode& node) {
  try {
    return parse_quantity(node.text(), Dimension::current);
  } catch (const InputError& error) {
    node.fail(error.what());
  }
}

// A current, or where codes number pulses such a number.
std::int16_t nearest_code(const ParameterNode& node, const TileParameters& tile) {
  if (tile.numbers_pulses()) {
    return static_cast<std::int16_t>(node.integer(-tile.largest_code(), tile.largest_code()));
  }
  const double code = std::round(current_of(node) / in_si(tile.driver.code_step));
  const Current largest = static_cast<double>(tile.largest_code()) * tile.driver.code_step;
  if (std::abs(code) > tile.largest_code()) {
    node.fail(fmt::format("beyond the driver's largest current, {}", format_quantity(largest)));
  }
  return static_cast<std::int16_t>(code);
}

}  // namespace

CommandReader::CommandReader(Scenario& scenario)
    : scenario_(scenario), known_(scenario.shape, scenario.initial) {}

void CommandReader::read(const std::vector<ParameterNode>& steps) {
  for (const auto& step : steps) read_step(step);
}

void CommandReader::read_step(const ParameterNode& node) {
  const std::size_t first = scenario_.commands.size();
  const auto kind = node.choice("do", steps());
  const long times = node.has("repeat") ? node.integer("repeat", 1, kMostRepeats) : 1;
  if (kind == kSequence) return read_sequence(node, times);
  if (kind == kProgramRandom) {
    read_pattern(node, times);
  } else if (kind == kReadBack) {
    read_everything(node, times);
  } else {
    read_command(node, static_cast<TileOp>(kind), times);
  }
  check_entries(node, first);
}

// What expects data must look at some of them, and may not forgive all of these.
void CommandReader::check_entries(const ParameterNode& node, std::size_t first) const {
  long looked_at = 0;
  bool any = false;
  for (std::size_t i = first; i < scenario_.commands.size(); ++i) {
    const auto& data = scenario_.commands[i].expected.data;
    any = any || !data.empty();
    looked_at += std::count_if(data.begin(), data.end(), [](auto entry) { return entry != kSkip; });
  }
  if (any && looked_at == 0) node.fail("expects data, and nothing of them is looked at");
  if (scenario_.tolerated.back() > 0 && scenario_.tolerated.back() >= looked_at) {
    node.fail("tolerate",
              fmt::format("forgives all of the {} entries that are looked at", looked_at));
  }
}

// Read anew each time: a random pattern in it is another one, and so is what a read-back expects.
void CommandReader::read_sequence(const ParameterNode& node, long times) {
  const auto steps = node.items("commands");
  if (steps.empty()) node.fail("commands", "expected at least one command");
  node.finish();
  for (long i = 0; i < times; ++i) read(steps);
}

void CommandReader::read_pattern(const ParameterNode& node, long times) {
  auto command = start_step(node, TileOp::program, "a random pattern has no data to expect");
  node.finish();
  for (long i = 0; i < times; ++i) {
    for_each_row_and_side([&](std::uint32_t row, Side side) {
      command.command = {TileOp::program, row, side, random_levels(row, side)};
      add(node, command);
    });
    ++patterns_;
  }
}

void CommandReader::read_everything(const ParameterNode& node, long times) {
  auto command = start_step(node, TileOp::read, "the data of a read-back is what was programmed");
  node.finish();
  for (long i = 0; i < times; ++i) {
    for_each_row_and_side([&](std::uint32_t row, Side side) {
      command.command = {TileOp::read, row, side, {}};
      command.expected.data = known_.of(row, side);
      add(node, command);
    });
  }
}

void CommandReader::read_command(const ParameterNode& node, TileOp op, long times) {
  auto command = start_step(node, op);
  command.command = parse(node, op);
  const int most_bits = scenario_.tile.sum_reference.bits;
  if (command.command.bits > most_bits && command.expected.status != TileStatus::wrong_bits) {
    node.fail("bits", fmt::format("{}; sum_reference.bits of the tile '{}' is {}",
                                  command.command.bits, scenario_.tile.name, most_bits));
  }
  node.finish();
  for (long i = 0; i < times; ++i) add(node, command);
}

// What all steps may have.
ScenarioCommand CommandReader::start_step(const ParameterNode& node, TileOp op,
                                          const char* why_no_data) {
  ScenarioCommand command{{}, {}, scenario_.tolerated.size()};
  if (node.has("expect")) {
    const auto expect = node.child("expect");
    command.expected = read_expectation(expect);
    if (why_no_data != nullptr && !command.expected.data.empty()) expect.fail(why_no_data);
    check_expectation(expect, command.expected, op, scenario_.tile, scenario_.shape.columns);
  }
  if (node.has("intrude")) command.intrude = node.boolean("intrude");
  scenario_.tolerated.push_back(node.has("tolerate") ? node.integer("tolerate", 0, kMostTolerated)
                                                     : 0);
  return command;
}

TileCommand CommandReader::parse(const ParameterNode& node, TileOp op) const {
  if (!traits_of(op).by_row) return {op, 0, Side::plus, parse_data(node, op), parse_bits(node, op)};
  const auto row = node.integer("row", 0, std::numeric_limits<std::uint32_t>::max());
  const auto side = node.choice("side", {"plus", "minus"});
  return {op, static_cast<std::uint32_t>(row), static_cast<Side>(side), parse_data(node, op)};
}

std::uint8_t CommandReader::parse_bits(const ParameterNode& node, TileOp op) {
  if (!traits_of(op).in_bits || !node.has("bits")) return 1;
  return static_cast<std::uint8_t>(node.integer("bits", 0, 255));
}

std::vector<std::int16_t> CommandReader::parse_data(const ParameterNode& node, TileOp op) const {
  const auto& traits = traits_of(op);
  if (!is_op(op)) return {};
  if (traits.whole_row) {
    return node.has(traits.entries) ? parse_columns(node) : std::vector<std::int16_t>{};
  }
  if (op == TileOp::pulse && node.has("currents")) return parse_currents(node);
  return read_entries(node.child(traits.entries));
}

std::vector<std::int16_t> CommandReader::parse_columns(const ParameterNode& node) const {
  std::vector<std::int16_t> data(static_cast<std::size_t>(scenario_.shape.columns), kSkip);
  const auto list = node.child("columns");
  for (const auto column : read_entries(list)) {
    if (column < 0 || column >= scenario_.shape.columns) {
      list.fail(fmt::format("expected columns from 0 to {}", scenario_.shape.columns - 1));
    }
    data[static_cast<std::size_t>(column)] = 0;
  }
  return data;
}

std::vector<std::int16_t> CommandReader::parse_currents(const ParameterNode& node) const {
  std::vector<std::int16_t> codes;
  for (const auto& item : node.items("currents")) {
    codes.push_back(item.text() == kSkipWord ? kSkip : nearest_code(item, scenario_.tile));
  }
  return codes;
}

std::vector<std::int16_t> CommandReader::random_levels(std::uint32_t row, Side side) const {
  const auto columns = static_cast<std::uint32_t>(scenario_.shape.columns);
  const auto first = (2 * row + static_cast<std::uint32_t>(side)) * columns;
  const auto levels = static_cast<double>(scenario_.device.sites.size());
  std::vector<std::int16_t> pattern;
  for (std::uint32_t cell = first; cell < first + columns; ++cell) {
    const auto drawn = draw(scenario_.seed, Stream::stimulus, patterns_, cell);
    pattern.push_back(static_cast<std::int16_t>(levels * uniform(drawn.words[0])));
  }
  return pattern;
}

void CommandReader::add(const ParameterNode& node, const ScenarioCommand& command) {
  if (scenario_.commands.size() >= kMostCommands) {
    node.fail(fmt::format("more than {} commands", kMostCommands));
  }
  scenario_.commands.push_back(command);
  if (is_carried_out(command.expected.status)) known_.after(command.command);
}

template <typename Action>
void CommandReader::for_each_row_and_side(Action action) const {
  for (std::uint32_t row = 0; row < static_cast<std::uint32_t>(scenario_.shape.rows); ++row) {
    for (const Side side : {Side::plus, Side::minus}) action(row, side);
  }
}

}  // namespace dwmtj
