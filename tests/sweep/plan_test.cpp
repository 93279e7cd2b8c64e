// SPDX-License-Identifier: Apache-2.0
// Plans: axes, what they expand to, and what is refused.
#include "sweep/plan.h"

#include <algorithm>
#include <cmath>

#include <gmock/gmock.h>

#include "common/input_error.h"
#include "sweep/expansion.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Words = std::vector<std::string>;

class Plans : public ::testing::Test {
 protected:
  [[nodiscard]] SweepPlan plan(const std::string& text) const {
    return SweepPlan::load(folder_.write("plan.yaml", text));
  }
  // The values of the first axis, as the command gets them.
  [[nodiscard]] Words first_axis(const std::string& axes) const {
    const auto read = plan("command: x\n" + axes);
    Words texts;
    for (const auto& value : read.groups.front().axes.front().values) texts.push_back(value.text);
    return texts;
  }
  [[nodiscard]] std::string refusal(const std::string& text) const {
    try {
      const Expansion expansion(plan(text));
      return "accepted, " + std::to_string(expansion.size());
    } catch (const InputError& error) {
      return std::string(error.what()).substr(folder_.path().string().size() + 1);
    }
  }
  // All columns of all points: "64/0.1 ohm".
  [[nodiscard]] static Words points(const SweepPlan& read) {
    const Expansion expansion(read);
    Words texts;
    for (std::size_t i = 0; i < expansion.size(); ++i) {
      std::string text;
      for (const auto* const value : expansion.values(i)) {
        text += (text.empty() ? "" : "/") + value->text;
      }
      texts.push_back(text);
    }
    return texts;
  }
  TemporaryFolder folder_;
};

TEST_F(Plans, AListIsTakenAsItStandsAndASingleValueIsAListOfOne) {
  EXPECT_THAT(first_axis("grid: {--sigma: [1 uS, 2.5uS, none]}"),
              ElementsAre("1 uS", "2.5uS", "none"));
  EXPECT_THAT(first_axis("grid: {core.rows: 64}"), ElementsAre("64"));
}

TEST_F(Plans, RangesGoByStepsFactorsOrCounts) {
  EXPECT_THAT(first_axis("grid: {a.b: {from: 0.1, to: 0.5, by: 0.1}}"),
              ElementsAre("0.1", "0.2", "0.3", "0.4", "0.5"));
  EXPECT_THAT(first_axis("grid: {a.b: {from: 5, to: 1, by: -2}}"), ElementsAre("5", "3", "1"));
  EXPECT_THAT(first_axis("grid: {a.b: {from: 16, to: 200, times: 2}}"),
              ElementsAre("16", "32", "64", "128"));
  EXPECT_THAT(first_axis("grid: {a.b: {from: 8, to: 1, times: 0.5}}"),
              ElementsAre("8", "4", "2", "1"));
  EXPECT_THAT(first_axis("grid: {a.b: {from: 10 mohm, to: 1 ohm, points: 3, scale: log}}"),
              ElementsAre("10 mohm", "100 mohm", "1000 mohm"));
  EXPECT_THAT(first_axis("grid: {a.b: {from: 0 s, to: 1 us, points: 3}}"),
              ElementsAre("0 s", "5e-07 s", "1e-06 s"));
  EXPECT_THAT(first_axis("grid: {a.b: {from: 1, to: 10, points: 4, scale: log, whole: true}}"),
              ElementsAre("1", "2", "5", "10"));
  EXPECT_THAT(first_axis("grid: {a.b: {from: 50 %, to: 100 %, by: 25 %}}"),
              ElementsAre("50%", "75%", "100%"));
}

TEST_F(Plans, AGridIsEveryCombinationTheLastAxisTheFastest) {
  EXPECT_THAT(points(plan("command: x\ngrid: {a: [1, 2], b: [3, 4]}")),
              ElementsAre("1/3", "1/4", "2/3", "2/4"));
}

