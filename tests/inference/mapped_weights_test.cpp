// SPDX-License-Identifier: Apache-2.0
#include "inference/mapped_weights.h"

#include <cmath>

#include <gtest/gtest.h>

#include "common/input_error.h"
#include "inference/effective_weights.h"
#include "networks/quantisation.h"
#include "tests/inference/networks.h"

namespace dwmtj {
namespace {

Layer layer_of(std::vector<float> weights) {
  const auto inputs = static_cast<std::int64_t>(weights.size());
  return dense_layer(0, {1, inputs, std::make_shared<std::vector<float>>(std::move(weights)), {}});
}

LevelSet even(int count) {
  LevelSet levels{"even", 1.0, 2.0, {}, {0.0}, {}};
  for (int i = 0; i < count; ++i) levels.conductance.push_back(1.0 + i / (count - 1.0));
  return levels;
}

TEST(MappedWeights, TakeTheNearestLevelOfEitherSign) {
  const auto mapped = map_weights(layer_of({-2, -0.9F, -0.1F, 0.34F, 0.36F, 2}), even(4), 100);
  EXPECT_EQ(mapped.limit, 2);
  EXPECT_EQ(mapped.levels, (std::vector<std::int16_t>{-3, -1, 0, 1, 1, 3}));
  EXPECT_DOUBLE_EQ(mapped.share(even(4), 0), -1.0);
  EXPECT_EQ(mapped.clipped, 0);
}

// numpy.percentile(range(101), 98) = 98, and of 2: 2.
TEST(MappedWeights, AreClippedAtAPercentile) {
  std::vector<float> weights;
  for (int i = 0; i <= 100; ++i) weights.push_back(static_cast<float>(i));
  const auto mapped = map_weights(layer_of(weights), even(2), 98);
  EXPECT_DOUBLE_EQ(mapped.limit, 98);
  EXPECT_EQ(mapped.clipped, 2);
}

TEST(MappedWeights, MayTakeAnyConductance) {
  const LevelSet any{"any", 1.0, 2.0, {}, {0.0}, {}};
  const auto mapped = map_weights(layer_of({-4, 1, 2}), any, 100);
  EXPECT_EQ(mapped.shares, (std::vector<float>{-1.0F, 0.25F, 0.5F}));
}

// 4 bits of magnitude, 0 to 15, on two digits of four levels: 15 = 33, 5 = 11, 3 = 03, 12 = 30.
TEST(MappedWeights, AreCutIntoDigits) {
  const auto layer = dense_layer(
      0, {2,
          2,
          std::make_shared<std::vector<float>>(std::vector<float>{1.5F, -0.5F, 0.3F, -1.2F}),
          {}});
  const auto levels = even(4);
  const auto mapped = map_weights(layer, levels, 100, WeightCells{5, 2, true});
  EXPECT_EQ(mapped.levels, (std::vector<std::int16_t>{3, -1, 3, 0, 3, -1, 0, -3}));
  EXPECT_EQ(mapped.worth, (std::vector<double>{3 / 15.0, 12 / 15.0}));
  WritingRecord record;
  const LayerToWrite what{layer, mapped, tile_layer(layer, {1, 1, 8, 8, 2})};
  EXPECT_EQ(what.pairs(), 8);
  const auto pairs = ideal_writer(levels, {levels, nullptr, {}}, 1)->write(what, 0, record);
  EXPECT_EQ(record.writes.devices, 16U);
  const auto weights = effective_weights(pairs, levels, mapped);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_FLOAT_EQ(weights[i], (*layer.weights.values)[i]);
  }
}

// However they are cut: 7 bits of magnitude on 4, 3, 2 or 1 digits, of more levels than they need.
TEST(MappedWeights, OfDigitsAreTheQuantisedOnes) {
  const auto layer = dense_layer(0, random_weights(30, 40, 2));
  const auto whole = quantise(layer.weights, 8, ScaleOf::matrix);
  for (const int count : {4, 5, 7, 8, 16, 19, 128}) {
    const int each = bits_of_cell(count);
    const auto mapped = map_weights(layer, even(count), 100, WeightCells{8, each, true});
    ASSERT_EQ(mapped.digits(), (7 + each - 1) / each);
    for (std::size_t i = 0; i < whole.values.size(); ++i) {
      int number = 0;
      for (int d = 0; d < mapped.digits(); ++d) {
        number += mapped.levels[static_cast<std::size_t>(d) * whole.values.size() + i] *
                  (1 << (d * each));
      }
      ASSERT_EQ(number, whole.values[i]) << count << " levels";
    }
  }
}

TEST(MappedWeights, OfOneDigitAreThoseOfOnePair) {
  const auto layer = dense_layer(0, random_weights(8, 9, 4));
  const auto one = map_weights(layer, even(8), 99);
  const auto digit = map_weights(layer, even(8), 99, WeightCells{4, 3, true});
  EXPECT_EQ(digit.levels, one.levels);
  EXPECT_EQ(digit.worth, one.worth);
}

// Shares 0, 0.25, 0.75 and 1 of 0.8 and of 0.2: near 0.72 are 0.65, 0.75 (22) and 0.8, although
// 0.72 of 15 is nearest to 11 (23).
TEST(MappedWeights, TakeTheNearestOfUnevenDigits) {
  const LevelSet levels{"uneven", 1.0, 2.0, {1.0, 1.25, 1.75, 2.0}, {0.0}, {}};
  const auto mapped =
      map_weights(layer_of({1, -0.72F, 0.56F}), levels, 100, WeightCells{5, 2, true});
  EXPECT_EQ(mapped.levels, (std::vector<std::int16_t>{3, -2, 0, 3, -2, 2}));
}

// Of 6^8 sums those are kept that differ: within 1/32 of a step of 16 bits.
TEST(MappedWeights, MayTakeManyDigits) {
  LevelSet levels{"uneven", 1.0, 2.0, {1.0, 1.1, 1.25, 1.5, 1.9, 2.0}, {0.0}, {}};
  const auto layer = layer_of({1, 0.7F, -0.123F, 0.0501F});
  const auto mapped = map_weights(layer, levels, 100, WeightCells{16, 2, true});
  ASSERT_EQ(mapped.digits(), 8);
  for (std::size_t i = 0; i < 4; ++i) {
    double sum = 0;
    for (std::size_t d = 0; d < 8; ++d) sum += mapped.worth[d] * mapped.share(levels, 4 * d + i);
    EXPECT_NEAR(sum, (*layer.weights.values)[i], 1e-4);
  }
}

TEST(MappedWeights, MustBeFinite) {
  EXPECT_THROW(map_weights(layer_of({1, NAN}), even(4), 100), InputError);
  EXPECT_THROW(map_weights(layer_of({1, HUGE_VALF}), even(4), 100), InputError);
}

TEST(MappedWeights, MayAllBeZero) {
  EXPECT_EQ(map_weights(layer_of({0, 0}), even(4), 100).levels, (std::vector<std::int16_t>{0, 0}));
}

}  // namespace
}  // namespace dwmtj
