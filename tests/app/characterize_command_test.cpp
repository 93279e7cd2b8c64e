// SPDX-License-Identifier: Apache-2.0
// What `dwmtj characterize` leaves in its folder.
#include <csignal>
#include <fstream>
#include <set>
#include <unistd.h>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

#include "common/build_paths.h"
#include "common/version.h"
#include "tests/app/program.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

using Json = nlohmann::json;

const std::filesystem::path kSources = DWMTJ_SOURCES;

std::set<std::string> files_of(const std::filesystem::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.insert(entry.path().filename().string());
  }
  return names;
}

class Characterize : public ::testing::Test {
 protected:
  // A coarse ramp, so that a test takes no time.
  [[nodiscard]] static std::vector<std::string> words(const std::string& device,
                                                      const std::vector<std::string>& more) {
    std::vector<std::string> result = {"characterize", device, "--step", "0.25V", "--no-figures"};
    result.insert(result.end(), more.begin(), more.end());
    return result;
  }

  Outcome run(const std::string& device, const std::vector<std::string>& more) const {
    auto outcome = dwmtj_in(folder_.path(), words(device, more));
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(outcome.err, "");
    return outcome;
  }

  [[nodiscard]] std::string text(const std::string& name) const {
    return read_text(folder_ / name);
  }

  void expect_same_tables(const std::string& one, const std::string& other) const {
    for (const char* const name : {"ramp.csv", "write_reset.csv", "state_map.csv"}) {
      EXPECT_EQ(text(one + "/" + name), text(other + "/" + name)) << name;
      EXPECT_NE(text(one + "/" + name), "") << name;
    }
  }

  TemporaryFolder folder_;
};

TEST_F(Characterize, LeavesTablesSummaryAndConfiguration) {
  const auto outcome = run("straight", {"--out", "a/b"});
  EXPECT_EQ(files_of(folder_ / "a/b"),
            (std::set<std::string>{"ramp.csv", "write_reset.csv", "state_map.csv", "retention.csv",
                                   "pulse_width.csv", "linearity.csv", "temperature.csv",
                                   "summary.json", "run.yaml", "straight.yaml"}));
  EXPECT_EQ(text("a/b/straight.yaml"), read_text(kSources / "devices/catalog/straight.yaml"));
  EXPECT_NE(outcome.out.find("\nresults in a/b\n"), std::string::npos) << outcome.out;
}

TEST_F(Characterize, PutsResultsUnderTheNameOfTheDevice) {
  run("straight", {"--protocol", "retention"});
  EXPECT_TRUE(std::filesystem::exists(folder_ / "results/straight/retention.csv"));
}

TEST_F(Characterize, SummarySaysWhatWasMeasured) {
  run("straight", {"--protocol", "ramp,retention", "--seed", "42", "--out", "out"});
  const auto summary = Json::parse(text("out/summary.json"));
  EXPECT_EQ(summary["device"], "straight");
  EXPECT_EQ(summary["seed"], 42);
  EXPECT_EQ(summary["version"], kVersion);
  EXPECT_EQ(summary["sites"].size(), 5U);
  EXPECT_EQ(summary["protocols"]["ramp"]["devices"], 20);
  EXPECT_TRUE(summary["protocols"].contains("retention"));
  EXPECT_FALSE(summary["protocols"].contains("pulse-width"));
  EXPECT_FALSE(summary["protocols"]["ramp"].contains("interrupted"));
}

TEST_F(Characterize, TakesADeviceFileOfTheUser) {
  auto device = read_text(kSources / "devices/catalog/straight.yaml");
  device.replace(device.find("name: straight"), 14, "name: mine");
  folder_.write("my device.yaml", device);
  run("my device.yaml", {"--protocol", "ramp"});
  EXPECT_EQ(text("results/mine/my device.yaml"), device);
  EXPECT_EQ(Json::parse(text("results/mine/summary.json"))["device"], "mine");
}

TEST_F(Characterize, RecordedCommandReproducesTheTablesByteByByte) {
  run("straight", {"--temperatures", "300 K, 350 K", "--seed", "7", "--devices", "2"});
  const auto record = YAML::LoadFile((folder_ / "results/straight/run.yaml").string());
  EXPECT_EQ(record["version"].as<std::string>(), kVersion);
  EXPECT_EQ(record["seed"].as<int>(), 7);
  std::filesystem::rename(folder_ / "results/straight", folder_ / "first");
  const auto again =
      Program({"sh", "-c", record["command"].as<std::string>()}, folder_.path()).wait();
  EXPECT_EQ(again.status, 0) << again.err;
  const auto files = files_of(folder_ / "first");
  EXPECT_EQ(files_of(folder_ / "results/straight"), files);
  for (const auto& name : files) {
    EXPECT_EQ(text("results/straight/" + name), text("first/" + name)) << name;
  }
}

