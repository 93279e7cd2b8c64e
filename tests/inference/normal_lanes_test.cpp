// SPDX-License-Identifier: Apache-2.0
#include "inference/normal_lanes.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "common/random_stream.h"

namespace dwmtj {
namespace {

// Even and odd numbers of columns, reads that fill vectors and such that do not.
TEST(ColumnNormals, AreThoseOfTheDraws) {
  const std::uint64_t first = (std::uint64_t{3} << 40U) + 7;
  for (const std::size_t columns : {1U, 2U, 5U, 16U, 150U}) {
    const ReadNumbers numbers{11, 3, 9};
    std::vector<double> normals(columns * numbers.reads);
    fill_column_normals(5, first, numbers, columns, normals.data());
    for (std::size_t i = 0; i < normals.size(); ++i) {
      const auto c = i % columns;
      const auto count = 11 + 3 * static_cast<std::uint32_t>(i / columns);
      const auto words = draw(5, Stream::column_noise, first + c / 2, count).words;
      const double wanted = c % 2 == 0 ? normal(words[0], words[1]) : normal(words[2], words[3]);
      EXPECT_EQ(normals[i], wanted) << columns << ", " << i;
    }
  }
}

TEST(ColumnNormals, AreStandardAndOfEachReadTheirOwn) {
  double sum = 0;
  double squares = 0;
  double products = 0;
  constexpr int kReads = 4000;
  std::vector<double> normals(64);
  std::vector<double> before(64, 0.0);
  for (int read = 0; read < kReads; ++read) {
    fill_column_normals(1, 0, {static_cast<std::uint32_t>(read), 1, 1}, normals.size(),
                        normals.data());
    for (std::size_t c = 0; c < normals.size(); ++c) {
      sum += normals[c];
      squares += normals[c] * normals[c];
      products += normals[c] * before[c];
    }
    before = normals;
  }
  constexpr double kCount = 64.0 * kReads;
  EXPECT_NEAR(sum / kCount, 0.0, 4 / std::sqrt(kCount));
  EXPECT_NEAR(squares / kCount, 1.0, 4 * std::sqrt(2 / kCount));
  EXPECT_NEAR(products / kCount, 0.0, 4 / std::sqrt(kCount));
}

}  // namespace
}  // namespace dwmtj
