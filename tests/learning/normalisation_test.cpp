// SPDX-License-Identifier: Apache-2.0
#include "learning/normalisation.h"

#include <cmath>

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

// Two features of three images, in rows of four; y = sum / 2.
const std::vector<std::int32_t> kSums = {2, 10, 0, 0, 4, 20, 0, 0, 12, 60, 0, 0};

TEST(Normalisation, HasMeanZeroAndVarianceOne) {
  Normalisation norm(2, 4, 0.5F);
  std::vector<float> z(12, 0.0F);
  norm.forward(kSums.data(), 3, z.data());
  // y of feature 0: 1, 2, 6; mean 3, variance 14/3.
  EXPECT_NEAR(z[0], -2.0 / std::sqrt(14.0 / 3.0 + 1e-5), 1e-6);
  EXPECT_NEAR(z[8], 3.0 / std::sqrt(14.0 / 3.0 + 1e-5), 1e-6);
  EXPECT_NEAR(norm.running_mean()[0], 0.1 * 3.0, 1e-6);
  EXPECT_NEAR(norm.running_variance()[0], 0.9 + 0.1 * 7.0, 1e-6);  // unbiased, as PyTorch
  norm.apply(kSums.data(), 3, z.data());
  EXPECT_NEAR(z[0], (1.0 - 0.3) / std::sqrt(1.6 + 1e-5), 1e-6);
}

// L = sum of c z, with finite differences of y.
TEST(Normalisation, GradientsAreThoseOfTheLoss) {
  const std::vector<float> c = {0.3F, -1.0F, 0, 0, 0.7F, 0.2F, 0, 0, -0.4F, 0.9F, 0, 0};
  const float unit = 1e-3F;
  std::vector<float> z(12, 0.0F);
  const auto loss = [&](const std::vector<std::int32_t>& sums) {
    Normalisation(2, 4, unit).forward(sums.data(), 3, z.data());
    double sum = 0.0;
    for (std::size_t i = 0; i < 12; ++i) sum += double{c[i]} * double{z[i]};
    return sum;
  };
  std::vector<std::int32_t> sums = kSums;
  for (auto& sum : sums) sum *= 500;
  Normalisation norm(2, 4, unit);
  norm.forward(sums.data(), 3, z.data());
  auto gradients = c;
  norm.backward(z.data(), 3, gradients.data());
  for (const std::size_t i : {0U, 1U, 4U, 5U, 8U, 9U}) {
    auto more = sums, less = sums;
    more[i] += 10;
    less[i] -= 10;
    EXPECT_NEAR(gradients[i], (loss(more) - loss(less)) / (20 * double{unit}), 2e-4);
  }
}

}  // namespace
}  // namespace dwmtj
