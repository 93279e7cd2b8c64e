// SPDX-License-Identifier: Apache-2.0
// What the reader makes of a scenario, and what it says about a wrong one.
#include "testbenches/scenario.h"

#include <array>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

using Entries = std::vector<std::int16_t>;

const std::string kHead =
    "name: test\n"
    "title: a test\n"
    "tile: trapezoidal\n"
    "rows: 2\n"
    "columns: 3\n"
    "seed: 5\n";

class ScenarioFile : public ::testing::Test {
 protected:
  [[nodiscard]] Scenario load(const std::string& text) const {
    return Scenario::load(folder_.write("s.yaml", text));
  }
  [[nodiscard]] Scenario commands(const std::string& lines) const {
    return load(kHead + "commands:\n" + lines);
  }
  void expect_error(const std::string& text, int line, const std::string& message) const {
    EXPECT_EQ(input_error_of([&] { return load(text); }),
              (folder_ / "s.yaml").string() + ":" + std::to_string(line) + ": " + message);
  }
  // Of the first command, on line 8.
  void expect_command_error(const std::string& command, const std::string& message) const {
    expect_error(kHead + "commands:\n  - " + command + "\n", 8, message);
  }

  TemporaryFolder folder_;
};

TEST_F(ScenarioFile, EveryCommand) {
  const auto scenario = commands(
      "  - {do: program, row: 0, side: plus, levels: [3, skip, 0]}\n"
      "  - {do: reset, row: 1, side: minus}\n"
      "  - {do: reset, row: 1, side: minus, columns: [2, 0]}\n"
      "  - {do: pulse, row: 0, side: plus, codes: [-124, 0, skip]}\n"
      "  - {do: pulse, row: 0, side: plus, currents: [12.4 uA, \"-1 uA\", skip]}\n"
      "  - {do: update, row: 0, side: plus, polarity: [1, 0, -1]}\n"
      "  - {do: read, row: 0, side: plus, columns: [1], expect: [skip, 2, skip]}\n"
      "  - {do: multiply, inputs: [1, -1]}\n"
      "  - {do: illegal}\n");
  const std::vector<TileCommand> wanted = {{TileOp::program, 0, Side::plus, {3, kSkip, 0}},
                                           {TileOp::reset, 1, Side::minus, {}},
                                           {TileOp::reset, 1, Side::minus, {0, kSkip, 0}},
                                           {TileOp::pulse, 0, Side::plus, {-124, 0, kSkip}},
                                           {TileOp::pulse, 0, Side::plus, {124, -10, kSkip}},
                                           {TileOp::update, 0, Side::plus, {1, 0, -1}},
                                           {TileOp::read, 0, Side::plus, {kSkip, 0, kSkip}},
                                           {TileOp::multiply, 0, Side::plus, {1, -1}},
                                           {TileOp::count_of_ops, 0, Side::plus, {}}};
  ASSERT_EQ(scenario.commands.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_TRUE(scenario.commands[i].command == wanted[i]) << i;
  }
  EXPECT_EQ(scenario.commands[6].expected.data, (Entries{kSkip, 2, kSkip}));
}

TEST_F(ScenarioFile, Expectations) {
  const auto scenario = commands(
      "  - do: program\n"
      "    row: 1\n"
      "    side: plus\n"
      "    levels: [1, 2, 3]\n"
      "    tolerate: 2\n"
      "    intrude: true\n"
      "    expect: {data: [0, 1, 0], status: flagged,\n"
      "             at_most: {pulses: 4, attempts: 5, duration: 2 us, energy: 10 pJ}}\n"
      "protocol: warn\n"
      "expect: {flagged: 1, violations: 2, failed: 3}\n");
  const auto& command = scenario.commands.at(0);
  EXPECT_TRUE(command.intrude);
  EXPECT_EQ(command.expected.status, TileStatus::flagged);
  EXPECT_EQ(command.expected.data, (Entries{0, 1, 0}));
  EXPECT_EQ(command.expected.at_most.pulses, 4);
  EXPECT_EQ(command.expected.at_most.attempts, 5);
  EXPECT_DOUBLE_EQ(in_si(*command.expected.at_most.duration), 2e-6);
  EXPECT_DOUBLE_EQ(in_si(*command.expected.at_most.energy), 10e-12);
  EXPECT_EQ(scenario.tolerated.at(command.step), 2);
  EXPECT_EQ(scenario.flagged, 1);
  EXPECT_EQ(scenario.violations, 2);
  EXPECT_EQ(scenario.protocol, ProtocolPolicy::warn);
  EXPECT_EQ(scenario.failed, 3);
}

