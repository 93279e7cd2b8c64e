// SPDX-License-Identifier: Apache-2.0
// What a position of an output needs, by hand and against a search; and small parts of the model.
#include "estimation/plan.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "estimation/arrivals.h"
#include "estimation/programming.h"
#include "estimation/weight_cells.h"
#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

TEST(Reach, OfTheSamePositionAndOfEverything) {
  EXPECT_EQ(Reach::same_position().needed(0), 1);
  EXPECT_EQ(Reach::same_position().needed(7), 8);
  EXPECT_EQ(Reach::everything(49).needed(0), 49);
}

// The last input position under the window, in the order of rows, by trying all.
std::int64_t last_under(const Window& window, TensorShape input, std::int64_t row,
                        std::int64_t column) {
  std::int64_t last = 0;
  for (std::int64_t ky = 0; ky < window.kernel.height; ++ky) {
    for (std::int64_t kx = 0; kx < window.kernel.width; ++kx) {
      const auto y =
          row * window.stride.height - window.pad_before.height + ky * window.dilation.height;
      const auto x =
          column * window.stride.width - window.pad_before.width + kx * window.dilation.width;
      if (y < 0 || x < 0 || y >= input.height || x >= input.width) continue;
      last = std::max(last, y * input.width + x + 1);
    }
  }
  return last;
}

TEST(Reach, OfAWindowCoversAllThatLiesUnderIt) {
  for (const std::int64_t kernel : {1, 2, 3, 5}) {
    for (const std::int64_t stride : {1, 2, 3}) {
      for (const std::int64_t pad : {std::int64_t{0}, kernel / 2}) {
        Window window;
        window.kernel = {kernel, kernel};
        window.stride = {stride, stride};
        window.pad_before = window.pad_after = {pad, pad};
        const TensorShape input{1, 9, 11};
        const TensorShape output{1, (9 + 2 * pad - kernel) / stride + 1,
                                 (11 + 2 * pad - kernel) / stride + 1};
        const auto reach = Reach::window(window, input, output);
        for (std::int64_t p = 0; p < output.positions(); ++p) {
          EXPECT_GE(reach.needed(p), last_under(window, input, p / output.width, p % output.width));
          EXPECT_LE(reach.needed(p), input.positions());
          if (pad == 0) {
            EXPECT_EQ(reach.needed(p),
                      last_under(window, input, p / output.width, p % output.width));
          }
        }
        EXPECT_LE(reach.needed(0), (kernel - pad) * 11);
      }
    }
  }
}

TEST(Arrivals, CountUpToTheFirstGap) {
  Arrivals arrivals;
  EXPECT_EQ(arrivals.complete(), 0);
  arrivals.add(1);
  EXPECT_EQ(arrivals.complete(), 0);
  arrivals.add(3, 2);
  arrivals.add(0);
  EXPECT_EQ(arrivals.complete(), 2);
  arrivals.add(2);
  EXPECT_EQ(arrivals.complete(), 5);
}

CoreShape pairs(int levels, int bits) {
  CoreShape shape{};
  shape.columns_per_weight = 2;
  shape.levels = levels;
  shape.weight_bits = bits;
  return shape;
}

TEST(WeightCells, CutMagnitudesIntoDigitsOfLevels) {
  const auto own = cells_of_weight(pairs(4, 3), std::nullopt, 4);
  EXPECT_TRUE(own.pairs);
  EXPECT_EQ(own.columns(), 2);
  EXPECT_EQ(cells_of_weight(pairs(4, 3), 8, 4).columns(), 8);    // 7 bits: 4 digits of 2
  EXPECT_EQ(cells_of_weight(pairs(16, 5), 8, 16).columns(), 4);  // 2 digits of 4
  EXPECT_EQ(cells_of_weight(pairs(4, 3), 8, 5).columns(), 8);    // of 5 levels 4 are used
  CoreShape isaac{};
  isaac.columns_per_weight = 8;
  isaac.levels = 4;
  isaac.weight_bits = 16;
  EXPECT_FALSE(cells_of_weight(isaac, std::nullopt, 4).pairs);
  EXPECT_EQ(cells_of_weight(isaac, std::nullopt, 4).columns(), 8);
  EXPECT_EQ(cells_of_weight(isaac, 8, 4).columns(), 4);
}

WeightMatrix matrix(const std::vector<float>& values) {
  WeightMatrix weights;
  weights.outputs = 1;
  weights.inputs = static_cast<std::int64_t>(values.size());
  weights.values = std::make_shared<const std::vector<float>>(values);
  return weights;
}

TEST(WeightCells, CountTheLevelsOfAllCells) {
  // Of 3 bits: -3, 0, 2, 3 after scaling by the largest.
  const auto counts = level_counts(matrix({-1.0F, 0.0F, 0.67F, 1.0F}), {3, 2, true});
  EXPECT_EQ(counts, (std::vector<std::int64_t>{4 + 1, 0, 1, 2}));
  // Two digits of two levels: 3 is 11, 2 is 10.
  EXPECT_EQ(level_counts(matrix({-1.0F, 0.0F, 0.67F, 1.0F}), {3, 1, true}),
            (std::vector<std::int64_t>{16 - 5, 5}));
}

TEST(Programming, HigherLevelsCostMoreThanNone) {
  const auto tile = TileParameters::load(find_tile("trapezoidal"));
  const auto& device = test::catalog_model("trapezoidal");
  const auto none = write_verify_cost({1000, 0, 0, 0}, tile, device, 64, 1);
  const auto some = write_verify_cost({0, 0, 0, 1000}, tile, device, 64, 1);
  EXPECT_EQ(none.pulses, 0.0);
  EXPECT_GE(some.pulses, 1000.0);
  EXPECT_GT(some.energy, none.energy);
  EXPECT_GT(some.time, none.time);
  EXPECT_EQ(some.cells, 1000.0);
}

TEST(Programming, OpenLoopIsUpdatesTimesTheirEnergy) {
  Technology technology;
  technology.name = "made up";
  technology.write_duration = 10e-9 * si::seconds;
  technology.update_energy = 2e-12 * si::joules;
  technology.states = UpDown<long>{7, 7};
  // Two updates a level; 5 cells at level 1, 2 at level 3.
  const auto cost = open_loop_cost({1, 5, 0, 2}, technology, 8);
  EXPECT_DOUBLE_EQ(cost.pulses, 2.0 * (5 * 1 + 2 * 3));
  EXPECT_DOUBLE_EQ(in_si(cost.energy), 22 * 2e-12);
  EXPECT_DOUBLE_EQ(in_si(cost.time), 2 * 8 * 6 * 10e-9);
}

}  // namespace
}  // namespace dwmtj
