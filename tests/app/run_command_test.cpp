// SPDX-License-Identifier: Apache-2.0
// `dwmtj run` as a shell would run it.
#include <algorithm>
#include <csignal>

#include <fmt/format.h>
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

// "0 idle, 1 decode" as GTKWave's translate file: hexadecimal, a line each.
std::string translate_file(const std::string& names) {
  std::string text;
  std::istringstream items(names);
  for (std::string item; std::getline(items, item, ',');) {
    const auto digit = item.find_first_not_of(' ');
    const auto space = item.find(' ', digit);
    const auto value = std::stoul(item.substr(digit, space - digit));
    text += fmt::format("{:X}{}\n", value, item.substr(space));
  }
  return text;
}

TEST_P(Shipped, ASaveFileTranslatesTheStatesThatTheWaveformHas) {
  ASSERT_EQ(run({GetParam(), "--quiet", "--vcd", "wave.vcd"}).status, 0);
  const auto comment = read_vcd(folder_ / "wave.vcd").comment;
  const auto save_file = find_scenario(GetParam()).replace_extension(".gtkw");
  std::istringstream lines(read_text(save_file));
  std::string translation;
  int translated = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("^1 /scenarios/", 0) == 0) translation = line.substr(14);
    if (line[0] != '+' || translation.empty()) continue;
    const auto signals = signals_in(line);
    ASSERT_EQ(signals.size(), 1U) << line;
    const auto names = comment.find(signals[0] + ": ") + signals[0].size() + 2;
    const auto expected = translate_file(comment.substr(names, comment.find('\n', names) - names));
    EXPECT_EQ(read_text(save_file.parent_path() / translation), expected) << line;
    translation.clear();
    ++translated;
  }
  EXPECT_GE(translated, 3);
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

TEST_F(Run, BeginsWithTheStatesOfAnotherRun) {
  const auto programmed = dwmtj_in(folder_.path(), {"program", "trapezoidal", "--rows", "2",
                                                    "--columns", "3", "--save-state", "a.states"});
  ASSERT_EQ(programmed.status, 0) << programmed.err;
  const std::string read_all = "commands:\n  - {do: read-back}\n";
  const auto outcome =
      run_mine(read_all, {"--state", "a.states", "--save-state", "b.states", "--vcd", "a.vcd"});
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_TRUE(has(outcome.out, "\nstates in b.states\n")) << outcome.out;
  // Reading moves no wall; it takes decisions.
  const auto lines_of_devices = [&](const std::string& name) {
    const auto all = text(name);
    return all.substr(all.find("row 0 plus"));
  };
  EXPECT_EQ(lines_of_devices("b.states"), lines_of_devices("a.states"));
  EXPECT_NE(text("b.states"), text("a.states"));
  // The waveform begins where the walls stand.
  const auto vcd = read_vcd(folder_ / "a.vcd");
  const auto site = lines_of_devices("a.states").at(18) - '0';
  EXPECT_GT(site, 0);
  EXPECT_EQ(vcd.integer_at("tile0.array.row0.col1.plus.site", 0), site);
  expect_refused({"mine.yaml", "--state", "a.states", "--seed", "2"},
                 "a.states:4: seed: 1; this run has 2");
  expect_refused({"mine.yaml", "--state", "a.states", "--vcd", "a.states"},
                 "a.states: is an input, and would be overwritten");
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
                 "--trace: where to? give --vcd FILE, --fst FILE or --out DIR");
  expect_refused({"bad-commands", "--vcd", "no/where.vcd"}, "no/where.vcd: cannot be written");
  expect_refused({"bad-commands", "--vcd", "x.vcd", "--trace-to", "-1 ns"},
                 "--trace-to: expected 0 s to 1000000 s");
  expect_refused({"bad-commands", "--vcd", "x.vcd", "--trace-from", "2us", "--trace-to", "1us"},
                 "--trace-to: before --trace-from");
  expect_refused({"bad-commands", "--fst", "/dev/null"},
                 "/dev/null: FST goes into a plain file only");
  for (const auto* const option : {"--vcd", "--fst"}) {
    const auto outcome = run({"bad-commands", option, ""});
    EXPECT_EQ(outcome.status, 2);
    EXPECT_TRUE(has(outcome.err, "expected the name of a file")) << outcome.err;
  }
  EXPECT_EQ(run({"bad-commands", "--vcd", "a.vcd", "--fst", "a.fst"}).status, 2);
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

// By a shell, as a person would.
class RunByShell : public Run {
 protected:
  [[nodiscard]] Outcome shell(const std::string& line) const {
    const auto command = "set -o pipefail; dwmtj() { " + dwmtj_command({}).front() + " \"$@\"; }; ";
    return Program({"/bin/bash", "-c", command + line}, folder_.path()).wait();
  }
};

