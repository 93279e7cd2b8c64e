// SPDX-License-Identifier: Apache-2.0
#include "characterization/moments.h"

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

Moments of(const std::vector<double>& values) {
  Moments moments;
  for (const double value : values) moments.add(value);
  return moments;
}

void expect(const Moments& moments, std::uint64_t count, double mean, double squares, double least,
            double most) {
  EXPECT_EQ(moments.count(), count);
  EXPECT_DOUBLE_EQ(moments.mean(), mean);
  EXPECT_DOUBLE_EQ(moments.squares(), squares);
  EXPECT_DOUBLE_EQ(moments.least(), least);
  EXPECT_DOUBLE_EQ(moments.most(), most);
}

TEST(Moments, ByHand) {
  expect({}, 0, 0, 0, 0, 0);
  expect(of({3}), 1, 3, 0, 3, 3);
  expect(of({2, 4, 9}), 3, 5, 26, 2, 9);  // 9 + 1 + 16
  expect(of({-2, -9}), 2, -5.5, 24.5, -9, -2);
  EXPECT_DOUBLE_EQ(of({2, 4, 9}).deviation(), std::sqrt(13.0));
  EXPECT_DOUBLE_EQ(of({1, 2}).deviation(), std::sqrt(0.5));
  EXPECT_EQ(of({7}).deviation(), 0.0);
  EXPECT_EQ(Moments().deviation(), 0.0);
}

TEST(Moments, OfTwoPartsAreThoseOfAll) {
  auto parts = of({2, 4, 9});
  parts.add(of({-1, 1, 0, 6}));
  expect(parts, 7, 3, 76, -1, 9);  // 1 + 1 + 36 + 16 + 4 + 9 + 9
  parts.add(Moments());
  expect(parts, 7, 3, 76, -1, 9);
  auto none = Moments();
  none.add(of({5, 7}));
  expect(none, 2, 6, 2, 5, 7);
}

}  // namespace
}  // namespace dwmtj