TEST_F(Characterize, DoesNotDependOnTheNumberOfThreads) {
  const std::string protocols = "ramp,write-reset,state-map";
  run("straight", {"--protocol", protocols, "--devices", "5", "--threads", "1", "--out", "one"});
  run("straight", {"--protocol", protocols, "--devices", "5", "--threads", "2", "--out", "two"});
  expect_same_tables("one", "two");
  EXPECT_EQ(text("one/summary.json"), text("two/summary.json"));
}

TEST_F(Characterize, DependsOnTheSeed) {
  run("straight", {"--protocol", "ramp", "--seed", "1", "--out", "one"});
  run("straight", {"--protocol", "ramp", "--seed", "2", "--out", "two"});
  EXPECT_NE(text("one/ramp.csv"), text("two/ramp.csv"));
}

TEST_F(Characterize, ADeviceIsTheSameInAnyCrowd) {
  run("straight", {"--protocol", "ramp", "--devices", "1", "--out", "one"});
  run("straight", {"--protocol", "ramp", "--devices", "3", "--out", "three"});
  const auto alone = text("one/ramp.csv");
  EXPECT_EQ(text("three/ramp.csv").substr(0, alone.size()), alone);
}

TEST_F(Characterize, LeavesNoResultOfAnEarlierRunInTheFolder) {
  run("straight", {"--out", "out"});
  folder_.write("out/mine.txt", "mine");
  run("straight", {"--protocol", "retention", "--out", "out"});
  EXPECT_EQ(files_of(folder_ / "out"),
            (std::set<std::string>{"retention.csv", "summary.json", "run.yaml", "straight.yaml",
                                   "mine.txt"}));
}

// Counting without rows finds the same.
TEST_F(Characterize, SummaryDoesNotDependOnTheRows) {
  const std::string protocols = "ramp,write-reset";
  run("trapezoidal", {"--protocol", protocols, "--devices", "30", "--out", "rows"});
  run("trapezoidal", {"--protocol", protocols, "--devices", "30", "--no-rows", "--out", "none"});
  const auto with = Json::parse(text("rows/summary.json"));
  const auto without = Json::parse(text("none/summary.json"));
  EXPECT_EQ(files_of(folder_ / "none"),
            (std::set<std::string>{"summary.json", "run.yaml", "trapezoidal.yaml"}));
  const auto& one = with["protocols"]["ramp"];
  const auto& other = without["protocols"]["ramp"];
  EXPECT_EQ(one["cycles"], other["cycles"]);
  EXPECT_EQ(one["cycles_with_skip"], other["cycles_with_skip"]);
  ASSERT_EQ(one["levels"].size(), other["levels"].size());
  for (std::size_t i = 0; i < one["levels"].size(); ++i) {
    EXPECT_EQ(one["levels"][i]["visits"], other["levels"][i]["visits"]);
    EXPECT_NEAR(one["levels"][i]["mean_ohm"].get<double>(),
                other["levels"][i]["mean_ohm"].get<double>(), 1e-9);
  }
}