TEST_F(RunByShell, WaveformsGoWhereverBytesCanGo) {
  ASSERT_EQ(shell("dwmtj run row-update --vcd plain.vcd > report").status, 0);
  const auto plain = text("plain.vcd");
  for (const std::string line :
       {"mkfifo f; cat f > a.vcd & dwmtj run row-update --vcd f > report; wait",
        "dwmtj run row-update --vcd >(cat > a.vcd) > report; wait $!",
        "dwmtj run row-update --vcd /dev/stdout > a.vcd",
        "dwmtj run row-update --vcd /dev/stdout | cat > a.vcd",
        "echo -n > a.vcd; dwmtj run row-update --vcd /dev/stdout >> a.vcd"}) {
    const auto outcome = shell(line);
    EXPECT_EQ(outcome.status, 0) << line << outcome.err;
    EXPECT_EQ(text("a.vcd"), plain) << line;
    EXPECT_FALSE(has(outcome.err, "no signal")) << line;
  }
  const auto nowhere = shell("dwmtj run row-update --vcd /dev/null");
  EXPECT_EQ(nowhere.status, 0);
  EXPECT_EQ(nowhere.err, "");
  EXPECT_TRUE(has(nowhere.out, "\npassed: all "));
  EXPECT_EQ(shell("dwmtj run row-update --vcd /dev/null > /dev/null").err, "");
}

TEST_F(RunByShell, CtrlCEndsTheWaitForAReader) {
  ASSERT_EQ(shell("mkfifo f").status, 0);
  for (const int signal : {SIGINT, SIGTERM}) {
    Program program(dwmtj_command({"run", "row-update", "--vcd", "f"}), folder_.path());
    program.await_catching("dwmtj-simulate", signal);
    program.send(signal);
    EXPECT_EQ(program.wait().status, 130);
  }
}

TEST_F(Run, FstIsSmallerThanVcd) {
  ASSERT_EQ(run({"random-pattern-straight", "--vcd", "a.vcd"}).status, 0);
  const auto outcome = run({"random-pattern-straight", "--fst", "a.fst"});
  if (has(outcome.err, "does not write FST")) GTEST_SKIP() << outcome.err;
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_LT(5 * std::filesystem::file_size(folder_ / "a.fst"),
            std::filesystem::file_size(folder_ / "a.vcd"));
}

TEST_F(Run, WaveformsDoNotOverwriteInputs) {
  folder_.write("mine.yaml", kHead + "commands: [{do: read-back}]\n");
  for (const auto* const option : {"--vcd", "--fst"}) {
    expect_refused({"mine.yaml", option, "mine.yaml"},
                   "mine.yaml: is an input, and would be overwritten");
  }
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
  EXPECT_NEAR(file.real_at("tile0.energy_pJ", file.last_ps), 1e12 * report["total_J"].get<double>(),
              1e-9);
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

double largest(const test::VcdChanges& changes) {
  double value = 0.0;
  for (const auto& [at, text] : changes) value = std::max(value, std::stod(text));
  return value;
}

// The asymmetry of the drivers is that of updates: write-verify takes the same pulses, and the
// current of an update is as many times as large.
TEST_F(Run, AsymmetryIsOfUpdatesAlone) {
  const std::string commands =
      "commands:\n"
      "  - {do: program, row: 0, side: plus, levels: [1, 2, 3]}\n"
      "  - {do: read-back}\n"
      "  - {do: update, row: 1, side: plus, polarity: [1, 1, -1]}\n";
  std::string pulses_at_1;
  for (const auto* const asymmetry : {"1", "1.2", "3"}) {
    const auto overrides = "overrides: {driver.asymmetry: " + std::string(asymmetry) + "}\n";
    const auto outcome =
        run_mine(overrides + commands, {"--out", asymmetry, "--vcd", "w.vcd", "--quiet"});
    ASSERT_EQ(outcome.status, 0) << outcome.out;
    EXPECT_TRUE(has(outcome.out, "\nclipped pulses        0\n"));
    const auto csv = text(asymmetry + std::string("/commands.csv"));
    const auto programmed = csv.substr(csv.find("\n1,"), csv.find("\n2,") - csv.find("\n1,"));
    if (pulses_at_1.empty()) pulses_at_1 = programmed;
    EXPECT_EQ(programmed, pulses_at_1) << asymmetry;
    const auto vcd = read_vcd(folder_ / "w.vcd");
    const auto update = 12.4 * std::stod(asymmetry);
    EXPECT_DOUBLE_EQ(largest(vcd.changes("tile0.driver_0.current_uA")), update);
    EXPECT_DOUBLE_EQ(largest(vcd.changes("tile0.driver_2.current_uA")), 14.0);
    EXPECT_DOUBLE_EQ(vcd.real_at("tile0.driver_2.current_uA", vcd.last_ps), 0.0);
  }
}

class Interrupted : public Run {
 protected:
  // Ctrl-C once some of the waveform is in the file.
  [[nodiscard]] Outcome interrupt(const std::vector<std::string>& options) const {
    folder_.write("long.yaml", kHead + "commands: [{do: program-random, repeat: 10000}]\n");
    std::vector<std::string> words = {"run", "long.yaml", "--vcd", "wave.vcd"};
    words.insert(words.end(), options.begin(), options.end());
    Program program(dwmtj_command(words), folder_.path());
    EXPECT_TRUE(Program::await_bytes(folder_ / "wave.vcd", 100000));
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
