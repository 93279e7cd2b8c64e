// SPDX-License-Identifier: Apache-2.0
#include "common/parameter_overrides.h"

#include <gtest/gtest.h>

#include "common/parameter_file.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

const CatalogFolder kNone{"", "thing"};

class Overrides : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_.write("core.yaml",
                  "rows: {value: 64, range: [1, 100], source: paper}\n"
                  "parts: {adc: {count: {value: 2, range: [1, 9], source: a}, name: sar}}\n");
    folder_.write("base.yaml", "name: base\nsites: [{depth: 1}, {depth: 2}]\ncore: core.yaml\n");
    folder_.write("top.yaml", "extends: base.yaml\nname: top\n");
  }

  // What a program finds in the file.
  struct Read {
    std::string name;
    double rows = 0.0;
    double adcs = 0.0;
    long depth = 0;
    std::string effective;
    std::vector<Constant> constants;
  };
  [[nodiscard]] Read read(const std::vector<std::string>& assignments) const {
    const auto root =
        ParameterNode::load(folder_ / "top.yaml", kNone, ParameterOverrides(assignments));
    Read result;
    result.name = root.text("name");
    const auto sites = root.items("sites");
    result.depth = sites[1].integer("depth", 1, 9);
    if (root.has("hosts")) static_cast<void>(root.integer("hosts", 1, 9));
    const auto core = root.section("core", kNone);
    result.rows = core.constant("rows", Dimension::number);
    const auto adc = core.child("parts").child("adc");
    result.adcs = adc.constant("count", Dimension::number);
    static_cast<void>(adc.text("name"));
    for (const auto& node : {root, core, adc}) node.finish();
    result.effective = root.effective_text();
    result.constants = root.constants();
    return result;
  }
  [[nodiscard]] std::string error(const std::string& assignment) const {
    return input_error_of([&] { return read({assignment}); });
  }

  TemporaryFolder folder_;
};

TEST_F(Overrides, ReachPlainValuesListsAndConstantsOfParts) {
  const auto result =
      read({"name=mine", "sites[1].depth=7", "core.rows=32", "core.parts.adc.count=5", "hosts=3"});
  EXPECT_EQ(result.name, "mine");
  EXPECT_EQ(result.depth, 7);
  EXPECT_EQ(result.rows, 32);
  EXPECT_EQ(result.adcs, 5);
}

// A path on the command line is one from where that is run, not beside the file it lies over.
TEST_F(Overrides, NameFilesAsTheCommandLineDoes) {
  folder_.write("other.yaml",
                "rows: {value: 7, range: [1, 100], source: paper}\n"
                "parts: {adc: {count: {value: 3, range: [1, 9], source: a}, "
                "name: sar}}\n");
  const auto other = std::filesystem::relative(folder_ / "other.yaml").string();
  EXPECT_EQ(read({"core=" + other}).rows, 7.0);
  EXPECT_EQ(input_error_of([&] { return read({"core=other.yaml"}).rows; }),
            "--set core=other.yaml: core: other.yaml: no such file");
}

TEST_F(Overrides, ShowInTheEffectiveTextAndInTheSource) {
  const auto result = read({"core.rows=32"});
  EXPECT_NE(result.effective.find("rows: {value: 32, range: [1, 100]"), std::string::npos)
      << result.effective;
  EXPECT_EQ(result.constants[0].source, "--set, in place of 64: paper");
  EXPECT_EQ(result.constants[1].source, "a");
}

TEST_F(Overrides, OfUnknownKeysOfferTheNearest) {
  EXPECT_EQ(error("core.rwos=3"),
            "--set core.rwos=3: core.rwos: unknown key; nearest: rows, parts");
  EXPECT_EQ(error("core.parts.acd.count=3"),
            "--set core.parts.acd.count=3: core.parts.acd: unknown key; nearest: adc");
  EXPECT_EQ(error("nmae=x").substr(0, 36), "--set nmae=x: nmae: unknown key; nea");
  EXPECT_EQ(error("sites[2].depth=3"),
            "--set sites[2].depth=3: sites[2]: unknown key; nearest: [0], [1]");
}

TEST_F(Overrides, StayWithinTheRangesOfTheFile) {
  EXPECT_EQ(error("core.rows=640"),
            "--set core.rows=640: core.rows.value: 640 is out of range [1, 100]");
}

TEST_F(Overrides, AreOfSingleValues) {
  EXPECT_EQ(
      error("core.parts.adc=3"),
      "--set core.parts.adc=3: core.parts.adc: expected the path of a single value; here are: "
      "count, name");
  for (const auto* const text : {"", "rows", "=3", "rows=", "a..b=1", "a[1=2"}) {
    EXPECT_EQ(error(text),
              "--set: '" + std::string(text) + "': expected KEY.PATH=VALUE, such as core.rows=64");
  }
}

}  // namespace
}  // namespace dwmtj
