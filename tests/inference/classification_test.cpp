// SPDX-License-Identifier: Apache-2.0
#include "inference/classification.h"

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

// 9065 of 10,000 by hand: centre 0.90634 - ..., as statsmodels'
// proportion_confint(method='wilson').
TEST(Share, HasWilsonsInterval) {
  const Share share{9065, 10000};
  EXPECT_DOUBLE_EQ(share.value(), 0.9065);
  EXPECT_NEAR(share.interval().low, 0.90063, 1e-5);
  EXPECT_NEAR(share.interval().high, 0.91206, 1e-5);
  EXPECT_EQ((Share{0, 10}.interval().low), 0.0);
  EXPECT_NEAR((Share{0, 10}.interval().high), 0.27754, 1e-5);
  EXPECT_DOUBLE_EQ((Share{10, 10}.interval().high), 1.0);
}

// t(0.975, 2) = 4.302653; deviation of 1, 2, 3 is 1.
TEST(MeanOf, HasStudentsInterval) {
  const auto mean = mean_of({1, 2, 3});
  EXPECT_DOUBLE_EQ(mean.mean, 2);
  EXPECT_DOUBLE_EQ(mean.deviation, 1);
  EXPECT_NEAR(mean.half_width, 4.302653 / std::sqrt(3.0), 1e-6);
  EXPECT_EQ(mean_of({5}).half_width, 0.0);
}

TEST(Confusion, CountsWhatWasRun) {
  const Predictions predictions = {0, 1, 1, kNotRun};
  const std::vector<int> labels = {0, 1, 0, 1};
  EXPECT_EQ(accuracy(predictions, labels).hits, 2);
  EXPECT_EQ(accuracy(predictions, labels).of, 3);
  EXPECT_EQ(confusion(predictions, labels, 2), (ConfusionTable{{1, 1}, {0, 1}}));
}

}  // namespace
}  // namespace dwmtj
