// SPDX-License-Identifier: Apache-2.0
// `dwmtj replay` as a shell would run it.
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/known_names.h"
#include "tests/app/program.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

const std::string kExamples = std::string(DWMTJ_SOURCES) + "/traces/examples/";

class ReplayCommand : public ::testing::Test {
 protected:
  [[nodiscard]] Outcome replay(std::vector<std::string> words) const {
    words.insert(words.begin(), "replay");
    return dwmtj_in(folder_.path(), words);
  }

  void expect_refused(const std::vector<std::string>& words, const std::string& message) const {
    const auto outcome = replay(words);
    EXPECT_EQ(outcome.status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, "dwmtj: " + message + "\n");
  }

  // The line of a view, from its number of commands on.
  static std::string line_of(const Outcome& outcome, const std::string& view) {
    std::istringstream lines(outcome.out);
    for (std::string line; std::getline(lines, line);) {
      if (line.rfind(view + " ", 0) == 0) return line.substr(7);
    }
    return "no line of " + view + " in " + outcome.out + outcome.err;
  }

  TemporaryFolder folder_;
};

TEST_F(ReplayCommand, ComparesTheViews) {
  const std::vector<std::vector<std::string>> runs = {
      {kExamples + "program-and-read.trace", "--rows", "4"},
      {kExamples + "two-tiles.trace", "--tile", "straight", "--rows", "4", "--columns", "4",
       "--tiles", "2"},
      {kExamples + "illegal.trace", "--rows", "4", "--columns", "4", "--timing", "lt"}};
  for (auto words : runs) {
    words.insert(words.end(), {"--view", "all"});
    const auto outcome = replay(words);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(outcome.err, "");
    EXPECT_NE(outcome.out.find("\nviews agree\n"), std::string::npos) << outcome.out;
    EXPECT_EQ(line_of(outcome, "pins"), line_of(outcome, "bulk"));
    EXPECT_EQ(line_of(outcome, "tlm"), line_of(outcome, "bulk"));
  }
}

TEST_F(ReplayCommand, GoesOnFromTheStatesOfAnotherRun) {
  const auto whole = read_text(kExamples + "program-and-read.trace");
  const auto cut = whole.find("- tile0 read");
  folder_.write("whole.trace", whole);
  folder_.write("first.trace", whole.substr(0, cut));
  folder_.write("second.trace", "dwmtj-trace 1\n" + whole.substr(cut));
  const std::vector<std::vector<std::string>> setups = {
      {"--rows", "4"}, {"--rows", "4", "--tile", "straight-16-varied"}, {"--arch", "bus-4"}};
  for (const auto& setup : setups) {
    const auto run = [&](std::vector<std::string> words) {
      words.insert(words.end(), setup.begin(), setup.end());
      words.insert(words.end(), {"--view", "all"});
      const auto outcome = replay(words);
      EXPECT_EQ(outcome.status, 0) << outcome.err;
      EXPECT_NE(outcome.out.find("\nviews agree\n"), std::string::npos) << outcome.out;
    };
    run({"whole.trace", "--save-state", "whole.states"});
    run({"first.trace", "--save-state", "first.states"});
    run({"second.trace", "--state", "first.states", "--save-state", "second.states"});
    EXPECT_EQ(read_text(folder_ / "second.states"), read_text(folder_ / "whole.states"));
    EXPECT_NE(read_text(folder_ / "first.states"), read_text(folder_ / "whole.states"));
  }
}

