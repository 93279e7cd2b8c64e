// SPDX-License-Identifier: Apache-2.0
// `dwmtj run` as a shell would run it.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

#include "testbenches/scenario.h"
#include "tests/app/program.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/vcd_reader.h"

namespace dwmtj {
namespace {

using test::read_vcd;
using test::VcdFile;

const std::string kHead =
    "name: mine\n"
    "title: my testbench\n"
    "tile: trapezoidal\n"
    "rows: 2\n"
    "columns: 3\n"
    "seed: 1\n";

class Run : public ::testing::Test {
 protected:
  [[nodiscard]] Outcome run(std::vector<std::string> words) const {
    words.insert(words.begin(), "run");
    return dwmtj_in(folder_.path(), words);
  }
  [[nodiscard]] Outcome run_mine(const std::string& text,
                                 std::vector<std::string> options = {}) const {
    folder_.write("mine.yaml", kHead + text);
    options.insert(options.begin(), "mine.yaml");
    return run(options);
  }
  void expect_refused(const std::vector<std::string>& words, const std::string& message) const {
    const auto outcome = run(words);
    EXPECT_EQ(outcome.status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, "dwmtj: " + message + "\n");
  }
  [[nodiscard]] std::string text(const std::string& name) const {
    return read_text(folder_ / name);
  }