TEST_F(Characterize, CheckFailsWhereTheDeviceDoesNotAgree) {
  const auto words = [](const std::vector<std::string>& more) {
    std::vector<std::string> all = {"characterize", "trapezoidal", "--protocol", "ramp", "--check",
                                    "--no-figures", "--no-rows",   "--devices",  "50"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  const auto right = dwmtj_in(folder_.path(), words({}));
  EXPECT_EQ(right.status, 0) << right.out;
  EXPECT_EQ(right.out.find("NO: "), std::string::npos) << right.out;
  const auto wrong = dwmtj_in(folder_.path(), words({"--stop", "2V"}));
  EXPECT_EQ(wrong.status, 1);
  EXPECT_NE(wrong.out.find("NO: never seen"), std::string::npos) << wrong.out;
  const auto nothing = dwmtj_in(folder_.path(), {"characterize", "scaled-50nm", "--check"});
  EXPECT_EQ(nothing.status, 2);
}

// A protocol that is not asked for cannot be wrong.
TEST_F(Characterize, OptionsOfOtherProtocolsDoNotMatter) {
  run("trapezoidal", {"--protocol", "ramp", "--start", "4.6V", "--stop", "6V", "--devices", "1"});
}

// A run that would take an hour.
class Interrupted : public Characterize {
 protected:
  [[nodiscard]] Outcome interrupt(const std::string& protocols, int signal) const {
    Program program(dwmtj_command(words("straight", {"--devices", "1000000", "--protocol",
                                                     protocols, "--out", "out"})),
                    folder_.path());
    EXPECT_TRUE(Program::await_bytes(folder_ / "out/.unfinished/ramp.csv.part", 20000));
    program.send(signal);
    return program.wait();
  }
};

TEST_F(Interrupted, KeepsWhatIsFinishedAndSaysSo) {
  const auto outcome = interrupt("ramp", SIGINT);
  EXPECT_EQ(outcome.status, 130);
  EXPECT_EQ(outcome.err, "");
  EXPECT_NE(outcome.out.find("\ninterrupted: ramp keeps "), std::string::npos) << outcome.out;

  const auto ramp = Json::parse(text("out/summary.json"))["protocols"]["ramp"];
  EXPECT_EQ(ramp["interrupted"], true);
  const int devices = ramp["devices"];
  EXPECT_GT(devices, 0);
  EXPECT_NE(outcome.out.find(" " + std::to_string(devices) + " of 1000000 devices"),
            std::string::npos);

  // Header, then for every device that was kept ten cycles of 22 pulses and a first reading.
  const auto table = text("out/ramp.csv");
  ASSERT_FALSE(table.empty());
  EXPECT_EQ(table.back(), '\n');
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 1 + devices * 10 * 23);
  const auto last = table.substr(table.rfind('\n', table.size() - 2) + 1);
  EXPECT_EQ(std::count(last.begin(), last.end(), ','), 5);
  EXPECT_EQ(last.rfind(std::to_string(devices - 1) + ",9,22,5.5,", 0), 0U) << last;
  EXPECT_EQ(files_of(folder_ / "out"),
            (std::set<std::string>{"ramp.csv", "summary.json", "run.yaml", "straight.yaml"}));
}

TEST_F(Interrupted, NamesTheMeasurementsThatWereNotStarted) {
  const auto outcome = interrupt("ramp,retention", SIGTERM);
  EXPECT_EQ(outcome.status, 130);
  EXPECT_NE(outcome.out.find("\ninterrupted: retention not measured\n"), std::string::npos)
      << outcome.out;
  EXPECT_EQ(Json::parse(text("out/summary.json"))["protocols"]["retention"]["interrupted"], true);
}

// Those of many devices would take hours; the others are done in a moment, or stop within their
// list.
TEST_F(Interrupted, EveryProtocolOfThePageEndsAtOnce) {
  std::string temperatures = "4 K";
  for (int i = 1; i < 3000; ++i) temperatures += "," + std::to_string(4.0 + 0.1 * i) + " K";
  std::ifstream page(kSources / "docs/app/characterize.md");
  int protocols = 0;
  for (std::string line; std::getline(page, line);) {
    if (line.rfind("| `", 0) != 0 || line.find("(../characterization/") == std::string::npos)
      continue;
    const auto protocol = line.substr(3, line.find('`', 3) - 3);
    SCOPED_TRACE(protocol);
    Program program(
        dwmtj_command(words("straight", {"--devices", "100000000", "--protocol", protocol, "--out",
                                         protocol, "--temperatures", temperatures})),
        folder_.path());
    const auto out = folder_ / protocol;
    while (!std::filesystem::exists(out / ".unfinished/run.yaml") &&
           !std::filesystem::exists(out / "run.yaml")) {
      usleep(1000);
    }
    program.send(SIGINT);
    const auto outcome = program.wait();
    EXPECT_TRUE(outcome.status == 130 || outcome.status == 0) << outcome.status << outcome.err;
    EXPECT_EQ(outcome.err, "");
    EXPECT_TRUE(std::filesystem::exists(folder_ / protocol / "summary.json"));
    ++protocols;
  }
  EXPECT_EQ(protocols, 10);
}

bool has_matplotlib(const std::string& python) {
  return std::system((python + " -c 'import matplotlib' > /dev/null 2>&1").c_str()) == 0;
}

TEST_F(Characterize, DrawsFigures) {
  if (!has_matplotlib(kPython) && !has_matplotlib("python3")) {
    GTEST_SKIP() << "python3-matplotlib is not installed";
  }
  const auto outcome =
      dwmtj_in(folder_.path(), {"characterize", "straight", "--protocol", "ramp", "--out", "out"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(text("out/ramp.png").substr(0, 8), "\x89PNG\r\n\x1a\n");
  EXPECT_NE(text("out/ramp.svg").find("<svg"), std::string::npos);
}

TEST_F(Characterize, DrawsEachProtocol) {
  if (!has_matplotlib(kPython) && !has_matplotlib("python3")) {
    GTEST_SKIP() << "python3-matplotlib is not installed";
  }
  const std::string all =
      "write-reset,state-map,retention,pulse-width,linearity,temperature,trains,"
      "metaplasticity,field-loop";
  const auto outcome =
      dwmtj_in(folder_.path(), {"characterize", "straight", "--protocol", all, "--devices", "2",
                                "--cycles", "2", "--out", "out"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "");
  int tables = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_ / "out")) {
    if (entry.path().extension() != ".csv") continue;
    ++tables;
    EXPECT_TRUE(
        std::filesystem::exists(std::filesystem::path(entry.path()).replace_extension("svg")))
        << entry.path();
  }
  EXPECT_EQ(tables, 9);
}

TEST_F(Characterize, DoesWithoutFiguresWhereThereIsNoPython) {
  setenv("DWMTJ_PYTHON", "/nowhere/python3", 1);
  const auto outcome =
      dwmtj_in(folder_.path(), {"characterize", "straight", "--protocol", "ramp", "--out", "out"});
  unsetenv("DWMTJ_PYTHON");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err.rfind("dwmtj: no figures drawn (install python3-matplotlib ", 0), 0U)
      << outcome.err;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out/ramp.png"));
}

}  // namespace
}  // namespace dwmtj
