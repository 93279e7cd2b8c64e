// SPDX-License-Identifier: Apache-2.0
#include "learning/integer_product.h"

#include <algorithm>
#include <array>
#include <numeric>
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

// Words of both sides, and what their product has to be.
struct Operands {
  std::vector<std::int32_t> left, right;
  std::vector<std::int64_t> wanted;
};

Operands pairs(const ProductShape& shape) {
  Operands result{{}, {}, std::vector<std::int64_t>(shape.rows * shape.columns, 0)};
  for (std::size_t k = 0; k < shape.words; ++k) {
    std::vector<std::int16_t> l, r;
    for (std::size_t i = 0; i < 2 * shape.rows; ++i) l.push_back(number(1000 * k + i, 32767));
    for (std::size_t i = 0; i < 2 * shape.columns; ++i) r.push_back(number(999 * k + i, 255));
    for (std::size_t i = 0; i < l.size(); i += 2) result.left.push_back(packed(l[i], l[i + 1]));
    for (std::size_t i = 0; i < r.size(); i += 2) result.right.push_back(packed(r[i], r[i + 1]));
    for (std::size_t i = 0; i < result.wanted.size(); ++i) {
      const auto row = 2 * (i / shape.columns), column = 2 * (i % shape.columns);
      result.wanted[i] += l[row] * r[column] + l[row + 1] * r[column + 1];
    }
  }
  return result;
}

// The largest numbers that there may be among them.
Operands bytes(const ProductShape& shape) {
  Operands result{{}, {}, std::vector<std::int64_t>(shape.rows * shape.columns, 0)};
  const auto word = [](const std::array<int, 4>& of) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 4; ++i) bits |= (static_cast<std::uint32_t>(of[i]) & 0xff) << 8 * i;
    return static_cast<std::int32_t>(bits);
  };
  for (std::size_t k = 0; k < shape.words; ++k) {
    std::vector<std::array<int, 4>> l(shape.rows), r(shape.columns);
    for (std::size_t i = 0; i < 4 * shape.rows; ++i) {
      l[i / 4][i % 4] = k == 0 ? 255 : std::abs(number(1000 * k + i, 255));
    }
    for (std::size_t i = 0; i < 4 * shape.columns; ++i) {
      const int sign = i % 8 < 4 ? 1 : -1;
      r[i / 4][i % 4] = k == 0 ? sign * kLargestRightByte : number(999 * k + i, kLargestRightByte);
    }
    for (const auto& of : l) result.left.push_back(word(of));
    for (const auto& of : r) result.right.push_back(word(of));
    for (std::size_t i = 0; i < result.wanted.size(); ++i) {
      const auto &a = l[i / shape.columns], &b = r[i % shape.columns];
      result.wanted[i] += std::inner_product(a.begin(), a.end(), b.begin(), 0);
    }
  }
  return result;
}

void expect_exact(const ProductShape& shape) {
  const auto of_pairs = pairs(shape), of_bytes = bytes(shape);
  for (const auto unit : units()) {
    const std::size_t size = shape.rows * shape.columns;
    constexpr std::int32_t kUntouched = -12345;
    std::vector<std::int32_t> result(size + 8 * shape.columns, kUntouched);
    const auto values = [&] {
      EXPECT_EQ(
          std::count(result.begin() + static_cast<std::ptrdiff_t>(size), result.end(), kUntouched),
          8 * shape.columns)
          << "beyond the last row";
      return std::vector<std::int64_t>(result.begin(),
                                       result.begin() + static_cast<std::ptrdiff_t>(size));
    };
    integer_product({of_pairs.left.data(), shape.rows}, {of_pairs.right.data(), shape.columns},
                    shape, result.data(), shape.columns, unit);
    EXPECT_EQ(values(), of_pairs.wanted);
    byte_product({of_bytes.left.data(), shape.rows}, {of_bytes.right.data(), shape.columns}, shape,
                 result.data(), shape.columns, unit);
    EXPECT_EQ(values(), of_bytes.wanted);
  }
}

TEST(IntegerProduct, IsExactForEveryShapeAndUnit) {
  for (const std::size_t rows : {1U, 2U, 3U, 4U, 5U, 6U, 13U}) {
    for (const std::size_t columns : {16U, 80U, 144U}) expect_exact({rows, columns, 7});
  }
  expect_exact({6, 64, 1});
}

TEST(GradientBatch, HasItsNumbersInBothForms) {
  GradientBatch batch(3, 4);
  for (int i = 0; i < 12; ++i) {
    batch.values[static_cast<std::size_t>(i)] = static_cast<std::int16_t>(i - 6);
  }
  batch.pack(3);
  EXPECT_EQ(batch.feature_words[1 * 3 + 2], packed(4, 5));  // image 2, features 2 and 3
  EXPECT_EQ(batch.image_words[0 * 4 + 1], packed(-5, -1));  // feature 1 of images 0 and 1
  EXPECT_EQ(batch.image_words[1 * 4 + 3], packed(5, 0));    // there is no image 3
}

TEST(InputBatch, HasItsBytesInOneFormAndItsValuesInTheOther) {
  InputBatch batch(3, 8, 1);
  for (int i = 0; i < 24; ++i)
    batch.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(i);
  batch.pack_features(3);
  batch.pack_images(3);
  EXPECT_EQ(batch.feature_words[1 * 3 + 2], 0x17161514);   // image 2, features 4 to 7
  EXPECT_EQ(batch.image_words[0 * 8 + 0], packed(-1, 7));  // feature 0 of images 0 and 1
  EXPECT_EQ(batch.image_words[1 * 8 + 3], packed(18, 0));
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