TEST_F(Plans, AZipGoesSideBySideWithinTheGrid) {
  EXPECT_THAT(points(plan("command: x\ngrid: {a: [1, 2]}\nzip: {b: [3, 4], c: [5, 6]}")),
              ElementsAre("1/3/5", "1/4/6", "2/3/5", "2/4/6"));
  EXPECT_THAT(points(plan("command: x\nzip: [{a: [1, 2]}, {b: [3, 4], c: [5, 6]}]")).size(), 4U);
}

TEST_F(Plans, AConditionIsAnExpressionOverColumns) {
  EXPECT_THAT(points(plan("command: x\ngrid: {core.rows: [1, 2, 3], core.columns: [1, 2, 3]}\n"
                          "where: rows * columns <= 4 and rows > columns")),
              ElementsAre("2/1", "3/1"));
  EXPECT_THAT(points(plan("command: x\ngrid: {--segments: [0.01 ohm, 100 mohm], d: [a, b]}\n"
                          "where: [segments_ohm < 0.05, d <> 'a']")),
              ElementsAre("0.01 ohm/b"));
}

TEST_F(Plans, ColumnsAreNamedByTheLastWordAndTheUnit) {
  const auto read = plan(
      "command: x {device}\n"
      "grid:\n  device: [a]\n  core.rows: 1\n  --sigma-scale: 2\n  pulse.width: [50 ns, 1 us]\n"
      "  sites[0].barrier: [40 kT]\n  sites[1].barrier: [40 kT]\n  left.area: [1 um^2]\n");
  Words names;
  for (const auto* const axis : read.axes()) names.push_back(axis->name);
  EXPECT_THAT(names, ElementsAre("device", "rows", "sigma_scale", "width_s", "sites_0_barrier_kT",
                                 "sites_1_barrier_kT", "area_m2"));
  EXPECT_DOUBLE_EQ(*read.axes()[3]->values[1].cell, 1e-6);
}

TEST_F(Plans, WordsOfAPoint) {
  const auto read = plan(
      "command: wires {device} --note 'two words' --columns {columns}\n"
      "grid: {device: [straight], columns: [16], --every-image: [true], core.rows: [64]}");
  const Expansion expansion(read);
  EXPECT_THAT(expansion.words(0),
              ElementsAre("wires", "straight", "--note", "two words", "--columns", "16",
                          "--every-image=true", "--set", "core.rows=64"));
}

TEST_F(Plans, SamplesAreDrawnBySeed) {
  const auto sample = [](int seed) {
    return "command: x\nsample: {method: random, points: 200, seed: " + std::to_string(seed) +
           ", axes: {a: {from: 1, to: 2}, b: [x, y]}}";
  };
  EXPECT_EQ(points(plan(sample(1))), points(plan(sample(1))));
  EXPECT_NE(points(plan(sample(1))), points(plan(sample(2))));
  const auto read = plan(sample(1));
  double sum = 0.0;
  for (const auto& value : read.axes()[0]->values) {
    EXPECT_GE(*value.cell, 1.0);
    EXPECT_LE(*value.cell, 2.0);
    sum += *value.cell;
  }
  EXPECT_NEAR(sum / 200, 1.5, 4 * std::sqrt(1.0 / 12 / 200));
  const auto& letters = read.axes()[1]->values;
  const auto xs = std::count_if(letters.begin(), letters.end(),
                                [](const AxisValue& value) { return value.text == "x"; });
  EXPECT_NEAR(static_cast<double>(xs), 100, 4 * std::sqrt(50.0));
}

TEST_F(Plans, ALatinHypercubeHasOneValueInEachPart) {
  const auto read = plan(
      "command: x\nsample: {method: latin-hypercube, points: 50, seed: 3,\n"
      "         axes: {a: {from: 0, to: 50}, b: {from: 1, to: 1024, scale: log}}}");
  for (int axis = 0; axis < 2; ++axis) {
    std::vector<int> parts;
    for (const auto& value : read.axes()[axis]->values) {
      parts.push_back(
          static_cast<int>(axis == 0 ? *value.cell : 50.0 * std::log2(*value.cell) / 10.0));
    }
    EXPECT_FALSE(std::is_sorted(parts.begin(), parts.end()));
    std::sort(parts.begin(), parts.end());
    for (int i = 0; i < 50; ++i) EXPECT_EQ(parts[i], i);
  }
}

