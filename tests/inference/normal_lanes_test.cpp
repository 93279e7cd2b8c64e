// SPDX-License-Identifier: Apache-2.0
#include "inference/normal_lanes.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "common/random_stream.h"

namespace dwmtj {
namespace {

TEST(ColumnNormals, AreThoseOfTheDraws) {
  std::vector<double> normals(150);
  fill_column_normals(5, (std::uint64_t{3} << 40U) + 7, 11, normals.size(), normals.data());
  for (std::size_t c = 0; c < normals.size(); ++c) {
    const auto words =
        draw(5, Stream::column_noise, (std::uint64_t{3} << 40U) + 7 + c / 2, 11).words;
    const double wanted = c % 2 == 0 ? normal(words[0], words[1]) : normal(words[2], words[3]);
    EXPECT_EQ(normals[c], wanted) << c;
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
    fill_column_normals(1, 0, static_cast<std::uint32_t>(read), normals.size(), normals.data());
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
