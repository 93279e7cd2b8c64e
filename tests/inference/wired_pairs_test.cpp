// SPDX-License-Identifier: Apache-2.0
#include "inference/wired_pairs.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/inference/networks.h"

namespace dwmtj {
namespace {

LevelSet two_levels() { return {"two", 1e-3, 2e-3, {1e-3, 2e-3}, {0.0}, {}}; }

class WiredPairsTest : public testing::Test {
 protected:
  [[nodiscard]] LayerToWrite what() const {
    return {layer_, mapped_, tile_layer(layer_, {1, 1, rows_, 4, 1}), 0, 0};
  }
  [[nodiscard]] PairConductances written() const {
    WritingRecord record;
    return ideal_writer(levels_, {levels_, nullptr, {}}, 1)->write(what(), 0, record);
  }
  [[nodiscard]] PairConductances wired(double ohms) const {
    auto pairs = written();
    const auto segment = ohms * si::ohms;
    apply_wires(what(), levels_, {segment, segment, 0.0 * si::ohms, 0.0 * si::ohms}, pairs);
    return pairs;
  }

  LevelSet levels_ = two_levels();
  Layer layer_ = dense_layer(0, random_weights(6, 20, 3));
  MappedWeights mapped_ = map_weights(layer_, levels_, 100);
  int rows_ = 8;  // blocks of 8, 8 and 4 rows by 4 and 2 pairs
};

// One device: 1 mS behind two segments of 100 ohm.
TEST_F(WiredPairsTest, ASingleCellIsInSeriesWithItsSegments) {
  layer_ = dense_layer(0, {1, 1, std::make_shared<std::vector<float>>(std::vector<float>{1}), {}});
  mapped_ = map_weights(layer_, levels_, 100);
  const auto pairs = wired(100);
  // Plus: 500 ohm, minus: 1 kohm one segment further along the row; both columns end in 100 ohm.
  const double plus = 1 / (1 / (500.0 + 100) + 1 / (100.0 + 1000 + 100));
  const double node = 1 / (100 + plus) * plus;
  EXPECT_NEAR(pairs.plus[0], node / 600, 1e-9);
  EXPECT_NEAR(pairs.minus[0], node / 1200, 1e-9);
}

TEST_F(WiredPairsTest, WiresOfHardlyAnyResistanceChangeNothing) {
  const auto before = written();
  const auto after = wired(1e-4);
  for (std::size_t i = 0; i < before.plus.size(); ++i) {
    EXPECT_NEAR(after.plus[i], before.plus[i], 2e-8);
    EXPECT_NEAR(after.minus[i], before.minus[i], 2e-8);
  }
}

// A row of one weight: the second digit is a pair further along it, as a second weight would be.
TEST_F(WiredPairsTest, DigitsLieSideBySide) {
  const auto wired_row = [&](const std::vector<float>& weights, int bits) {
    layer_ = dense_layer(0, {static_cast<std::int64_t>(weights.size()),
                             1,
                             std::make_shared<std::vector<float>>(weights),
                             {}});
    mapped_ = map_weights(layer_, levels_, 100, WeightCells{bits, 1, true});
    return wired(100);
  };
  const auto weights = wired_row({1, 1}, 2);
  const auto digits = wired_row({1}, 3);  // 3 is 11
  EXPECT_EQ(digits.plus, weights.plus);
  EXPECT_EQ(digits.minus, weights.minus);
  EXPECT_LT(digits.plus[1], digits.plus[0]);
}

// Each array has wires of its own: the first rows of a block lose the least.
TEST_F(WiredPairsTest, BlocksAreApart) {
  const auto before = written();
  const auto after = wired(1);
  const auto kept = [&](std::size_t i) { return after.plus[i] / before.plus[i]; };
  for (std::size_t i = 0; i < before.plus.size(); ++i) EXPECT_LT(kept(i), 1.0F);
  rows_ = 20;
  const auto whole = wired(1);
  double apart = 0;
  double together = 0;
  for (std::size_t i = 0; i < before.plus.size(); ++i) {
    apart += after.plus[i];
    together += whole.plus[i];
  }
  EXPECT_GT(apart, together);
}

}  // namespace
}  // namespace dwmtj
