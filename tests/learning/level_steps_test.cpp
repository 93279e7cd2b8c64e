// SPDX-License-Identifier: Apache-2.0
#include "learning/level_steps.h"

#include <cmath>

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

// Weights of one value under one gradient, from the first step of training on.
class Weights {
 public:
  Weights(std::size_t size, int weight, int gradient)
      : weights_(size, static_cast<std::int8_t>(weight)),
        gradients_(size, gradient),
        mean_(size, 0.0F),
        square_(size, 0.0F),
        carry_(size, 0.0F) {}

  std::vector<LevelStep> step(const LearningRule& rule, std::uint32_t made = 0, bool carry = false,
                              VectorUnit unit = widest_vector_unit()) {
    StepLaw law(rule, 7);
    law.begin(made);
    std::vector<LevelStep> result;
    law.steps({0, weights_.size(), gradients_.data(), 1e-3F, weights_.data(), mean_.data(),
               square_.data(), carry ? carry_.data() : nullptr},
              0, result, unit);
    return result;
  }
  void vary() {
    for (std::size_t i = 0; i < weights_.size(); ++i) {
      weights_[i] = static_cast<std::int8_t>(static_cast<int>(i % 7) - 3);
      gradients_[i] = static_cast<int>(i * i % 1001) - 500;
    }
  }

 private:
  std::vector<std::int8_t> weights_;
  std::vector<std::int32_t> gradients_;
  std::vector<float> mean_, square_, carry_;
};

constexpr std::size_t kMany = 64UL * 4096;

// Adam's first step is the learning rate, whatever the gradient: 0.005. In levels of 1/3 that is
// 0.015; times the factor, times delta where abs(W) rises.
void expect_share(const LearningRule& rule, int weight, int gradient, double probability) {
  const auto steps = Weights(kMany, weight, gradient).step(rule);
  for (const auto& step : steps) EXPECT_EQ(step.steps, gradient > 0 ? -1 : 1);
  const double mean = probability * kMany;
  EXPECT_NEAR(static_cast<double>(steps.size()), mean, 5.0 * std::sqrt(mean));
}

TEST(LevelSteps, ComeWithTheProbabilityOfEquationOne) {
  const LearningRule rule;                          // 1:4, delta 3, factor both ways
  expect_share(rule, 0, 500, 0.015);                // f(0) = 1, and no delta at 0
  expect_share(rule, 1, 500, 0.015 * 0.75);         // f(1/3) = 3/4
  expect_share(rule, 2, 500, 0.015 * 0.5);          // f(2/3) = 1/2
  expect_share(rule, 3, 500, 0.015 * 0.25);         // f(1) = 1/4
  expect_share(rule, 1, -500, 0.015 * 0.75 * 3.0);  // abs(W) rises: delta
  expect_share(rule, -2, 500, 0.015 * 0.5 * 3.0);
  expect_share(rule, 3, -500, 0.0);  // clipped
}

TEST(LevelSteps, MayBeScaledOnTheWayDownOnly) {
  LearningRule rule;
  rule.metaplasticity = Metaplasticity::decreasing;
  expect_share(rule, 2, 500, 0.015 * 0.5);
  expect_share(rule, 2, -500, 0.015 * 3.0);
}

TEST(LevelSteps, OfLevelsWithoutZeroAreOfTwoUnits) {
  LearningRule rule;
  rule.grid = {4, false};  // W = w / 7
  rule.width_ratio = 1.0;
  rule.delta = 1.0;
  expect_share(rule, 3, 500, 0.005 * 7 / 2);
}

TEST(LevelSteps, RoundedToNearestNeedHalfALevel) {
  LearningRule rule;
  rule.rounding = Rounding::nearest;
  EXPECT_TRUE(Weights(kWeightBlock, 0, 500).step(rule).empty());
  rule.learning_rate = 0.2;  // 0.6 levels
  EXPECT_EQ(Weights(kWeightBlock, 0, 500).step(rule).size(), kWeightBlock);
}

TEST(LevelSteps, AreCarriedOnUntilTheyAreALevel) {
  LearningRule rule;
  rule.learning_rate = 0.1;  // 0.3 levels at the first step, and more at the following
  Weights weights(kWeightBlock, 0, 500);
  int calls = 1;
  while (weights.step(rule, 0, true).empty()) ++calls;
  EXPECT_GE(calls, 2);
  EXPECT_LE(calls, 4);
}

TEST(LevelSteps, AreTheSameOnEveryUnit) {
  if (widest_vector_unit() == VectorUnit::none) GTEST_SKIP() << "there is one unit only";
  LearningRule rule;
  rule.learning_rate = 0.05;
  Weights narrow(6400, 0, 0);
  narrow.vary();
  Weights avx2 = narrow, widest = narrow;
  const auto expect_equal = [](const std::vector<LevelStep>& a, const std::vector<LevelStep>& b) {
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
      EXPECT_EQ(a[i].weight, b[i].weight);
      EXPECT_EQ(a[i].steps, b[i].steps);
    }
  };
  for (std::uint32_t made = 0; made < 3; ++made) {
    const auto expected = narrow.step(rule, made, false, VectorUnit::none);
    EXPECT_FALSE(expected.empty());
    expect_equal(avx2.step(rule, made, false, VectorUnit::avx2), expected);
    expect_equal(widest.step(rule, made), expected);
  }
}

}  // namespace
}  // namespace dwmtj
