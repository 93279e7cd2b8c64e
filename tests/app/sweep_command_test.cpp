// SPDX-License-Identifier: Apache-2.0
// `dwmtj sweep`, as a shell would run it.
#include <csignal>
#include <random>
#include <set>
#include <unistd.h>

#include <gmock/gmock.h>

#include "tests/app/program.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;
using ::testing::StartsWith;

class SweepCommand : public ::testing::Test {
 protected:
  [[nodiscard]] Outcome sweep(const std::string& plan, std::vector<std::string> words = {}) const {
    folder_.write("plan.yaml", plan);
    words.insert(words.begin(), {"sweep", "plan.yaml", "--out", "out"});
    return dwmtj_in(folder_.path(), words);
  }
  // Points of about so many devices' time.
  static std::string plan(int points, int devices = 10, const std::string& more = "") {
    return "command: characterize straight --protocol ramp --no-rows --devices " +
           std::to_string(devices) + "\n" + more +
           "grid: {--seed: {from: 1, to: " + std::to_string(points) + ", by: 1}}\n";
  }
  [[nodiscard]] std::size_t count(const char* kind) const {
    std::error_code not_there;
    const fs::directory_iterator folders(folder_ / "out" / kind, not_there);
    return static_cast<std::size_t>(std::distance(begin(folders), end(folders)));
  }
  [[nodiscard]] std::string table() const { return read_text(folder_ / "out/table.csv"); }
  [[nodiscard]] std::vector<std::string> words(const std::string& plan) const {
    folder_.write("plan.yaml", plan);
    return dwmtj_command({"sweep", "plan.yaml", "--out", "out"});
  }

  TemporaryFolder folder_;
};

// On one core of an estimate that does not fit on the chip.
std::string with_failure() {
  const std::string network = DWMTJ_SOURCES "/networks/examples/fashion-cnn.onnx";
  return "command: estimate " + network +
         " --arch isaac-ce --set core.arrays=8\n"
         "grid: {chip.cores: [1, 2, 3]}\n";
}

TEST_F(SweepCommand, MakesATableOfAllPoints) {
  const auto first = sweep(plan(4));
  EXPECT_EQ(first.status, 0) << first.err;
  EXPECT_EQ(first.out, "4 points done\nresults in out\n");
  EXPECT_THAT(table(), StartsWith("point,seed,status,error,"));
  EXPECT_THAT(table(), HasSubstr("\n3,4,done,,"));
  EXPECT_EQ(count("points"), 4U);
  EXPECT_FALSE(fs::exists(folder_ / "out/unfinished"));
  EXPECT_FALSE(fs::exists(folder_ / "out/failed"));
  const auto again = sweep(plan(4));
  EXPECT_EQ(again.out, "0 points done, 4 were there\nresults in out\n");
}

TEST_F(SweepCommand, TheTableDependsOnNeitherOrderNorProcesses) {
  EXPECT_EQ(sweep(plan(6), {"--jobs", "3"}).status, 0);
  const auto before = table();
  const auto database = read_text(folder_ / "out/table.db");
  fs::remove_all(folder_ / "out");
  EXPECT_EQ(sweep(plan(6), {"--point", "5"}).out, "1 points done\n");
  EXPECT_EQ(sweep(plan(6), {"--points", "2-3"}).status, 0);
  EXPECT_EQ(sweep(plan(6), {"--collect"}).status, 0);
  EXPECT_THAT(table(), HasSubstr("\n0,1,missing,"));
  EXPECT_EQ(sweep(plan(6), {"--jobs", "1"}).status, 0);
  EXPECT_EQ(table(), before);
  EXPECT_EQ(read_text(folder_ / "out/table.db"), database);
}

TEST_F(SweepCommand, AFailedPointIsARowAndStaysFailedUntilRetried) {
  const auto first = sweep(with_failure());
  EXPECT_EQ(first.status, 1);
  EXPECT_THAT(first.out, HasSubstr("2 points done, 1 failed"));
  EXPECT_THAT(table(), HasSubstr("\n0,1,failed,"));
  EXPECT_THAT(table(), HasSubstr("too many"));
  EXPECT_EQ(count("failed"), 1U);
  EXPECT_EQ(sweep(with_failure()).out, "0 points done, 3 were there\nresults in out\n");
  EXPECT_THAT(sweep(with_failure(), {"--retry-failed"}).out,
              HasSubstr("0 points done, 2 were there, 1 failed"));
}