  TemporaryFolder folder_;
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class Shipped : public Run, public ::testing::WithParamInterface<std::string> {};

TEST_P(Shipped, Passes) {
  const auto outcome = run({GetParam()});
  EXPECT_EQ(outcome.status, 0) << outcome.out;
  EXPECT_EQ(outcome.err, "");
  EXPECT_TRUE(has(outcome.out, "\npassed: all ")) << outcome.out;
}

// "tile0.decoder.row[31:0]" and "+{row} tile0.decoder.row[31:0]" alike.
std::vector<std::string> signals_in(const std::string& save_file) {
  std::vector<std::string> signals;
  std::istringstream lines(save_file);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind('[', 0) == 0) continue;
    const auto start = line.find("tile0.");
    if (start != std::string::npos)
      signals.push_back(line.substr(start, line.find('[', start) - start));
  }
  return signals;
}

// GTKWave passes over a name that it does not find.
TEST_P(Shipped, HasASaveFileWhoseSignalsExist) {
  ASSERT_EQ(run({GetParam(), "--quiet", "--vcd", "wave.vcd"}).status, 0);
  const auto file = read_vcd(folder_ / "wave.vcd");
  const auto signals = signals_in(read_text(find_scenario(GetParam()).replace_extension(".gtkw")));
  EXPECT_GE(signals.size(), 10U);
  for (const auto& name : signals) EXPECT_EQ(file.signals.count(name), 1U) << name;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Shipped, ::testing::ValuesIn(scenario_names()),
                         [](const auto& scenario) {
                           auto name = scenario.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST_F(Run, WithoutAScenarioListsThem) {
  const auto outcome = run({});
  EXPECT_EQ(outcome.status, 0);
  for (const auto& name : scenario_names())
    EXPECT_TRUE(has(outcome.out, "\n" + name + " ")) << name;
}

TEST_F(Run, AFailedExpectationNamesItsCommand) {
  const auto outcome = run_mine(
      "commands:\n"
      "  - {do: program, row: 1, side: minus, levels: [1, 2, 3]}\n"
      "  - {do: read, row: 1, side: minus, expect: [1, 2, 0]}\n"
      "  - {do: read, row: 5, side: minus}\n");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err, "");
  EXPECT_TRUE(has(outcome.out, "     2  read 1 minus ")) << outcome.out;
  EXPECT_TRUE(has(outcome.out, "FAILED\n        expected [1, 2, 0], seen [1, 2, 3]\n"));
  EXPECT_TRUE(has(outcome.out, "FAILED\n        expected ok, seen row out of range\n"));
  EXPECT_TRUE(has(outcome.out, "\nFAILED: 2 of 3 commands not as expected\n"));
}

TEST_F(Run, FailedTotals) {
  const auto outcome = run_mine(
      "overrides: {verify.pulses: 1}\n"
      "commands:\n"
      "  - {do: program, row: 0, side: plus, levels: [3, 3, 0]}\n"
      "  - {do: program, row: 0, side: plus, levels: [2, 2, 0], expect: {status: flagged}}\n"
      "expect: {flagged: 0, violations: 1, failed: 0}\n");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(has(outcome.out, "\nFAILED: expected 0 flagged cells, seen 2\n")) << outcome.out;
  EXPECT_TRUE(has(outcome.out, "\nFAILED: expected 1 protocol violations, seen 0\n"));
  EXPECT_TRUE(has(outcome.out, "\nFAILED: expected 0 failed commands, seen 1\n"));
}

TEST_F(Run, WrongInputIsOneLineAndStatus2) {
  folder_.write("bad.yaml", kHead + "commands:\n  - {do: erase}\n");
  const auto outcome = run({"bad.yaml"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err.rfind("dwmtj: bad.yaml:8: commands[0].do: 'erase' is not one of: ", 0), 0U)
      << outcome.err;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1);
}

TEST_F(Run, WrongOptions) {
  expect_refused({"--vcd", "x.vcd"}, "run: no scenario given; put it before the options");
  expect_refused({"absent.yaml"}, "absent.yaml: no such file");
  expect_refused({"bad-commands", "--trace", "*"},
                 "--trace: where to? give --vcd FILE or --out DIR");
  expect_refused({"bad-commands", "--vcd", "no/where.vcd"}, "no/where.vcd: cannot be written");
  expect_refused({"bad-commands", "--vcd", "x.vcd", "--trace-to", "-1 ns"},
                 "--trace-to: expected 0 s to 1000000 s");
  expect_refused({"bad-commands", "--vcd", "x.vcd", "--trace-from", "2us", "--trace-to", "1us"},
                 "--trace-to: before --trace-from");
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(Run, NothingOfSystemCIsPrinted) {
  const auto outcome = run({"bad-commands"});
  EXPECT_FALSE(has(outcome.out + outcome.err, "Accellera"));
  EXPECT_FALSE(has(outcome.out + outcome.err, "OSCI"));
}

std::vector<std::string> names_of(const VcdFile& file) {
  std::vector<std::string> names;
  for (const auto& [name, signal] : file.signals) names.push_back(name);
  return names;
}

TEST_F(Run, TraceSelectsSignals) {
  ASSERT_EQ(run({"row-update", "--vcd", "row.vcd", "--trace", "tile0.array.row1.*"}).status, 0);
  const auto names = names_of(read_vcd(folder_ / "row.vcd"));
  EXPECT_EQ(names.size(), 6U * 2U * 2U);  // columns, sides, site and resistance
  for (const auto& name : names) EXPECT_EQ(name.rfind("tile0.array.row1.", 0), 0U) << name;

  ASSERT_EQ(run({"row-update", "--vcd", "two.vcd", "--trace", "*.state", "*energy_pJ"}).status, 0);
  EXPECT_EQ(names_of(read_vcd(folder_ / "two.vcd")),
            (std::vector<std::string>{"tile0.controller.state", "tile0.energy_pJ"}));
}

TEST_F(Run, TraceThatSelectsNothingSaysSo) {
  const auto outcome = run({"row-update", "--vcd", "none.vcd", "--trace", "tile1.*"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "dwmtj: --trace: no signal matches\n");
}

TEST_F(Run, TheWindowCutsTheWaveform) {
  ASSERT_EQ(run({"row-update", "--vcd", "all.vcd"}).status, 0);
  ASSERT_EQ(
      run({"row-update", "--vcd", "part.vcd", "--trace-from", "600 ns", "--trace-to", "0.7us"})
          .status,
      0);
  const auto all = read_vcd(folder_ / "all.vcd");
  const auto part = read_vcd(folder_ / "part.vcd");
  EXPECT_EQ(part.first_ps, 600000);
  EXPECT_EQ(part.last_ps, 700000);
  for (const std::int64_t at : {600000, 633333, 700000}) {
    for (const auto& name : names_of(all))
      EXPECT_EQ(part.value_at(name, at), all.value_at(name, at));
  }
}

// The waveform and the ledger tell of the same energy.
TEST_F(Run, TheLastEnergyOfTheWaveformIsAllThatWasSpent) {
  ASSERT_EQ(run({"row-update", "--vcd", "w.vcd", "--out", "out"}).status, 0);
  const auto file = read_vcd(folder_ / "w.vcd");
  const auto report = nlohmann::json::parse(text("out/report.json"));
  EXPECT_NEAR(file.real_at("tile0.energy_pJ", file.last_ps),
              1e12 * report["total_J"].get<double>(), 1e-9);
  EXPECT_NEAR(report["on_time_s"].get<double>(), 1e-12 * static_cast<double>(file.last_ps), 1e-18);
}

TEST_F(Run, OutputFolderAndRunningItAgain) {
  const auto first = run({"random-pattern-trapezoidal", "--seed", "9", "--out", "a"});
  ASSERT_EQ(first.status, 0) << first.out;
  for (const auto* const name : {"commands.csv", "report.txt", "report.csv", "report.json",
                                 "scenario.yaml", "tile.yaml", "device.yaml", "run.yaml"}) {
    EXPECT_TRUE(std::filesystem::exists(folder_ / "a" / name)) << name;
  }
  EXPECT_FALSE(std::filesystem::exists(folder_ / "a/waveform.vcd"));
  EXPECT_EQ(YAML::Load(text("a/run.yaml"))["seed"].as<int>(), 9);
  EXPECT_EQ(first.out, text("a/report.txt") + "results in a\n");

  ASSERT_EQ(run({"a/scenario.yaml", "--out", "b"}).status, 0);
  for (const auto* const name : {"commands.csv", "report.txt", "report.csv", "report.json"}) {
    EXPECT_EQ(text(std::string("a/") + name), text(std::string("b/") + name)) << name;
  }
}

TEST_F(Run, EnergiesOfTheCommandsAddUpToWhatWasPosted) {
  ASSERT_EQ(run({"random-pattern-straight", "--out", "out"}).status, 0);
  std::istringstream lines(text("out/commands.csv"));
  double sum = 0.0;
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line,
            "number,op,row,side,start_s,duration_s,energy_J,status,cells,pulses,most_pulses,"
            "most_attempts,as_expected");
  while (std::getline(lines, line)) {
    std::istringstream cells(line);
    std::string cell;
    for (int i = 0; i < 7; ++i) std::getline(cells, cell, ',');
    sum += std::stod(cell);
  }
  const double posted = nlohmann::json::parse(text("out/report.json"))["posted_J"];
  EXPECT_NEAR(sum, posted, 1e-9 * posted);
}

TEST_F(Run, TraceWithAnOutputFolderPutsTheWaveformThere) {
  ASSERT_EQ(run({"bad-commands", "--out", "out", "--trace", "*.state"}).status, 0);
  EXPECT_EQ(read_vcd(folder_ / "out/waveform.vcd").signals.size(), 1U);
}

TEST_F(Run, TheSameSeedGivesTheSameBytes) {
  for (const auto* const name : {"a.vcd", "b.vcd"}) {
    ASSERT_EQ(run({"write-verify-straight", "--vcd", name}).status, 0);
  }
  EXPECT_EQ(text("a.vcd"), text("b.vcd"));
}

// Delayed handshakes cost time and change nothing else: results are equal but for the durations.
TEST_F(Run, StallsDelayAndChangeNothing) {
  const std::string commands = "commands: [{do: program-random}, {do: read-back}]\n";
  const auto plain = run_mine(commands, {"--out", "plain"});
  const auto stalled =
      run_mine("stall: {probability: 50 %, most: 20 ns}\n" + commands, {"--out", "stalled"});
  ASSERT_EQ(plain.status, 0);
  ASSERT_EQ(stalled.status, 0) << stalled.out;
  const auto before = nlohmann::json::parse(text("plain/report.json"));
  const auto after = nlohmann::json::parse(text("stalled/report.json"));
  EXPECT_GT(after["on_time_s"], before["on_time_s"]);
  const auto count_of = [](const nlohmann::json& report, const std::string& component) {
    std::uint64_t count = 0;
    for (const auto& action : report["actions"]) {
      if (action["component"] == component) count += action["count"].get<std::uint64_t>();
    }
    return count;
  };
  for (const std::string component : {"array", "drivers", "comparators", "ladder", "select"}) {
    const auto count = count_of(before, "tile0." + component);
    EXPECT_GT(count, 0U) << component;
    EXPECT_EQ(count_of(after, "tile0." + component), count) << component;
  }
}

// What a busy tile is offered and not given until a clock edge: counted, and a failure unless
// expected or only warned of.
TEST_F(Run, AnIntruderBreaksTheProtocol) {
  const std::string intruder =
      "commands: [{do: read, row: 0, side: plus, expect: [0, 0, 0], intrude: true, repeat: 3}]\n";
  EXPECT_EQ(run_mine(intruder + "expect: {violations: 3, failed: 0}\n").status, 0);
  const auto failed = run_mine(intruder);
  EXPECT_EQ(failed.status, 1);
  EXPECT_TRUE(has(failed.out, "\nFAILED: 3 protocol violations, the first: tile0.cmd: lost: "));
  const auto warned = run_mine(intruder + "protocol: warn\n");
  EXPECT_EQ(warned.status, 0);
  EXPECT_TRUE(has(warned.out, "\nprotocol violations   3, the first: tile0.cmd: lost: "));
  const auto off = run_mine(intruder + "protocol: off\n");
  EXPECT_EQ(off.status, 0);
  EXPECT_TRUE(has(off.out, "\nprotocol violations   not watched\n"));
}

class Interrupted : public Run {
 protected:
  // Ctrl-C once some of the waveform is in the file.
  [[nodiscard]] Outcome interrupt(const std::vector<std::string>& options) const {
    folder_.write("long.yaml", kHead + "commands: [{do: program-random, repeat: 10000}]\n");
    std::vector<std::string> words = {"run", "long.yaml", "--vcd", "wave.vcd"};
    words.insert(words.end(), options.begin(), options.end());
    Program program(dwmtj_command(words), folder_.path());
    std::error_code not_yet;
    for (int tries = 0; tries < 3000; ++tries) {
      const auto size = std::filesystem::file_size(folder_ / "wave.vcd", not_yet);
      if (!not_yet && size > 100000) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    program.send(SIGINT);
    return program.wait();
  }
};

TEST_F(Interrupted, KeepsWhatIsFinished) {
  const auto outcome = interrupt({"--out", "out"});
  EXPECT_EQ(outcome.status, 130);
  EXPECT_EQ(outcome.err, "");
  EXPECT_TRUE(has(outcome.out, "     1  program 0 plus "));
  EXPECT_TRUE(has(outcome.out, "\ninterrupted after "));
  EXPECT_FALSE(has(outcome.out, "\npassed"));
  EXPECT_FALSE(has(outcome.out, "FAILED"));
  const auto file = read_vcd(folder_ / "wave.vcd");
  EXPECT_GT(file.last_ps, 1000000);
  const double on_time = nlohmann::json::parse(text("out/report.json"))["on_time_s"];
  EXPECT_NEAR(1e12 * on_time, static_cast<double>(file.last_ps), 1.0);
}

}  // namespace
}  // namespace dwmtj