// No pulse and no attempt can be asked for; no time cannot.
TEST_F(ScenarioFile, BoundsMayBeNothing) {
  const auto with = [](const std::string& bound) {
    return "  - {do: program, row: 0, side: plus, levels: [1, 1, 1],\n     expect: {at_most: {" +
           bound + "}}}\n";
  };
  const auto scenario = commands(with("pulses: 0, attempts: 0"));
  EXPECT_EQ(scenario.commands.at(0).expected.at_most.pulses, 0);
  EXPECT_EQ(scenario.commands.at(0).expected.at_most.attempts, 0);
  for (const std::string bad : {"pulses: -1", "attempts: -1", "duration: 0 s", "energy: 0 J"}) {
    EXPECT_THROW(static_cast<void>(commands(with(bad))), InputError) << bad;
  }
}

TEST_F(ScenarioFile, ReadBackExpectsWhatIsKnown) {
  const auto scenario = commands(
      "  - {do: program, row: 0, side: minus, levels: [3, skip, 2]}\n"
      "  - {do: program, row: 1, side: plus, levels: [3, 3, 3]}\n"
      "  - {do: reset, row: 1, side: plus, columns: [1]}\n"
      "  - {do: update, row: 1, side: plus, polarity: [0, 0, 1]}\n"
      "  - {do: program, row: 1, side: minus, levels: [9, 9, 9], expect: {status: wrong value}}\n"
      "  - {do: read-back}\n");
  ASSERT_EQ(scenario.commands.size(), 9U);
  EXPECT_EQ(scenario.commands[5].expected.data, (Entries{0, 0, 0}));
  EXPECT_EQ(scenario.commands[6].expected.data, (Entries{3, 0, 2}));
  EXPECT_EQ(scenario.commands[7].expected.data, (Entries{3, 0, kSkip}));
  EXPECT_EQ(scenario.commands[8].expected.data, (Entries{0, 0, 0}));
}

TEST_F(ScenarioFile, RandomPatternsDependOnTheSeedAlone) {
  const std::string text = kHead + "commands: [{do: program-random, repeat: 2}]\n";
  const auto file = folder_.write("s.yaml", text);
  const auto one = Scenario::load(file);
  const auto same = Scenario::load(file, 5);
  const auto other = Scenario::load(file, 6);
  ASSERT_EQ(one.commands.size(), 8U);
  EXPECT_EQ(other.seed, 6U);
  std::array<std::set<Entries>, 2> patterns;
  for (std::size_t i = 0; i < one.commands.size(); ++i) {
    EXPECT_TRUE(one.commands[i].command == same.commands[i].command);
    patterns[0].insert(one.commands[i].command.data);
    patterns[1].insert(other.commands[i].command.data);
  }
  EXPECT_GT(patterns[0].size(), 4U);  // rows, sides and repetitions differ
  EXPECT_NE(patterns[0], patterns[1]);
}

TEST_F(ScenarioFile, RandomPatternsUseEveryLevelAboutEquallyOften) {
  const auto scenario = load(
      "name: test\ntitle: a test\ntile: straight\nrows: 64\ncolumns: 64\nseed: 1\n"
      "commands: [{do: program-random}]\n");
  std::vector<int> counts(5, 0);
  for (const auto& command : scenario.commands) {
    for (const auto level : command.command.data) ++counts.at(static_cast<std::size_t>(level));
  }
  const double expected = 8192.0 / 5.0;
  double chi_squared = 0.0;
  for (const int count : counts) chi_squared += (count - expected) * (count - expected) / expected;
  EXPECT_LT(chi_squared, 18.5);  // 4 degrees of freedom, one in a thousand
}