TEST_F(ReplayCommand, ReadsOnThePinsWhatWasProgrammedInBulk) {
  const auto programmed = dwmtj_in(folder_.path(), {"program", "straight", "--rows", "2",
                                                    "--columns", "3", "--save-state", "a.states"});
  EXPECT_EQ(programmed.status, 0) << programmed.err;
  EXPECT_NE(programmed.out.find("\nstates in a.states\n"), std::string::npos);
  folder_.write("read.trace", "dwmtj-trace 1\n- tile0 read row=1 side=minus\n");
  const std::vector<std::string> tile = {"read.trace", "--tile",    "straight", "--rows",
                                         "2",          "--columns", "3"};
  const auto read = [&](const std::vector<std::string>& more) {
    auto words = tile;
    words.insert(words.end(), more.begin(), more.end());
    return replay(words);
  };
  EXPECT_EQ(read({"--view", "pins", "--state", "a.states", "--out", "out"}).status, 0);
  // The levels that the last line of the file has walls at.
  const auto states = read_text(folder_ / "a.states");
  std::istringstream line(states.substr(states.find("row 1 minus: ") + 13));
  std::string data;
  for (std::string device; line >> device;) data += (data.empty() ? "" : ",") + device.substr(0, 1);
  EXPECT_NE(data, "0,0,0");
  EXPECT_NE(read_text(folder_ / "out/commands.csv").find(data), std::string::npos)
      << data << "\n"
      << read_text(folder_ / "out/commands.csv");
  expect_refused({"read.trace", "--tile", "straight", "--state", "a.states"},
                 "a.states:6: rows: 2; this run has 8");
  expect_refused({"read.trace", "--tile", "straight", "--rows", "2", "--columns", "3", "--state",
                  "a.states", "--save-state", "a.states"},
                 "a.states: is an input, and would be overwritten");
  expect_refused({"read.trace", "--state", "none"},
                 "none: cannot be read: No such file or directory");
  EXPECT_EQ(read_text(folder_ / "a.states"), states);
}

TEST_F(ReplayCommand, ShowsTilesOfAChipAtTheirPins) {
  const auto trace = kExamples + "two-tiles.trace";
  const auto plain = replay({trace, "--arch", "bus-4"});
  const auto zoomed =
      replay({trace, "--arch", "bus-4", "--zoom", "tile1,tile[23]", "--vcd", "tile1.vcd", "--trace",
              "chip.tile1.*.state", "--text-states", "--view", "all"});
  EXPECT_EQ(zoomed.status, 0) << zoomed.err;
  EXPECT_NE(zoomed.out.find("\nviews agree\n"), std::string::npos) << zoomed.out;
  EXPECT_EQ(line_of(zoomed, "chip"), line_of(plain, "chip"));
  std::ifstream vcd(folder_.path() / "tile1.vcd");
  const std::string text{std::istreambuf_iterator<char>(vcd), {}};
  EXPECT_NE(text.find("$var string 1 ! state $end"), std::string::npos) << text.substr(0, 600);
  EXPECT_NE(text.find("spulse !"), std::string::npos);
}

TEST_F(ReplayCommand, RunsOneViewAlikeOnItsOwn) {
  const auto trace = kExamples + "program-and-read.trace";
  const auto one = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {trace, "--rows", "4", "--view"});
    return line_of(replay(words), words[4]);
  };
  const auto line = one({"bulk"});
  EXPECT_EQ(one({"pins"}), line);
  EXPECT_EQ(one({"tlm"}), line);
  EXPECT_EQ(one({"tlm", "--timing", "lt", "--quantum", "0 s"}), line);
  EXPECT_EQ(one({"tlm", "--timing", "lt", "--quantum", "1ms"}), line);
  EXPECT_NE(one({"bulk", "--seed", "2"}), line);
}

TEST_F(ReplayCommand, CountsWhatATileTurnsDown) {
  const auto outcome = replay({kExamples + "illegal.trace", "--rows", "4", "--columns", "4"});
  EXPECT_EQ(outcome.status, 0);
  std::istringstream line(line_of(outcome, "bulk"));
  int commands = 0;
  int ok = 0;
  int flagged = 0;
  int errors = 0;
  line >> commands >> ok >> flagged >> errors;
  EXPECT_EQ(commands, 8);
  EXPECT_EQ(ok, 1);
  EXPECT_EQ(flagged, 0);
  EXPECT_EQ(errors, 7);
}

