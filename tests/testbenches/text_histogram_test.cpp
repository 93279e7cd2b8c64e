// SPDX-License-Identifier: Apache-2.0
#include "testbenches/text_histogram.h"

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

TEST(TextHistogram, Empty) { EXPECT_EQ(text_histogram({}), ""); }

TEST(TextHistogram, OneBinAValueWhereThatFits) {
  EXPECT_EQ(text_histogram({2, 2, 4}), "  2                  2  " + std::string(50, '#') +
                                           "\n  3                  0\n  4" +
                                           "                  1  " + std::string(25, '#') + "\n");
}

TEST(TextHistogram, WiderBinsKeepTheirNumberAndTheCount) {
  std::vector<long> values;
  for (long i = 0; i < 100; ++i) values.push_back(i);
  const auto text = text_histogram(values, 4);
  EXPECT_EQ(text.find("  0..24             25  "), 0U);
  EXPECT_NE(text.find("\n  75..99            25  "), std::string::npos);
}

TEST(TextHistogram, ARareValueStillShows) {
  std::vector<long> values(1000, 1);
  values.push_back(2);
  EXPECT_NE(text_histogram(values).find("  1  #\n"), std::string::npos);
}

}  // namespace
}  // namespace dwmtj
