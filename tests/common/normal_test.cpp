// SPDX-License-Identifier: Apache-2.0
// Against the standard library's functions; what normals are like is in random_stream_test.cpp.
#include "common/normal.h"

#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

constexpr double kTwoPi = 6.283185307179586476925286766559;

// The ends, the neighbours of every power of two, and random words.
std::vector<std::uint32_t> words() {
  std::vector<std::uint32_t> result = {0, 0xffffffffU};
  for (unsigned bit = 0; bit < 32; ++bit) {
    for (const std::uint32_t near : {0U, 1U, 0xffffffffU}) result.push_back((1U << bit) + near);
  }
  std::mt19937 random(1);
  const auto of_any_size = [&] { return static_cast<std::uint32_t>(random() >> random() % 32); };
  for (int i = 0; i < 100000; ++i) result.push_back(of_any_size());
  for (int i = 0; i < 1000; ++i) result.push_back(0U - of_any_size());
  return result;
}

TEST(AsDouble, IsExact) {
  for (const auto word : words()) EXPECT_EQ(as_double(word), static_cast<double>(word));
}

TEST(LogUniform, IsTheLogarithmOfTheMiddleOfItsCell) {
  for (const auto word : words()) {
    const double expected = std::log((word + 0.5) * 0x1p-32);
    EXPECT_NEAR(log_uniform(word), expected, 1e-13 * std::abs(expected)) << word;
    EXPECT_LT(log_uniform(word), 0.0) << word;
  }
}

TEST(CosOfTurn, IsTheCosine) {
  for (const auto word : words()) {
    EXPECT_NEAR(cos_of_turn(word), std::cos(kTwoPi * (word * 0x1p-32)), 2e-13) << word;
  }
}

TEST(Normal, IsBoxAndMullers) {
  std::mt19937 random(2);
  for (int i = 0; i < 100000; ++i) {
    const auto radius = static_cast<std::uint32_t>(random());
    const auto angle = static_cast<std::uint32_t>(random());
    const double expected =
        std::sqrt(-2.0 * std::log((radius + 0.5) * 0x1p-32)) * std::cos(kTwoPi * (angle * 0x1p-32));
    EXPECT_NEAR(normal(radius, angle), expected, 2e-12);
  }
}

TEST(Normal, IsNeverLargerThanTheLargest) {
  EXPECT_LT(normal(0, 0), kLargestNormal);
  EXPECT_GT(normal(0, 0x80000000U), -kLargestNormal);
}

}  // namespace
}  // namespace dwmtj