TEST_F(ReplayCommand, WritesAFolderThatRunsAgain) {
  const auto trace = kExamples + "two-tiles.trace";
  const auto first = replay(
      {trace, "--tile", "straight", "--rows", "4", "--columns", "4", "--tiles", "2", "--out", "a"});
  EXPECT_EQ(first.status, 0) << first.err;
  const auto again = replay({"a/two-tiles.trace", "--tile", "a/tile.yaml", "--rows", "4",
                             "--columns", "4", "--tiles", "2", "--out", "b", "--view", "pins"});
  EXPECT_EQ(again.status, 0) << again.err;
  for (const char* const name : {"run.yaml", "report.txt", "report.csv", "device.yaml"}) {
    EXPECT_TRUE(std::filesystem::exists(folder_ / "b" / name)) << name;
  }
  const auto commands = read_text(folder_ / "a" / "commands.csv");
  EXPECT_EQ(commands.rfind("tile,number,op,row,side,started_ps,completed_ps,energy_J,status,data,"
                           "pulses,attempts\ntile0,1,reset,0,plus,0,",
                           0),
            0U)
      << commands;
  EXPECT_NE(commands.find("\ntile1,5,multiply,,,100000000,"), std::string::npos) << commands;
  const auto report = nlohmann::json::parse(read_text(folder_ / "a" / "report.json"));
  EXPECT_EQ(report["by_component"][0]["name"], "tile0.array");
  EXPECT_NE(read_text(folder_ / "a" / "tile.yaml").find("device: device.yaml"), std::string::npos);
}

TEST_F(ReplayCommand, TellsWhereATraceIsWrong) {
  const auto wrong = folder_.write("a.trace", "dwmtj-trace 1\n- tile0 read row=0\n- tile0 raed\n");
  expect_refused({wrong.string()},
                 wrong.string() +
                     ":3: expected reset, pulse, program, update, read, multiply, or op6 to op255 "
                     "for an illegal one, not 'raed'");
  expect_refused({"no.trace"}, "no.trace: cannot be read: No such file or directory");
  expect_refused({kExamples + "two-tiles.trace"},
                 kExamples + "two-tiles.trace:5: expected tile0, not 'tile1'");
}

TEST_F(ReplayCommand, TellsWhichOptionIsWrong) {
  const auto trace = kExamples + "illegal.trace";
  expect_refused({}, "trace is required (see dwmtj replay --help)");
  const auto side = replay({trace, "--view", "side"});
  EXPECT_EQ(side.status, 2);
  EXPECT_EQ(side.err.rfind("dwmtj: --view: side not in {pins,tlm,bulk,", 0), 0U) << side.err;
  expect_refused({trace, "--timing", "ca"},
                 "--timing: ca not in {at,lt} (see dwmtj replay --help)");
  expect_refused({trace, "--quantum", "-1ns"}, "--quantum: expected 0 s to 1 s");
  expect_refused({trace, "--rows", "0"},
                 "--rows: Value 0 not in range 1 to 1024 (see dwmtj replay --help)");
  expect_refused({trace, "--tile", "round"},
                 "unknown tile 'round'; " + known_in(DWMTJ_SOURCES "/tile/catalog"));
  expect_refused({trace, "--rows", "1024", "--columns", "1024", "--tiles", "4096"},
                 "4096 tiles of 1024 x 1024 pairs are 8589934592 devices; expected at most "
                 "100000000");
  expect_refused({trace, "--zoom", "tile1"},
                 "--zoom, --vcd: of a chip's tiles: give --arch, and --view tlm or all");
  expect_refused({trace, "--arch", "bus-4", "--zoom", "tile1,tile4"},
                 "--zoom tile4: no such tile; the chip has tile0 to tile3");
  expect_refused({trace, "--arch", "bus-4", "--vcd", "a.vcd"},
                 "--vcd: only pins have waveforms: give --zoom TILE");
  const auto inventory = std::string(DWMTJ_SOURCES) + "/architecture/catalog/isaac-ce.yaml";
  expect_refused({trace, "--arch", "isaac-ce"},
                 inventory +
                     ":6: core: a chip of cores, which are inventories: it can be "
                     "estimated and mapped; to be simulated it needs 'tiles'");
  expect_refused({trace, "--arch", "bus-5"},
                 "unknown chip 'bus-5'; " + known_in(DWMTJ_SOURCES "/architecture/catalog"));
  expect_refused({trace, "--out", trace},
                 trace + ": cannot create this output folder: Not a directory");
}

}  // namespace
}  // namespace dwmtj