TEST_F(ScenarioFile, SequencesRepeatWithPatternsOfTheirOwn) {
  const auto scenario = commands(
      "  - do: sequence\n"
      "    repeat: 2\n"
      "    commands:\n"
      "      - {do: program-random}\n"
      "      - {do: read-back}\n");
  ASSERT_EQ(scenario.commands.size(), 16U);
  EXPECT_NE(scenario.commands[0].command.data, scenario.commands[8].command.data);
  EXPECT_EQ(scenario.commands[12].expected.data, scenario.commands[8].command.data);
}

TEST_F(ScenarioFile, OverridesOfTheTile) {
  const auto scenario = load(kHead +
                             "overrides: {comparator.offset: 5 mV, verify.attempts: 3}\n"
                             "stall: {probability: 50 %, most: 20 ns}\n"
                             "commands: [{do: read-back}]\n");
  EXPECT_DOUBLE_EQ(in_si(scenario.tile.comparator.offset), 5e-3);
  EXPECT_EQ(scenario.tile.verify.attempts, 3);
  EXPECT_DOUBLE_EQ(scenario.stall.probability, 0.5);
  EXPECT_DOUBLE_EQ(in_si(scenario.stall.most), 20e-9);
}

TEST_F(ScenarioFile, StallsUpToTheirLimits) {
  const auto most =
      load(kHead + "stall: {probability: 1, most: 1 s}\ncommands: [{do: read-back}]\n");
  EXPECT_EQ(most.stall.probability, 1.0);
  EXPECT_EQ(in_si(most.stall.most), 1.0);
  const auto none =
      load(kHead + "stall: {probability: 0, most: 0 s}\ncommands: [{do: read-back}]\n");
  EXPECT_EQ(none.stall.probability, 0.0);
}

TEST_F(ScenarioFile, EveryOverrideOfTheDocumentationIsAccepted) {
  const auto scenario = load(kHead +
                             "overrides:\n"
                             "  timing.clock_period: 0.8333 ns\n"
                             "  timing.select_settle: 3 ns\n"
                             "  timing.field_settle: 3 ns\n"
                             "  timing.pulse_relax: 3 ns\n"
                             "  timing.read_settle: 3 ns\n"
                             "  driver.asymmetry: 3\n"
                             "  read.voltage: 30 mV\n"
                             "  read.reference_error: 3 %\n"
                             "  comparator.offset: 3 mV\n"
                             "  comparator.noise: 3 mV\n"
                             "  comparator.window: 3 ns\n"
                             "  verify.step: 3\n"
                             "  verify.attempts: 3\n"
                             "  verify.pulses: 3\n"
                             "commands: [{do: read-back}]\n");
  const auto& tile = scenario.tile;
  for (const Time& time :
       {tile.timing.select_settle, tile.timing.field_settle, tile.timing.pulse_relax,
        tile.timing.read_settle, tile.comparator.window}) {
    EXPECT_DOUBLE_EQ(in_si(time), 3e-9);
  }
  EXPECT_EQ(tile.period(), 833);
  EXPECT_DOUBLE_EQ(tile.driver.asymmetry, 3.0);
  EXPECT_DOUBLE_EQ(in_si(tile.read.voltage), 30e-3);
  EXPECT_DOUBLE_EQ(tile.read.reference_error, 0.03);
  EXPECT_DOUBLE_EQ(in_si(tile.comparator.offset), 3e-3);
  EXPECT_DOUBLE_EQ(in_si(tile.comparator.noise), 3e-3);
  EXPECT_EQ(tile.verify.step, 3);
  EXPECT_EQ(tile.verify.attempts, 3);
  EXPECT_EQ(tile.verify.pulses, 3);
}

