// SPDX-License-Identifier: Apache-2.0
#include "learning/integer_product.h"

#include <vector>

#include <gtest/gtest.h>

#include "common/random_stream.h"
#include "learning/packing.h"

namespace dwmtj {
namespace {

std::int16_t number(std::size_t instance, int most) {
  const auto word = static_cast<std::int32_t>(draw(1, Stream::stimulus, instance, 0).words[0]);
  return static_cast<std::int16_t>(word % (most + 1));
}

std::vector<VectorUnit> units() {
  std::vector<VectorUnit> result = {VectorUnit::none};
  if (widest_vector_unit() != VectorUnit::none) result.push_back(VectorUnit::avx2);
  if (widest_vector_unit() == VectorUnit::avx512) result.push_back(VectorUnit::avx512);
  return result;
}

void expect_exact(const ProductShape& shape) {
  std::vector<std::int32_t> left, right;
  std::vector<std::int64_t> wanted(shape.rows * shape.columns, 0);
  for (std::size_t k = 0; k < shape.pairs; ++k) {
    std::vector<std::int16_t> l, r;
    for (std::size_t i = 0; i < 2 * shape.rows; ++i) l.push_back(number(1000 * k + i, 32767));
    for (std::size_t i = 0; i < 2 * shape.columns; ++i) r.push_back(number(999 * k + i, 255));
    for (std::size_t i = 0; i < l.size(); i += 2) left.push_back(packed(l[i], l[i + 1]));
    for (std::size_t i = 0; i < r.size(); i += 2) right.push_back(packed(r[i], r[i + 1]));
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const auto row = 2 * (i / shape.columns), column = 2 * (i % shape.columns);
      wanted[i] += l[row] * r[column] + l[row + 1] * r[column + 1];
    }
  }
  for (const auto unit : units()) {
    std::vector<std::int32_t> result(wanted.size(), -1);
    integer_product({left.data(), shape.rows}, {right.data(), shape.columns}, shape, result.data(),
                    shape.columns, unit);
    EXPECT_EQ(std::vector<std::int64_t>(result.begin(), result.end()), wanted);
  }
}

TEST(IntegerProduct, IsExactForEveryShapeAndUnit) {
  for (const std::size_t rows : {1U, 5U, 6U, 13U}) {
    for (const std::size_t columns : {16U, 80U, 144U}) expect_exact({rows, columns, 7});
  }
  expect_exact({6, 64, 1});
}

TEST(BatchMatrix, HasItsNumbersInBothForms) {
  BatchMatrix matrix(3, 4);
  for (int i = 0; i < 12; ++i) {
    matrix.values[static_cast<std::size_t>(i)] = static_cast<std::int16_t>(i - 6);
  }
  matrix.pack(3);
  EXPECT_EQ(matrix.feature_pairs[1 * 3 + 2], packed(4, 5));  // image 2, features 2 and 3
  EXPECT_EQ(matrix.image_pairs[0 * 4 + 1], packed(-5, -1));  // feature 1 of images 0 and 1
  EXPECT_EQ(matrix.image_pairs[1 * 4 + 3], packed(5, 0));    // there is no image 3
}

TEST(ToWholeNumbers, TakesTheFinestPowerOfTwoThatFits) {
  std::vector<std::int16_t> result(3);
  // 100 / 0.75 is 133: 128 fits.
  EXPECT_EQ(to_whole_numbers({0.75F, -0.5F, 0.01F}, 100, result), 1.0F / 128.0F);
  EXPECT_EQ(result, (std::vector<std::int16_t>{96, -64, 1}));
  EXPECT_EQ(to_whole_numbers({0.5F, 1.5F, -2.5F}, 4, result), 1.0F);
  EXPECT_EQ(result, (std::vector<std::int16_t>{0, 2, -2}));  // ties to even
  EXPECT_EQ(to_whole_numbers({0.0F, 0.0F, 0.0F}, 100, result), 1.0F);
}

}  // namespace
}  // namespace dwmtj
