// SPDX-License-Identifier: Apache-2.0
#include "inference/mapped_weights.h"

#include <cmath>

#include <gtest/gtest.h>

#include "common/input_error.h"
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

TEST(MappedWeights, MustBeFinite) {
  EXPECT_THROW(map_weights(layer_of({1, NAN}), even(4), 100), InputError);
  EXPECT_THROW(map_weights(layer_of({1, HUGE_VALF}), even(4), 100), InputError);
}

TEST(MappedWeights, MayAllBeZero) {
  EXPECT_EQ(map_weights(layer_of({0, 0}), even(4), 100).levels, (std::vector<std::int16_t>{0, 0}));
}

}  // namespace
}  // namespace dwmtj
