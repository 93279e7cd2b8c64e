// SPDX-License-Identifier: Apache-2.0
#include "learning/perceptron.h"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "learning/ideal_synapses.h"
#include "tests/learning/small_data.h"

namespace dwmtj {
namespace {

LearningRule small_rule() {
  LearningRule rule;
  rule.hidden = {32, 32};
  rule.batch = 50;
  return rule;
}

Perceptron make(const LearningRule& rule, std::uint64_t seed = 1) {
  return {rule, 16, 10, seed, [rule](std::size_t, LayerShape, std::uint64_t first) {
            return std::make_unique<IdealSynapses>(rule.grid, first, 1e-13);
          }};
}

void learn(Perceptron& network, const LabelledImages& data, const LearningRule& rule, int steps) {
  std::vector<std::uint32_t> which(static_cast<std::size_t>(rule.batch));
  for (int i = 0; i < steps; ++i) {
    const auto first = static_cast<std::size_t>(i * rule.batch) % data.size();
    std::iota(which.begin(), which.end(), static_cast<std::uint32_t>(first));
    network.learn(data, which);
  }
}

double accuracy_after(const LearningRule& rule, int steps) {
  auto network = make(rule);
  learn(network, small_data(500, 1), rule, steps);
  return static_cast<double>(count_right(network, small_data(400, 2))) / 400.0;
}

TEST(Perceptron, LearnsWhatIsEasy) {
  auto rule = small_rule();
  EXPECT_LT(accuracy_after(rule, 0), 0.35);
  EXPECT_GT(accuracy_after(rule, 400), 0.8);
  rule.grid.zero = false;
  EXPECT_GT(accuracy_after(rule, 400), 0.8);
}

TEST(Perceptron, LearnsWithManyWeightValuesAndWithRelu) {
  auto rule = small_rule();
  rule.binarised = false;
  rule.grid = {16, false};
  EXPECT_GT(accuracy_after(rule, 400), 0.8);
  rule.activation = HiddenActivation::relu;
  EXPECT_GT(accuracy_after(rule, 400), 0.8);
}

// Weights that are all 0 tell no class from another: the cross entropy of ten is ln 10.
TEST(Perceptron, LossIsTheCrossEntropyOfTheBatch) {
  auto rule = small_rule();
  rule.rounding = Rounding::nearest;
  auto network = make(rule);
  learn(network, small_data(500, 1), rule, 2);
  EXPECT_NEAR(network.loss(), std::log(10.0), 1e-6);
  rule = small_rule();
  auto learning = make(rule);
  learn(learning, small_data(500, 1), rule, 400);
  EXPECT_LT(learning.loss(), 1.5);
  EXPECT_GT(learning.loss(), 0.0);
}

// Initial weights of at most 0.05 all round to 0, and a step never is half a level.
TEST(Perceptron, DoesNotLearnWithRoundingToNearest) {
  auto rule = small_rule();
  rule.rounding = Rounding::nearest;
  EXPECT_LT(accuracy_after(rule, 100), 0.2);
}

TEST(Perceptron, MultipliesByTheSignOrHoldsTheOneBefore) {
  for (const auto of_zero : {SignOfZero::zero, SignOfZero::hold}) {
    auto rule = small_rule();
    rule.sign_of_zero = of_zero;
    auto network = make(rule);
    learn(network, small_data(500, 1), rule, 100);
    const auto& layer = network.layer(1);
    int zeros = 0;
    for (std::size_t i = 0; i < 32; ++i) {
      for (std::size_t o = 0; o < 32; ++o) {
        const int weight = layer.synapses().weights()[i * 32 + o];
        const int seen = layer.multiplier(i, o);
        if (weight == 0) {
          ++zeros;
          EXPECT_EQ(std::abs(seen), of_zero == SignOfZero::hold ? 1 : 0);
        } else {
          EXPECT_EQ(seen, weight > 0 ? 1 : -1);
        }
      }
    }
    EXPECT_GT(zeros, 0);
  }
}

TEST(Perceptron, CountsEachImageByItself) {
  const auto rule = small_rule();
  auto network = make(rule);
  learn(network, small_data(500, 1), rule, 100);
  const auto whole = small_data(430, 2);
  LabelledImages first{4, 4, {}, {}}, rest{4, 4, {}, {}};
  for (std::size_t i = 0; i < whole.size(); ++i) {
    auto& part = i < 77 ? first : rest;
    part.labels.push_back(whole.labels[i]);
    part.pixels.insert(part.pixels.end(), whole.image(i), whole.image(i) + 16);
  }
  EXPECT_EQ(count_right(network, whole), count_right(network, first) + count_right(network, rest));
}

// The sums that are kept between calls are those that would be made anew.
TEST(Perceptron, CountsStandingImagesAsNewOnes) {
  const auto rule = small_rule();
  auto network = make(rule);
  const auto training = small_data(500, 1), test = small_data(430, 2);
  StandingImages standing(test);
  for (int i = 0; i < 4; ++i) {
    learn(network, training, rule, 30);
    EXPECT_EQ(network.count_right(standing), count_right(network, test));
    std::vector<std::int32_t> kept(100 * 32);
    standing.sums(7, 100, kept.data());
    std::int32_t sum = 0;
    for (std::size_t p = 0; p < 16; ++p)
      sum += test.image(9)[p] * network.layer(0).multiplier(p, 5);
    EXPECT_EQ(kept[2 * 32 + 5], sum);
  }
}

}  // namespace
}  // namespace dwmtj