TEST_F(ScenarioFile, ATileFileIsLookedForBesideTheScenario) {
  auto tile = read_text(find_tile("straight"));
  folder_.write("mine.yaml", tile.replace(tile.find("name: straight"), 14, "name: mine"));
  const auto scenario = load(
      "name: test\ntitle: a test\ntile: mine.yaml\nrows: 1\ncolumns: 1\nseed: 1\ncommands: [{do: "
      "read-back}]\n");
  EXPECT_EQ(scenario.tile.name, "mine");
}

TEST_F(ScenarioFile, ErrorsOfTheHead) {
  expect_error("name: test\n", 1, "missing key 'title'");
  expect_error("name: a\ntitle: b\ntile: round\nrows: 1\ncolumns: 1\nseed: 1\ncommands: []\n", 3,
               fmt::format("tile: unknown tile 'round'; known: {}, or the path of a .yaml file",
                           fmt::join(tile_names(), ", ")));
  expect_error("name: a\ntitle: b\nrows: 0\n", 3, "rows: '0' is not a whole number from 1 to 1024");
  expect_error("name: a\ntitle: b\nrows: 1\ncolumns: 1025\n", 4,
               "columns: '1025' is not a whole number from 1 to 1024");
  expect_error(kHead, 1, "missing key 'commands'");
  expect_error(kHead + "commands: 3\n", 7, "commands: expected a list");
  expect_error(kHead + "commands: [{do: read-back}]\nspeed: 3\n", 8,
               "speed: unknown key; accepted here: name, title, rows, columns, seed, tile, "
               "overrides, stall, protocol, expect, commands");
  expect_error(kHead + "stall: {probability: 2, most: 1 ns}\n", 7,
               "stall.probability: expected 0 to 1, or 0 % to 100 %");
  expect_error(kHead + "stall: {probability: 1, most: -1 ns}\n", 7,
               "stall.most: expected 0 s to 1 s");
  expect_error(kHead + "stall: {probability: 1, most: 1000001 us}\n", 7,
               "stall.most: expected 0 s to 1 s");
  expect_error(kHead + "expect: {flagged: -1}\n", 7,
               "expect.flagged: '-1' is not a whole number from 0 to 2147483647");
  expect_error(kHead + "expect: {flags: 1}\n", 7,
               "expect.flags: unknown key; accepted here: flagged, failed, violations");
  expect_error(kHead + "protocol: loud\n", 7, "protocol: 'loud' is not one of: off, warn, fail");
  expect_error(kHead + "protocol: off\nexpect: {violations: 0}\n", 8,
               "expect.violations: nobody counts them with 'protocol: off'");
}

TEST_F(ScenarioFile, ErrorsOfOverrides) {
  expect_error(kHead + "overrides: {comparator.offset: 2 V}\n", 7,
               "overrides.comparator.offset: 2 V is out of range [0 V, 1 V]");
  expect_error(kHead + "overrides: {verify.attempts: 2.5}\n", 7,
               "overrides.verify.attempts: expected a whole number");
  const auto message =
      input_error_of([&] { return load(kHead + "overrides: {comparator.offest: 2 mV}\n"); });
  EXPECT_NE(message.find(":7: overrides.comparator.offest: unknown key; accepted here: timing."),
            std::string::npos)
      << message;
}

