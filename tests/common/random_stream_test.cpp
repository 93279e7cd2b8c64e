// SPDX-License-Identifier: Apache-2.0
#include "common/random_stream.h"

#include <algorithm>
#include <set>
#include <vector>

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

using Words = std::array<std::uint32_t, 4>;

constexpr std::uint64_t kSeed = 20240611;

// The counter of Random123's vectors is (instance low, instance high, count, stream); the key is
// the seed.
Words block(const Words& counter, std::uint32_t key_low, std::uint32_t key_high) {
  const auto wide = [](std::uint32_t low, std::uint32_t high) {
    return (std::uint64_t{high} << 32U) | low;
  };
  return draw(wide(key_low, key_high), static_cast<Stream>(counter[3]),
              wide(counter[0], counter[1]), counter[2])
      .words;
}

// kat_vectors of Random123, rows "philox 4x32 10".
TEST(Philox, AnswersAsPublished) {
  EXPECT_EQ(block({0, 0, 0, 0}, 0, 0), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(block({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, 0xffffffff, 0xffffffff),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(block({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0xa4093822, 0x299f31d0),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Draw, IsAFunctionOfItsArguments) {
  EXPECT_EQ(draw(kSeed, Stream::device, 7, 3).words, draw(kSeed, Stream::device, 7, 3).words);
}

TEST(Draw, DiffersWithEveryArgument) {
  const std::uint64_t high = std::uint64_t{1} << 32U;
  const std::set<Words> blocks = {
      draw(kSeed, Stream::device, 7, 3).words,        draw(kSeed + 1, Stream::device, 7, 3).words,
      draw(kSeed + high, Stream::device, 7, 3).words, draw(kSeed, Stream::instrument, 7, 3).words,
      draw(kSeed, Stream::stimulus, 7, 3).words,      draw(kSeed, Stream::device, 8, 3).words,
      draw(kSeed, Stream::device, 7 + high, 3).words, draw(kSeed, Stream::device, 7, 4).words,
  };
  EXPECT_EQ(blocks.size(), 8U);
}

// A sequence of `size` uniforms drawn by one instance.
std::vector<double> uniforms(Stream stream, std::uint64_t instance, std::uint32_t size) {
  std::vector<double> values;
  for (std::uint32_t count = 0; count < size; ++count) {
    for (const auto word : draw(kSeed, stream, instance, count).words) {
      values.push_back(uniform(word));
    }
  }
  return values;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - 0.5) * (b[i] - 0.5);
  return 12.0 * sum / static_cast<double>(a.size());  // the variance of a uniform is 1/12
}

// Over n independent pairs a correlation has the standard deviation 1/sqrt(n): 0.0025 here.
TEST(Streams, OfOneSeedAreNotCorrelated) {
  constexpr std::uint32_t kSize = 40000;
  constexpr double kFourSigma = 4.0 * 0.0025;
  const auto here = uniforms(Stream::device, 0, kSize);
  EXPECT_LT(std::abs(correlation(here, uniforms(Stream::instrument, 0, kSize))), kFourSigma);
  EXPECT_LT(std::abs(correlation(here, uniforms(Stream::comparator_noise, 0, kSize))), kFourSigma);
  EXPECT_LT(std::abs(correlation(here, uniforms(Stream::device, 1, kSize))), kFourSigma);
  EXPECT_LT(std::abs(correlation(here, uniforms(Stream::device, 1U << 31U, kSize))), kFourSigma);
}

TEST(Streams, HaveNoSerialCorrelation) {
  auto here = uniforms(Stream::device, 0, 40000);
  auto next = here;
  std::rotate(next.begin(), next.begin() + 1, next.end());
  EXPECT_LT(std::abs(correlation(here, next)), 4.0 * 0.0025);
}

TEST(Uniform, LiesFromZeroToBelowOne) {
  EXPECT_EQ(uniform(0), 0.0);
  EXPECT_LT(uniform(0xffffffff), 1.0);
  EXPECT_EQ(uniform(0x80000000), 0.5);
}

// 256 cells: chi-square has mean 255 and standard deviation sqrt(2 x 255) = 22.6.
TEST(Uniform, PassesAChiSquareTest) {
  constexpr std::size_t kCells = 256;
  const auto values = uniforms(Stream::device, 0, 100000);
  std::vector<double> found(kCells, 0.0);
  for (const double value : values) ++found[static_cast<std::size_t>(value * kCells)];
  const double expected = static_cast<double>(values.size()) / kCells;
  double chi_square = 0.0;
  for (const double count : found) chi_square += (count - expected) * (count - expected) / expected;
  EXPECT_GT(chi_square, 255.0 - 3.5 * 22.6);
  EXPECT_LT(chi_square, 255.0 + 3.5 * 22.6);
}

std::vector<double> normals(std::uint32_t size) {
  std::vector<double> values;
  for (std::uint32_t count = 0; count < size; ++count) {
    const auto words = draw(kSeed, Stream::device, 0, count).words;
    values.push_back(normal(words[0], words[1]));
    values.push_back(normal(words[2], words[3]));
  }
  return values;
}

TEST(Normal, HasMeanZeroAndVarianceOne) {
  const auto values = normals(100000);
  const auto n = static_cast<double>(values.size());
  double sum = 0.0;
  double squares = 0.0;
  for (const double value : values) {
    sum += value;
    squares += value * value;
  }
  EXPECT_NEAR(sum / n, 0.0, 4.0 / std::sqrt(n));
  EXPECT_NEAR(squares / n, 1.0, 4.0 * std::sqrt(2.0 / n));
}

// Kolmogorov-Smirnov: sqrt(n) D exceeds 1.95 once in a thousand.
TEST(Normal, PassesAKolmogorovSmirnovTest) {
  auto values = normals(100000);
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  double distance = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double expected = 0.5 * std::erfc(-values[i] / std::sqrt(2.0));
    const double below = static_cast<double>(i) / n;
    distance = std::max({distance, expected - below, below + 1.0 / n - expected});
  }
  EXPECT_LT(std::sqrt(n) * distance, 1.95);
}

TEST(Normal, HasTheTailsOfANormal) {
  const auto values = normals(100000);
  const auto n = static_cast<double>(values.size());
  for (const double limit : {2.0, 3.0, 4.0}) {
    const double expected = n * std::erfc(limit / std::sqrt(2.0));
    const auto found = std::count_if(values.begin(), values.end(),
                                     [&](double value) { return std::abs(value) > limit; });
    EXPECT_NEAR(static_cast<double>(found), expected, 4.0 * std::sqrt(expected)) << limit;
  }
}

TEST(Normal, IsFiniteAtTheEndsOfItsWords) {
  EXPECT_NEAR(normal(0, 0), 6.76, 0.01);  // the largest there is
  EXPECT_TRUE(std::isfinite(normal(0, 0xffffffff)));
  EXPECT_NEAR(normal(0xffffffff, 0), 0.0, 1e-4);
}

}  // namespace
}  // namespace dwmtj
