// SPDX-License-Identifier: Apache-2.0
// `dwmtj estimate`, `map` and `compare` as a shell would run them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/program.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

using nlohmann::json;
using testing::HasSubstr;

const std::string kTiny = std::string(DWMTJ_SOURCES) + "/networks/examples/tiny.onnx";

class EstimateCommand : public ::testing::Test {
 protected:
  [[nodiscard]] Outcome run(const std::vector<std::string>& words) const {
    return dwmtj_in(folder_.path(), words);
  }
  void expect_refused(const std::vector<std::string>& words, const std::string& part) const {
    const auto outcome = run(words);
    EXPECT_EQ(outcome.status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, HasSubstr(part));
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  }
  TemporaryFolder folder_;
};

TEST_F(EstimateCommand, LeavesResultsThatAddUp) {
  const auto outcome = run({"estimate", kTiny, "--arch", "adc-multibit", "--batch", "3", "--out",
                            "out", "--power-window", "1us"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto estimate = json::parse(read_text(folder_ / "out/estimate.json"));
  const auto report = json::parse(read_text(folder_ / "out/report.json"));
  EXPECT_EQ(estimate["simulated"], 3);
  const double posted = report["posted_J"];
  double layers = 0.0;
  for (const auto& layer : estimate["layers"]) layers += layer["energy_J"].get<double>();
  EXPECT_NEAR(3 * layers, posted, 1e-12 * posted);
  double components = 0.0;
  for (const auto& row : report["by_component"]) components += row["value"].get<double>();
  EXPECT_NEAR(components, report["total_J"].get<double>(), 1e-12 * components);
  EXPECT_NEAR(3 * estimate["energy_J"].get<double>(), components, 1e-9 * components);
  // Power over time is the posted energy again.
  std::istringstream power(read_text(folder_ / "out/power.csv"));
  std::string line;
  std::getline(power, line);
  EXPECT_EQ(line, "time_s,posted_W,leakage_W");
  double integral = 0.0;
  while (std::getline(power, line)) integral += 1e-6 * std::stod(line.substr(line.find(',') + 1));
  EXPECT_NEAR(integral, posted, 1e-9 * posted);
  for (const auto* const name : {"estimate.txt", "layer_costs.csv", "report.csv", "mapping.json",
                                 "fragments.csv", "architecture.yaml", "run.yaml"}) {
    EXPECT_TRUE(std::filesystem::exists(folder_ / "out" / name)) << name;
  }
}

TEST_F(EstimateCommand, RunsAgainFromItsEffectiveArchitecture) {
  const auto first = run({"estimate", kTiny, "--arch", "isaac-ce", "--out", "out"});
  ASSERT_EQ(first.status, 0) << first.err;
  const auto again = run({"estimate", kTiny, "--arch", "out/architecture.yaml"});
  ASSERT_EQ(again.status, 0) << again.err;
  // Behind it come the names of the files.
  EXPECT_EQ(first.out.substr(0, again.out.size()), again.out);
}

TEST_F(EstimateCommand, PutsTechnologiesBesideTheDevice) {
  const auto outcome = run({"estimate", kTiny, "--arch", "adc-multibit", "--tile", "straight",
                            "--technology", "pcm-gst", "--bits", "4"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("write-verify on tile straight"));
  EXPECT_THAT(outcome.out, HasSubstr("pcm-gst of Table 1"));
}

TEST_F(EstimateCommand, RecordsATimeline) {
  const auto outcome = run({"estimate", kTiny, "--arch", "adc-multibit", "--record", "t.json"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto timeline = json::parse(read_text(folder_ / "t.json"));
  std::size_t windows = 0;
  for (const auto& event : timeline) {
    if (event["ph"] == "X" && event["name"] == "conv_0") ++windows;
  }
  EXPECT_EQ(windows, 64U);  // one an output position
}

TEST_F(EstimateCommand, MapsAndCompares) {
  const auto map = run({"map", kTiny, "--arch", "isaac-ce", "--out", "map"});
  ASSERT_EQ(map.status, 0) << map.err;
  EXPECT_TRUE(std::filesystem::exists(folder_ / "map/fragments.csv"));
  for (const auto* const arch : {"isaac-ce", "adc-multibit"}) {
    ASSERT_EQ(run({"estimate", kTiny, "--arch", arch, "--out", arch}).status, 0);
  }
  const auto compare = run({"compare", "isaac-ce", "adc-multibit", "--out", "both"});
  ASSERT_EQ(compare.status, 0) << compare.err;
  const auto csv = read_text(folder_ / "both/compare.csv");
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 3);
}

TEST_F(EstimateCommand, TakesBitsAndCopiesOfSingleLayers) {
  folder_.write("layers.yaml", "layers:\n  conv_0: {bits: 16, copies: 2}\n");
  const auto outcome =
      run({"estimate", kTiny, "--arch", "adc-multibit", "--layers", "layers.yaml", "--out", "out"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("weights of other bits: conv_0 (16)"));
  // A sign and 15 bits are 4 cells of 16 levels a side.
  EXPECT_THAT(read_text(folder_ / "out/layers.csv"), HasSubstr("\nconv_0,convolution,"));
  EXPECT_THAT(read_text(folder_ / "out/layers.csv"), HasSubstr(",8,2,32,"));
  folder_.write("layers.yaml", "layers:\n  conv_0: {bits: 17}\n");
  expect_refused({"map", kTiny, "--arch", "adc-multibit", "--layers", "layers.yaml"},
                 "layers.yaml:2");
}

TEST_F(EstimateCommand, CountsEachCoreOnce) {
  const auto outcome = run({"estimate", kTiny, "--arch", "adc-multibit", "--out", "out"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto mapping = json::parse(read_text(folder_ / "out/mapping.json"));
  const auto estimate = json::parse(read_text(folder_ / "out/estimate.json"));
  std::istringstream table(read_text(folder_ / "out/cores.csv"));
  std::string line;
  std::getline(table, line);
  EXPECT_EQ(line, "core,cores,arrays,area_m2,leakage_W,energy_J");
  double sums[5] = {};
  while (std::getline(table, line)) {
    std::istringstream cells(line.substr(line.find(',') + 1));
    for (auto& sum : sums) {
      std::string cell;
      ASSERT_TRUE(std::getline(cells, cell, ',')) << line;
      sum += std::stod(cell);
    }
  }
  EXPECT_EQ(sums[0], mapping["cores"].get<double>());
  EXPECT_EQ(sums[1], mapping["arrays_used"].get<double>());
  EXPECT_GT(sums[4], 0.0);
  EXPECT_LE(sums[4], estimate["energy_J"].get<double>());
}

TEST_F(EstimateCommand, TellsWhatIsWrongInOneLine) {
  folder_.write("no.onnx", "this is not a network");
  folder_.write("cut.onnx", read_text(kTiny).substr(0, 1000));
  folder_.write("bad.json", "{");
  folder_.write("estimate.json", "{\"network\": 1}");
  expect_refused({"estimate", "none.onnx", "--arch", "isaac-ce"}, "none.onnx");
  expect_refused({"estimate", "no.onnx", "--arch", "isaac-ce"}, "no.onnx");
  expect_refused({"estimate", "cut.onnx", "--arch", "isaac-ce"}, "cut.onnx");
  expect_refused({"estimate", kTiny, "--arch", "nowhere"}, "unknown chip 'nowhere'");
  expect_refused({"estimate", kTiny, "--arch", "bus-4"},
                 "tiles: a chip of tiles: it can be simulated and replayed; to be estimated it "
                 "needs a 'core'");
  expect_refused({"estimate", kTiny, "--arch", "small"}, "too many");
  expect_refused({"estimate", kTiny, "--arch", "isaac-ce", "--bits", "17"}, "--bits");
  expect_refused({"estimate", kTiny, "--arch", "isaac-ce", "--shape", "x"}, "--shape: 'x'");
  expect_refused({"estimate", kTiny, "--arch", "isaac-ce", "--technology", "wood"}, "wood");
  expect_refused({"estimate", kTiny, "--arch", "isaac-ce", "--tile", "cork"}, "cork");
  expect_refused({"compare", "nowhere"}, "nowhere/estimate.json: no such file");
  expect_refused({"compare", "."}, "estimate.json: not an estimate");
}

}  // namespace
}  // namespace dwmtj