TEST_F(ScenarioFile, ErrorsOfCommands) {
  const std::string kinds =
      "reset, pulse, program, update, read, multiply, illegal, program-random, read-back, sequence";
  expect_command_error("{do: erase}", "commands[0].do: 'erase' is not one of: " + kinds);
  expect_command_error("{row: 1}", "commands[0]: missing key 'do'");
  expect_command_error("reset", "commands[0]: expected a mapping");
  expect_command_error("{do: read, side: plus}", "commands[0]: missing key 'row'");
  expect_command_error("{do: read, row: -1, side: plus}",
                       "commands[0].row: '-1' is not a whole number from 0 to 4294967295");
  expect_command_error("{do: read, row: 0, side: left}",
                       "commands[0].side: 'left' is not one of: plus, minus");
  expect_command_error("{do: program, row: 0, side: plus}", "commands[0]: missing key 'levels'");
  expect_command_error(
      "{do: program, row: 0, side: plus, levels: [1, two]}",
      "commands[0].levels[1]: 'two' is not a whole number from -32767 to 32767, nor 'skip'");
  expect_command_error(
      "{do: program, row: 0, side: plus, levels: [-32768]}",
      "commands[0].levels[0]: '-32768' is not a whole number from -32767 to 32767, nor 'skip'");
  expect_command_error("{do: reset, row: 0, side: plus, columns: [3]}",
                       "commands[0].columns: expected columns from 0 to 2");
  expect_command_error("{do: pulse, row: 0, side: plus, currents: [30 uA]}",
                       "commands[0].currents[0]: beyond the driver's largest current, 25.5 uA");
  expect_command_error("{do: multiply, inputs: [1], row: 3}",
                       "commands[0].row: unknown key; accepted here: do, repeat, expect, intrude, "
                       "tolerate, inputs, bits");
  expect_command_error("{do: multiply, inputs: [1], bits: 9}",
                       "commands[0].bits: 9; sum_reference.bits of the tile 'trapezoidal' is 8");
  expect_command_error("{do: multiply, inputs: [1], bits: 256}",
                       "commands[0].bits: '256' is not a whole number from 0 to 255");
  expect_command_error("{do: read-back, repeat: 0}",
                       "commands[0].repeat: '0' is not a whole number from 1 to 10000");
  expect_command_error("{do: sequence, commands: []}",
                       "commands[0].commands: expected at least one command");
}

TEST_F(ScenarioFile, ErrorsOfExpectations) {
  const std::string read = "{do: read, row: 0, side: plus, expect: ";
  expect_command_error(read + "5}", "commands[0].expect: expected a mapping");
  expect_command_error(read + "hello}", "commands[0].expect: expected a mapping");
  expect_command_error(
      read + "{daat: [1]}}",
      "commands[0].expect.daat: unknown key; accepted here: data, status, at_most");
  expect_command_error(
      read + "{status: fine}}",
      "commands[0].expect.status: 'fine' is not one of: ok, flagged, illegal op, row out of range, "
      "wrong length, wrong value, wrong bits");
  expect_command_error(
      read + "{at_most: {power: 1 W}}}",
      "commands[0].expect.at_most.power: unknown key; accepted here: pulses, attempts, duration, "
      "energy");
  expect_command_error("{do: read-back, expect: [1]}",
                       "commands[0].expect: the data of a read-back is what was programmed");
  expect_command_error("{do: program-random, expect: [1]}",
                       "commands[0].expect: a random pattern has no data to expect");
}

