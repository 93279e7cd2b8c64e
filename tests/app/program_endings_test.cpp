// SPDX-License-Identifier: Apache-2.0
// How the program ends where its output cannot go, or where it must not.
#include <csignal>
#include <set>
#include <unistd.h>

#include <gmock/gmock.h>

#include "common/build_paths.h"
#include "tests/app/program.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

using ::testing::HasSubstr;

class Endings : public ::testing::Test {
 protected:
  // A line as a shell runs it, with $dwmtj as the program.
  [[nodiscard]] Outcome shell(const std::string& line) const {
    return Program({"bash", "-c", "dwmtj='" + dwmtj_command({}).front() + "'; " + line},
                   folder_.path())
        .wait();
  }
  [[nodiscard]] std::set<std::string> files_in(const std::string& name) const {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / name)) {
      names.insert(entry.path().filename().string());
    }
    return names;
  }

  const std::string measure_ =
      "$dwmtj characterize straight --protocol ramp --devices 1 --no-figures --out out";
  TemporaryFolder folder_;
};

const std::vector<std::string> kPrinters = {
    "$dwmtj --help",
    "$dwmtj --version",
    "$dwmtj devices",
    "$dwmtj technologies",
    "$dwmtj architectures isaac-ce",
    "$dwmtj calibrate --mean 3.5V --var 5.7% --cycles 13",
    "$dwmtj run",
    "$dwmtj run --help",
    "$dwmtj estimate --help",
};

TEST_F(Endings, AFullStandardOutputIsAnErrorInOneLine) {
  for (const auto& line : kPrinters) {
    const auto outcome = shell(line + " > /dev/full");
    EXPECT_EQ(outcome.status, 3) << line;
    EXPECT_EQ(outcome.err, "dwmtj: standard output cannot be written (disk full?)\n") << line;
  }
}

TEST_F(Endings, AReaderThatGoesAwayEndsTheProgramQuietly) {
  for (auto line : kPrinters) {
    const auto outcome = shell(line + " | head -0; exit ${PIPESTATUS[0]}");
    EXPECT_EQ(outcome.err, "") << line;
    EXPECT_THAT((std::set<int>{0, 128 + SIGPIPE}), ::testing::Contains(outcome.status)) << line;
  }
}

TEST_F(Endings, ResultsAreCompleteThoughNobodyReadsOn) {
  for (const char* const where : {" > /dev/full 2>&1", " | head -0"}) {
    EXPECT_EQ(shell(measure_ + where).err, "");
    EXPECT_EQ(files_in("out"),
              (std::set<std::string>{"ramp.csv", "run.yaml", "straight.yaml", "summary.json"}));
    std::filesystem::remove_all(folder_ / "out");
  }
}

TEST_F(Endings, AFullDiskLeavesNothing) {
  const auto outcome = shell("trap '' XFSZ; ulimit -f 1; " + measure_);
  EXPECT_EQ(outcome.status, 3);
  EXPECT_THAT(outcome.err, HasSubstr(": cannot be written (disk full?)"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out"));
}

TEST_F(Endings, AFullDiskKeepsTheResultsOfBefore) {
  EXPECT_EQ(shell(measure_).status, 0);
  const auto before = read_text(folder_ / "out/ramp.csv");
  EXPECT_EQ(shell("trap '' XFSZ; ulimit -f 1; " + measure_ + " --seed 2").status, 3);
  EXPECT_EQ(read_text(folder_ / "out/ramp.csv"), before);
  EXPECT_EQ(files_in("out"),
            (std::set<std::string>{"ramp.csv", "run.yaml", "straight.yaml", "summary.json"}));
}

TEST_F(Endings, ADeviceInItsOwnResultsIsNotOverwritten) {
  std::filesystem::create_directory(folder_ / "out");
  std::filesystem::copy(std::filesystem::path(kSourceDir) / "devices/catalog/straight.yaml",
                        folder_ / "out/run.yaml");
  const auto before = read_text(folder_ / "out/run.yaml");
  const auto outcome = shell("$dwmtj characterize out/run.yaml --protocol retention --out out");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.err, "dwmtj: out/run.yaml: is an input, and would be overwritten\n");
  EXPECT_EQ(read_text(folder_ / "out/run.yaml"), before);
  EXPECT_EQ(files_in("out"), (std::set<std::string>{"run.yaml"}));
}

TEST_F(Endings, ASecondRunIntoOneFolderIsRefused) {
  Program first(dwmtj_command({"characterize", "straight", "--protocol", "ramp", "--devices",
                               "10000000", "--no-figures", "--out", "out"}),
                folder_.path());
  while (!std::filesystem::exists(folder_ / "out/.unfinished/ramp.csv.part")) usleep(1000);
  const auto second = shell(measure_);
  EXPECT_EQ(second.status, 2);
  EXPECT_EQ(second.err, "dwmtj: out: another run is writing here\n");
  first.send(SIGKILL);
  EXPECT_EQ(first.wait().status, 128 + SIGKILL);
  EXPECT_EQ(shell(measure_).status, 0);
  EXPECT_EQ(files_in("out"),
            (std::set<std::string>{"ramp.csv", "run.yaml", "straight.yaml", "summary.json"}));
}

TEST_F(Endings, DataThatAreNowhereAreAnError) {
  const auto outcome = shell("DWMTJ_DATA=/nowhere $dwmtj devices");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.err, "dwmtj: DWMTJ_DATA: /nowhere: no such folder\n");
}

// 512 x 512 devices on wires, which take a minute.
TEST_F(Endings, CtrlCEndsTheWritingOfATile) {
  Program program(dwmtj_command({"program", "straight-65nm", "--rows", "512", "--columns", "512",
                                 "--save-state", "states"}),
                  folder_.path());
  program.await_catching("dwmtj", SIGINT);
  program.send(SIGINT);
  const auto outcome = program.wait();
  EXPECT_EQ(outcome.status, 130);
  EXPECT_EQ(outcome.out, "");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "states"));
}

}  // namespace
}  // namespace dwmtj
