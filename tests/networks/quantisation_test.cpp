// SPDX-License-Identifier: Apache-2.0
#include "networks/quantisation.h"

#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "tests/support/input_error_of.h"

namespace dwmtj {
namespace {

WeightMatrix matrix(std::int64_t outputs, std::int64_t inputs, std::vector<float> values) {
  return {outputs, inputs, std::make_shared<std::vector<float>>(std::move(values)), {}};
}

WeightMatrix random_matrix(std::int64_t outputs, std::int64_t inputs) {
  std::mt19937 random(1);
  std::normal_distribution<float> normal;
  std::vector<float> values(static_cast<std::size_t>(outputs * inputs));
  for (auto& value : values) value = normal(random);
  return matrix(outputs, inputs, std::move(values));
}

TEST(Quantisation, ByHandWithOneScale) {
  const auto quantised = quantise(matrix(2, 2, {0.7F, -1.4F, 0.1F, 0.0F}), 4, ScaleOf::matrix);
  EXPECT_EQ(quantised.values, (std::vector<std::int16_t>{4, -7, 1, 0}));  // 3.5 away from zero
  ASSERT_EQ(quantised.scales.size(), 1U);
  EXPECT_NEAR(quantised.scale(1), 0.2, 1e-7);
}

TEST(Quantisation, ByHandWithOneScaleAnOutput) {
  const auto quantised = quantise(matrix(2, 2, {0.7F, -1.4F, 0.1F, 0.05F}), 3, ScaleOf::output);
  EXPECT_EQ(quantised.values, (std::vector<std::int16_t>{2, -3, 3, 2}));
  EXPECT_NEAR(quantised.scale(0), 1.4 / 3, 1e-7);
  EXPECT_NEAR(quantised.scale(1), 0.1 / 3, 1e-8);
  EXPECT_EQ(quantised.value(1, 1), 2);
}

TEST(Quantisation, IsOffByHalfALevelAtMostAndReachesTheLargest) {
  const auto weights = random_matrix(20, 30);
  for (int bits = 2; bits <= 16; ++bits) {
    for (const auto scale : {ScaleOf::matrix, ScaleOf::output}) {
      const auto quantised = quantise(weights, bits, scale);
      int largest = 0;
      for (std::int64_t row = 0; row < 20; ++row) {
        for (std::int64_t i = 0; i < 30; ++i) {
          const int value = quantised.value(row, i);
          largest = std::max(largest, std::abs(value));
          EXPECT_LE(std::abs(value * quantised.scale(row) - weights.row(row)[i]),
                    0.5000001 * quantised.scale(row));
        }
      }
      EXPECT_EQ(largest, levels_of(bits) - 1) << bits;
    }
  }
}

TEST(Quantisation, ScalesOfOutputsAreFiner) {
  const auto weights = random_matrix(8, 50);
  const auto whole = quantise(weights, 4, ScaleOf::matrix);
  const auto each = quantise(weights, 4, ScaleOf::output);
  for (std::int64_t row = 0; row < 8; ++row) EXPECT_LE(each.scale(row), whole.scale(row));
}

TEST(Quantisation, SixteenLevelsForFiveBits) {
  EXPECT_EQ(levels_of(5), 16);
  EXPECT_EQ(levels_of(2), 2);
}

TEST(Quantisation, APairHoldsTheSignedValue) {
  const int largest = levels_of(16) - 1;
  for (int value = -largest; value <= largest; ++value) {
    const auto pair = pair_levels(static_cast<std::int16_t>(value));
    ASSERT_EQ(pair.plus - pair.minus, value);
    ASSERT_TRUE(pair.plus == 0 || pair.minus == 0);
    ASSERT_TRUE(pair.plus >= 0 && pair.minus >= 0);
  }
}

TEST(Quantisation, ZeroStaysZero) {
  const auto quantised = quantise(matrix(1, 3, {0, 0, 0}), 8, ScaleOf::output);
  EXPECT_EQ(quantised.values, (std::vector<std::int16_t>{0, 0, 0}));
  EXPECT_TRUE(std::isfinite(quantised.scale(0)));
}

TEST(Quantisation, SmallestFloatsKeepTheirRatio) {
  const float tiny = std::numeric_limits<float>::denorm_min();
  const auto quantised = quantise(matrix(1, 2, {tiny, -tiny}), 16, ScaleOf::matrix);
  EXPECT_EQ(quantised.values, (std::vector<std::int16_t>{32767, -32767}));
}

TEST(Quantisation, ImpossibleBitsAreRefused) {
  for (const int bits : {-1, 0, 1, 17, 64}) {
    EXPECT_EQ(input_error_of([&] { return levels_of(bits); }),
              "bits of a weight: " + std::to_string(bits) + ": expected 2 to 16");
    EXPECT_NE(input_error_of([&] { return quantise(matrix(1, 1, {1}), bits, ScaleOf::matrix); }),
              "accepted");
  }
}

TEST(Quantisation, WeightsMustBeFinite) {
  for (const float bad : {NAN, HUGE_VALF, -HUGE_VALF}) {
    EXPECT_EQ(input_error_of([&] {
                return quantise(matrix(1, 2, {1, bad}), 4, ScaleOf::output);
              }),
              "weights: expected finite numbers");
  }
}

}  // namespace
}  // namespace dwmtj