// What would pass, or fail, whatever the tile does.
TEST_F(ScenarioFile, ExpectationsThatCheckNothing) {
  const std::string at = "commands[0].expect";
  const std::string read = "{do: read, row: 0, side: plus, expect: ";
  const std::string reset = "{do: reset, row: 0, side: plus, expect: ";
  const std::string program = "{do: program, row: 0, side: plus, levels: [1, 1, 1], expect: ";
  expect_command_error(read + "[]}",
                       at + ": expects no data; leave it out where none are looked at");
  expect_command_error(read + "{data: []}}",
                       at + ": expects no data; leave it out where none are looked at");
  expect_command_error(
      read + "{}}", at + ": expects nothing; expected a list of data, or data, status or at_most");
  expect_command_error(read + "[skip, skip, skip]}",
                       "commands[0]: expects data, and nothing of them is looked at");
  expect_command_error(read + "[1, 2]}", at + ": 2 entries of data; the result has 3");
  expect_command_error(read + "{at_most: {pulses: 3}}}",
                       at + ": at_most.pulses: only a program counts them");
  expect_command_error(read + "{status: flagged}}",
                       at + ": a read that is answered with 'flagged' has no flags");
  expect_command_error(reset + "[0, 0, 0]}",
                       at + ": a reset that is answered with 'ok' has no data to expect");
  expect_command_error(read + "{data: [1, 1, 1], status: wrong length}}",
                       at + ": a read that is answered with 'wrong length' has no data to expect");
  expect_command_error(
      program + "{at_most: {pulses: 2000}}}",
      at + ": at_most.pulses: can never be more than verify.pulses of the tile, 2000");
  expect_command_error(program + "{at_most: [energy: 1 fJ]}}", at + ".at_most: expected a mapping");
  expect_command_error(
      program + "{at_most: {}}}",
      at + ".at_most: limits nothing; expected pulses, attempts, duration or energy");
  expect_command_error(program + "{at_most: {energy: -1 J}}}",
                       at + ".at_most.energy: can never be met; expected more than 0");
  expect_command_error(program + "{at_most: {duration: 0 s}}}",
                       at + ".at_most.duration: can never be met; expected more than 0");
  expect_command_error("{do: read, row: 0, side: plus, expect: [1, 1, skip], tolerate: 2}",
                       "commands[0].tolerate: forgives all of the 2 entries that are looked at");
  expect_command_error("{do: reset, row: 0, side: plus, tolerate: 1}",
                       "commands[0].tolerate: forgives all of the 0 entries that are looked at");
}

TEST_F(ScenarioFile, ListsWhereKeysBelongAreRefused) {
  const std::string commands = "commands: [{do: read-back}]\n";
  expect_error(kHead + "overrides: [comparator.offset: 500 mV]\n" + commands, 7,
               "overrides: expected a mapping");
  expect_error(kHead + "stall: [probability: 50 %]\n" + commands, 7, "stall: expected a mapping");
  expect_error(kHead + "expect: [flagged: 3, refused: 7]\n" + commands, 7,
               "expect: expected a mapping");
  expect_error(kHead + "expect: hello\n" + commands, 7, "expect: expected a mapping");
  expect_error(kHead + "expect: {}\n" + commands, 7, "expect: expects nothing");
  expect_error(kHead + "commands: []\n", 7, "commands: expected at least one command");
}

TEST_F(ScenarioFile, ReadBackOfWhatNobodyKnowsIsRefused) {
  const auto message = input_error_of([&] {
    return commands(
        "  - {do: update, row: 0, side: plus, polarity: [1, 1, 1]}\n"
        "  - {do: update, row: 0, side: minus, polarity: [1, 1, 1]}\n"
        "  - {do: update, row: 1, side: plus, polarity: [1, 1, 1]}\n"
        "  - {do: update, row: 1, side: minus, polarity: [1, 1, 1]}\n"
        "  - {do: read-back}\n");
  });
  EXPECT_NE(message.find("commands[4]: expects data, and nothing of them is looked at"),
            std::string::npos)
      << message;
}

TEST_F(ScenarioFile, EverySeedIsASeed) {
  const auto scenario = load(
      "name: a\ntitle: b\ntile: straight\nrows: 1\ncolumns: 1\nseed: 18446744073709551615\n"
      "commands: [{do: read-back}]\n");
  EXPECT_EQ(scenario.seed, 18446744073709551615U);
}

TEST_F(ScenarioFile, FilesThatAreNotThereAreToldWithTheirPlace) {
  expect_error("name: a\ntitle: b\nrows: 1\ncolumns: 1\nseed: 1\ntile: gone.yaml\n", 6,
               "tile: " + (folder_ / "gone.yaml").string() + ": no such file");
}

TEST_F(ScenarioFile, RepetitionsCannotGrowWithoutBound) {
  const auto message = input_error_of([&] {
    return commands(
        "  - do: sequence\n"
        "    repeat: 10000\n"
        "    commands: [{do: sequence, repeat: 10000, commands: [{do: illegal, repeat: 10}]}]\n");
  });
  EXPECT_NE(message.find("more than 100000 commands"), std::string::npos) << message;
}

}  // namespace
}  // namespace dwmtj