TEST_F(Plans, TextsOfRanges) {
  EXPECT_EQ(ranges_text({0, 1, 2, 5, 7, 8}), "0-2,5,7-8");
  EXPECT_EQ(ranges_text({}), "");
}

TEST_F(Plans, RangesThatCannotBe) {
  const auto of = [&](const std::string& range) {
    return refusal("command: x\ngrid: {a.b: {" + range + "}}");
  };
  const std::vector<std::pair<std::string, std::string>> refusals = {
      {"from: 1, to: 2 s, by: 1", "to: expected a unit as in 'from'"},
      {"from: 1 s, to: 2 s, by: 1", "by: expected a unit as in 'from'"},
      {"from: one, to: 2, by: 1", "from: expected a number, or a number and a unit"},
      {"from: 1, to: 2, by: 0", "by: must not be zero"},
      {"from: 1, to: 2, by: -1", "by: does not lead from one end to the other"},
      {"from: 0, to: 10000000, by: 1", "by: does not lead from one end to the other"},
      {"from: 1, to: 2, times: 1", "times: expected a factor above 0 that is not 1"},
      {"from: 1, to: 2, times: 0", "times: expected a factor above 0 that is not 1"},
      {"from: 1, to: 2, times: 0.5", "times: does not lead from one end to the other"},
      {"from: 0, to: 2, times: 2", "times: needs ends above zero"},
      {"from: 2, to: 0, times: 0.5", "times: needs ends above zero"},
      {"from: 0, to: 2, points: 2, scale: log", "scale: log needs ends above zero"},
      {"from: 2, to: 0, points: 2, scale: log", "scale: log needs ends above zero"},
      {"from: 1, to: 2", "expected one of 'by', 'times' and 'points'"},
      {"from: 1, to: 2, by: 1, times: 2", "expected one of 'by', 'times' and 'points'"},
      {"from: 1, to: 2, by: 1, points: 2", "points: is one too many"},
      {"from: 1, to: 2, times: 2, points: 2", "points: is one too many"},
      {"from: 1, to: 2, points: 0", "points: "}};
  for (const auto& [range, reason] : refusals) EXPECT_THAT(of(range), HasSubstr(reason)) << range;
  EXPECT_THAT(first_axis("grid: {a.b: {from: 3, to: 3, by: 1}}"), ElementsAre("3"));
  EXPECT_THAT(first_axis("grid: {a.b: {from: 3, to: 9, points: 1}}"), ElementsAre("3"));
}

TEST_F(Plans, ThatAreNone) {
  EXPECT_THAT(refusal("command: x\n"), HasSubstr("expected axes in 'grid', 'zip' or 'sample'"));
  EXPECT_THAT(refusal("command: ''\ngrid: {a: 1}"), HasSubstr("expected a command, such as"));
  EXPECT_THAT(refusal("command: \"x 'y\"\ngrid: {a: 1}"), HasSubstr("the quote ' does not end"));
  EXPECT_THAT(refusal("command: x\ngrid: {a: []}"), HasSubstr("expected at least one value"));
  EXPECT_THAT(refusal("command: x\ngrid: {a: 1}\nzip: {a: 2}"), HasSubstr("varies already"));
}

TEST_F(Plans, TooManyCombinationsAreRefused) {
  const std::string thousand = "{from: 1, to: 1000, by: 1}";
  EXPECT_THAT(
      refusal("command: x\ngrid: {a: " + thousand + ", b: " + thousand + ", c: " + thousand + "}"),
      HasSubstr("more than 10000000 combinations"));
}

}  // namespace
}  // namespace dwmtj