TEST_F(SweepCommand, KilledAtAnyMomentLosesOnlyWhatRan) {
  std::mt19937 random(1);
  std::set<std::string> before;
  for (int kill = 0; kill < 6; ++kill) {
    Program program(words(plan(40, 200)), folder_.path());
    usleep(std::uniform_int_distribution<useconds_t>(20'000, 400'000)(random));
    program.send(SIGKILL);
    program.wait();
    std::set<std::string> now;
    std::error_code none_yet;
    for (const auto& point : fs::directory_iterator(folder_ / "out/points", none_yet)) {
      EXPECT_TRUE(fs::exists(point.path() / "point.json"));
      EXPECT_TRUE(fs::exists(point.path() / "summary.json"));
      now.insert(point.path().filename().string());
    }
    EXPECT_TRUE(std::includes(now.begin(), now.end(), before.begin(), before.end()));
    before = now;
  }
  EXPECT_EQ(sweep(plan(40, 200)).status, 0);
  EXPECT_EQ(count("points"), 40U);
  EXPECT_FALSE(fs::exists(folder_ / "out/unfinished"));
  const auto resumed = table();
  fs::remove_all(folder_ / "out");
  EXPECT_EQ(sweep(plan(40, 200)).status, 0);
  EXPECT_EQ(table(), resumed);
}

TEST_F(SweepCommand, IsInterruptedAtOnceThoughItsPointsAreLong) {
  Program program(words(plan(4, 100'000'000)), folder_.path());
  while (count("unfinished") == 0) usleep(1000);
  program.send(SIGINT);
  EXPECT_EQ(program.wait().status, 130);
  EXPECT_EQ(count("points"), 0U);
}

TEST_F(SweepCommand, PointsThatCannotRunAreAllNamedBeforeAnyRuns) {
  const std::string command = "command: characterize straight --protocol ramp --no-rows\n";
  auto outcome = sweep(command + "grid: {pulse.width: [50 ns, 50 V, 1 y], --seed: [1, 2]}");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("dwmtj: points 2-3: --set pulse.width=50 V: "));
  EXPECT_THAT(outcome.err, HasSubstr("dwmtj: points 4-5: --set pulse.width=1 y: "));
  EXPECT_THAT(outcome.err, HasSubstr("plan.yaml: 4 of 6 points cannot run; nothing was run\n"));
  EXPECT_FALSE(fs::exists(folder_ / "out"));
  outcome = sweep(command + "grid: {pulse.wdth: [50 ns]}");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("pulse.wdth: unknown key"));
  EXPECT_THAT(sweep(command + "grid:\n  --devcies: [1]").err,
              StartsWith("dwmtj: plan.yaml:3: grid.--devcies: unknown option of 'characterize'; "
                         "nearest: --devices, "));
  EXPECT_THAT(sweep("command: charcterize x\ngrid: {--seed: 1}").err,
              HasSubstr("plan.yaml:1: command: 'charcterize' is no command that can be swept; "
                        "nearest: characterize"));
  EXPECT_THAT(sweep(command + "grid: {--out: [a]}").err, HasSubstr("the sweep itself says where"));
  EXPECT_THAT(sweep("command: characterize {dvice}\ngrid: {--seed: 1}").err,
              HasSubstr("no axis 'dvice'"));
  for (const std::string half : {"'{dvice'", "'dvice}'", "'}dvice{'"}) {  // words like others
    EXPECT_THAT(sweep("command: characterize " + half + "\ngrid: {--seed: 1}").err,
                AllOf(HasSubstr("dvice"), Not(HasSubstr("no axis"))));
  }
  EXPECT_THAT(sweep("command: sweep x\ngrid: {--seed: 1}").err, HasSubstr("is no command that"));
  EXPECT_THAT(sweep(plan(3), {"--point", "3"}).err, HasSubstr("expected points from 0 to 2"));
  EXPECT_THAT(sweep(plan(3), {"--engine", "slrm"}).err, HasSubstr("unknown engine 'slrm'"));
}

// Of a range one end may be the only point that cannot run.
TEST_F(SweepCommand, TheEndOfARangeIsTried) {
  const std::string command = "command: characterize straight --protocol ramp --no-rows\n";
  const auto outcome = sweep(command + "grid: {--temperature: {from: 900 K, to: 1001 K, by: 1 K}}");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("point 101: --temperature: expected 1 K to 1000 K"));
  EXPECT_THAT(outcome.err, HasSubstr("1 of 102 points cannot run; nothing was run\n"));
}

// Whatever the command: what it would refuse by itself is found before anything runs.
TEST_F(SweepCommand, FilesAndKeysOfEachCommandAreReadFirst) {
  const std::string network = DWMTJ_SOURCES "/networks/examples/tiny.onnx";
  const auto refused = [&](const std::string& command, const std::string& axis,
                           const std::string& reason) {
    const auto outcome = sweep("command: " + command + "\ngrid: {" + axis + "}\n");
    EXPECT_EQ(outcome.status, 2) << command;
    EXPECT_THAT(outcome.err, HasSubstr(reason));
    EXPECT_THAT(outcome.err, HasSubstr("cannot run; nothing was run"));
    EXPECT_FALSE(fs::exists(folder_ / "out")) << command;
  };
  refused("wires straight", "track.lenth: [5 nm]", "unknown key; nearest: length");
  refused("learn", "track.lenth: [5 nm]", "unknown key; nearest: length");
  refused("learn", "tile.verify.attempts: [3]", "expected --update");
  refused("learn --update all", "tile.verify.atempts: [3]", "unknown key; nearest: attempts");
  refused("estimate " + network + " --arch isaac-ce", "core.rws: [3]", "nearest: rows");
}

