// SPDX-License-Identifier: Apache-2.0
#include "tile/comparator_law.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/statistics.h"

namespace dwmtj {
namespace {

Voltage volts(double value) { return from_si<Voltage>(value); }
Time seconds(double value) { return from_si<Time>(value); }

// Offset 0.1 mV, noise 0.05 mV; 0.2 ns + 0.1 ns ln(100 mV / |x|), metastable after 2 ns.
ComparatorParameters catalog_like() {
  return {volts(0.1e-3), volts(0.05e-3), seconds(0.2e-9),       seconds(0.1e-9),
          volts(0.1),    seconds(2e-9),  from_si<Energy>(1e-14)};
}

ComparatorParameters ideal() {
  auto parameters = catalog_like();
  parameters.offset = volts(0.0);
  parameters.noise = volts(0.0);
  return parameters;
}

bool same(const Decision& a, const Decision& b) {
  return a.above == b.above && a.metastable == b.metastable;
}

TEST(ComparatorLaw, OffsetIsNormalOverInstances) {
  const auto parameters = catalog_like();
  std::vector<double> offsets;
  for (std::uint64_t instance = 0; instance < 20000; ++instance) {
    offsets.push_back(in_si(ComparatorLaw(parameters, 5, instance).offset()) / 0.1e-3);
  }
  EXPECT_GT(test::standard_normal_p(offsets), 0.01);
}

TEST(ComparatorLaw, OffsetIsDrawnOnce) {
  const auto parameters = catalog_like();
  ComparatorLaw comparator(parameters, 5, 3);
  const Voltage offset = comparator.offset();
  EXPECT_NE(in_si(offset), 0.0);
  for (int i = 0; i < 100; ++i) comparator.decide(volts(0.0));
  EXPECT_EQ(comparator.offset(), offset);
  EXPECT_EQ(comparator.decisions(), 100U);
  EXPECT_EQ(ComparatorLaw(parameters, 5, 3).offset(), offset);
  EXPECT_NE(ComparatorLaw(parameters, 6, 3).offset(), offset);
  EXPECT_NE(ComparatorLaw(parameters, 5, 4).offset(), offset);
}

TEST(ComparatorLaw, OffsetAddsToTheInput) {
  auto parameters = catalog_like();
  parameters.noise = volts(0.0);
  for (std::uint64_t instance = 0; instance < 100; ++instance) {
    ComparatorLaw comparator(parameters, 9, instance);
    EXPECT_TRUE(comparator.decide(-comparator.offset() + volts(1e-6)).above);
    EXPECT_FALSE(comparator.decide(-comparator.offset() - volts(1e-6)).above);
  }
}

// The share of positive decisions at an input of x sigma is the normal distribution's.
TEST(ComparatorLaw, NoiseIsNormalOverDecisions) {
  const auto parameters = catalog_like();
  ComparatorLaw comparator(parameters, 2, 0);
  test::ChiSquare chi_square;
  for (const double sigmas : {-2.0, -1.0, -0.3, 0.0, 0.5, 1.0, 2.5}) {
    const Voltage input = volts(sigmas * 0.05e-3) - comparator.offset();
    std::vector<std::uint64_t> counts(2, 0);
    for (int i = 0; i < 20000; ++i) ++counts[comparator.decide(input).above ? 1 : 0];
    const double above = 0.5 * std::erfc(-sigmas / std::sqrt(2.0));
    chi_square.add({1.0 - above, above}, counts);
  }
  EXPECT_GT(chi_square.p(), 0.01);
}

TEST(ComparatorLaw, DelayGrowsByTheTimeConstantPerFoldTowardsBalance) {
  const auto parameters = ideal();
  ComparatorLaw comparator(parameters, 1, 0);
  for (const double input : {0.1, 0.05, 0.01, 1e-3, 1e-5, 1e-7}) {
    const double expected = 200.0 + 100.0 * std::log(0.1 / input);  // ps
    for (const double sign : {-1.0, 1.0}) {
      const auto decision = comparator.decide(volts(sign * input));
      EXPECT_NEAR(static_cast<double>(decision.delay), expected, 0.51) << input;
      EXPECT_EQ(decision.above, sign > 0.0);
      EXPECT_FALSE(decision.metastable);
    }
  }
}

TEST(ComparatorLaw, InputsBeyondTheSwingAreNoFaster) {
  const auto parameters = ideal();
  ComparatorLaw comparator(parameters, 1, 0);
  for (const double input : {0.1, 0.2, 10.0, -10.0}) {
    EXPECT_EQ(comparator.decide(volts(input)).delay, 200) << input;
  }
}

TEST(ComparatorLaw, IsMetastableBeyondItsWindow) {
  const auto parameters = ideal();
  ComparatorLaw comparator(parameters, 1, 0);
  const double edge = 0.1 * std::exp(-18.0);  // decides after exactly 2 ns
  EXPECT_FALSE(comparator.decide(volts(edge * 1.01)).metastable);
  for (const double input : {edge * 0.99, -edge * 0.99, 0.0}) {
    const auto decision = comparator.decide(volts(input));
    EXPECT_TRUE(decision.metastable) << input;
    EXPECT_EQ(decision.delay, 2000) << input;
  }
}

TEST(ComparatorLaw, AWindowIsLongEnoughForWhatTakesAllOfIt) {
  auto parameters = ideal();
  parameters.window = parameters.delay;
  ComparatorLaw comparator(parameters, 1, 0);
  const auto decision = comparator.decide(parameters.swing);
  EXPECT_TRUE(decision.above);
  EXPECT_FALSE(decision.metastable);
  EXPECT_EQ(decision.delay, 200);
}

TEST(ComparatorLaw, TheCoinIsFairWhateverTheSign) {
  const auto parameters = ideal();
  test::ChiSquare chi_square;
  for (const double input : {-1e-12, 0.0, 1e-12}) {
    ComparatorLaw comparator(parameters, 8, 1);
    std::vector<std::uint64_t> counts(2, 0);
    for (int i = 0; i < 20000; ++i) ++counts[comparator.decide(volts(input)).above ? 1 : 0];
    chi_square.add({0.5, 0.5}, counts);
  }
  EXPECT_GT(chi_square.p(), 0.01);
}

TEST(ComparatorLaw, RepeatsBySeedInstanceAndCount) {
  const auto parameters = catalog_like();
  const auto decisions = [&](std::uint64_t seed, std::uint64_t instance) {
    ComparatorLaw comparator(parameters, seed, instance);
    std::vector<bool> above;
    for (int i = 0; i < 200; ++i) above.push_back(comparator.decide(-comparator.offset()).above);
    return above;
  };
  EXPECT_EQ(decisions(1, 2), decisions(1, 2));
  EXPECT_NE(decisions(1, 2), decisions(2, 2));
  EXPECT_NE(decisions(1, 2), decisions(1, 3));
}

// A number of volts around balance, over many orders of magnitude.
double around_balance(std::uint32_t i) {
  const auto words = draw(21, Stream::stimulus, 0, i).words;
  const double magnitude = std::pow(10.0, -10.0 + 9.5 * uniform(words[0]));
  return (words[1] & 1U) != 0 ? magnitude : -magnitude;
}

void expect_same_decisions(const ComparatorParameters& parameters, Picoseconds limit) {
  ComparatorLaw plain(parameters, 4, 7);
  ComparatorLaw quick(parameters, 4, 7);
  int told_at_once = 0;
  for (std::uint32_t i = 0; i < 100000; ++i) {
    const Voltage input = volts(around_balance(i)) - (i % 2 == 0 ? plain.offset() : volts(0.0));
    const auto expected = plain.decide(input);
    const auto decision = quick.decide_within(input, limit);
    ASSERT_TRUE(same(decision, expected)) << "limit " << limit << ", input " << in_si(input);
    if (decision.delay == 0 && expected.delay != 0) {
      ++told_at_once;
      ASSERT_LT(expected.delay, limit) << in_si(input);
    } else {
      ASSERT_EQ(decision.delay, expected.delay) << in_si(input);
    }
  }
  EXPECT_EQ(quick.decisions(), plain.decisions());
  if (in_si(parameters.delay) * 1e12 + 200.0 < static_cast<double>(limit)) {
    EXPECT_GT(told_at_once, 10000) << "limit " << limit;
  }
}

// With limits below the delay, within the window, at it, and beyond it.
TEST(ComparatorLaw, DecideWithinTellsTheSame) {
  for (const Picoseconds limit : {1, 200, 202, 500, 1000, 1999, 2000, 2001, 10000}) {
    expect_same_decisions(catalog_like(), limit);
    expect_same_decisions(ideal(), limit);
  }
}

TEST(ComparatorLaw, DecideWithinFollowsAChangeOfTheLimit) {
  const auto parameters = catalog_like();
  ComparatorLaw plain(parameters, 4, 7);
  ComparatorLaw quick(parameters, 4, 7);
  for (std::uint32_t i = 0; i < 10000; ++i) {
    const Voltage input = volts(around_balance(i));
    const Picoseconds limit = i % 3 == 0 ? 300 : 1000 + i % 7;
    const auto expected = plain.decide(input);
    const auto decision = quick.decide_within(input, limit);
    ASSERT_TRUE(same(decision, expected));
    ASSERT_EQ(decision.delay >= limit, expected.delay >= limit);
  }
}

}  // namespace
}  // namespace dwmtj