TEST_F(SweepCommand, AChangedPlanKeepsWhatStillBelongsAndNamesTheRest) {
  EXPECT_EQ(sweep(plan(3)).status, 0);
  EXPECT_EQ(sweep(plan(5)).out, "2 points done, 3 were there\nresults in out\n");
  const auto refused = sweep(plan(2));
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, StartsWith("dwmtj: out: 3 finished points are not of this plan"));
  EXPECT_EQ(count("points"), 5U);
  EXPECT_EQ(sweep(plan(2), {"--prune"}).status, 0);
  EXPECT_EQ(count("points"), 2U);
  EXPECT_EQ(sweep(plan(2, 11)).status, 2);  // the base has changed: none belongs
}

TEST_F(SweepCommand, AFileThatPointsReadIsPartOfThem) {
  const auto device = fs::path(DWMTJ_SOURCES) / "devices/catalog/straight.yaml";
  fs::copy(device, folder_ / "a.yaml");
  fs::copy(device, folder_ / "b.yaml");
  const std::string mine =
      "command: characterize {device} --protocol retention --no-figures\n"
      "grid: {device: [a.yaml, b.yaml]}\n";
  EXPECT_EQ(sweep(mine).status, 0);
  folder_.write("b.yaml", read_text(device) + "# changed\n");
  const auto refused = sweep(mine);
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("1 finished points are not of this plan"));
  EXPECT_THAT(refused.err, HasSubstr(": 1-"));
}

TEST_F(SweepCommand, TwoSweepsInOneFolderAreRefused) {
  Program first(words(plan(4, 100'000'000)), folder_.path());
  while (count("unfinished") == 0) usleep(1000);
  const auto second = dwmtj_in(folder_.path(), {"sweep", "plan.yaml", "--out", "out"});
  EXPECT_EQ(second.status, 2);
  EXPECT_EQ(second.err, "dwmtj: out: another run is writing here\n");
  const auto by_hand =
      dwmtj_in(folder_.path(), {"sweep", "plan.yaml", "--out", "out", "--point", "0"});
  EXPECT_EQ(by_hand.out, "0 points done, 1 run in another process\n");
}

TEST_F(SweepCommand, AFullDiskStopsItAndKeepsWhatIsDone) {
  EXPECT_EQ(sweep(plan(2)).status, 0);
  folder_.write("plan.yaml", plan(6));
  const auto line =
      "trap '' XFSZ; ulimit -f 1; " + dwmtj_command({}).front() + " sweep plan.yaml --out out";
  const auto outcome = Program({"bash", "-c", line}, folder_.path()).wait();
  EXPECT_EQ(outcome.status, 3) << outcome.err;
  EXPECT_EQ(count("points"), 2U);
  EXPECT_EQ(count("unfinished"), 0U);
  EXPECT_EQ(sweep(plan(6)).out, "4 points done, 2 were there\nresults in out\n");
}

TEST_F(SweepCommand, FrontsAndPlots) {
  const auto outcome = sweep(with_failure(), {"--pareto", "energy,latency"});
  EXPECT_THAT(outcome.out, HasSubstr(" on the front\n"));
  EXPECT_THAT(read_text(folder_ / "out/pareto.csv"), StartsWith("point,cores,status,"));
  EXPECT_THAT(sweep(with_failure(), {"--plot", "x=cores,y=enrgy"}).err,
              HasSubstr("--plot: no column 'enrgy'; nearest: "));
  EXPECT_THAT(sweep(with_failure(), {"--plot", "x=cores,y=energy,colour=corse"}).err,
              HasSubstr("--plot: no column 'corse'; nearest: "));
  for (const std::string part : {"z=cores", "cores", "=cores"}) {
    EXPECT_THAT(sweep(with_failure(), {"--plot", part}).err,
                HasSubstr("--plot: '" + part + "': expected x=COLUMN, y=COLUMN or colour=COLUMN"));
  }
}

TEST_F(SweepCommand, ScriptsForAClusterAreWrittenAndPrinted) {
  const auto outcome = sweep(plan(7), {"--engine", "slurm", "--chunk", "3"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("submit them by\n  sh "));
  EXPECT_EQ(read_text(folder_ / "out/jobs/1/tasks.txt"), "0-2\n3-5\n6\n");
  // A task as the queue would run it.
  const auto task =
      Program({"sh", "-c", "SLURM_ARRAY_TASK_ID=2 sh out/jobs/1/task.sh"}, folder_.path()).wait();
  EXPECT_EQ(task.out, "3 points done\n") << task.err;
  EXPECT_EQ(sweep(plan(7), {"--engine", "parallel", "--chunk", "9"}).status, 0);
  EXPECT_EQ(read_text(folder_ / "out/jobs/2/tasks.txt"), "0-2,6\n");
}

}  // namespace
}  // namespace dwmtj
