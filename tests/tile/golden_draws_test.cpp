// SPDX-License-Identifier: Apache-2.0
// Who draws what: each random quantity against the generator itself, called with the numbers of its
// stream written out. All views share these draws, so that none of them can see a mistake here.
#include <cmath>

#include <gtest/gtest.h>

#include "common/random_stream.h"
#include "devices/dw_mtj.h"
#include "tests/support/catalog_model.h"
#include "tile/comparator_law.h"
#include "tile/reference_ladder.h"

namespace dwmtj {
namespace {

using Words = std::array<std::uint32_t, 4>;

// Seed 0x1122334455667788, instance 0x0000000200000009.
constexpr std::uint64_t kSeed = 0x1122334455667788U;
constexpr std::uint64_t kInstance = 0x200000009U;
Words philox(std::uint32_t count, std::uint32_t stream) {
  const r123::Philox4x32::ctr_type counter = {{9, 2, count, stream}};
  const r123::Philox4x32::key_type key = {{0x55667788, 0x11223344}};
  const auto block = r123::Philox4x32{}(counter, key);
  return {block[0], block[1], block[2], block[3]};
}

double normal_of(const Words& words, std::size_t first) {
  // Box-Muller by the library, to the accuracy of ours.
  const double radius = std::sqrt(-2.0 * std::log((words[first] + 0.5) * 0x1p-32));
  return radius * std::cos(2.0 * M_PI * words[first + 1] * 0x1p-32);
}

constexpr double kNear = 1e-9;

// The known answer of Philox4x32-10 for zeros.
TEST(GoldenDraws, ComeFromTheGeneratorOfTheirName) {
  const Words zeros = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
  EXPECT_EQ(draw(0, Stream::device, 0, 0).words, zeros);
}

TEST(GoldenDraws, EveryStreamHasItsNumber) {
  const std::pair<Stream, std::uint32_t> streams[] = {
      {Stream::device, 0},           {Stream::instrument, 1},      {Stream::comparator_offset, 2},
      {Stream::comparator_noise, 3}, {Stream::reference_error, 4}, {Stream::stimulus, 5},
      {Stream::sum_reference, 8},    {Stream::read_noise, 9}};
  for (const auto& [stream, number] : streams) {
    for (const std::uint32_t count : {0U, 1U, 77U}) {
      EXPECT_EQ(draw(kSeed, stream, kInstance, count).words, philox(count, number)) << number;
    }
  }
}

TEST(GoldenDraws, OfAComparatorsOffset) {
  ComparatorParameters parameters{};
  parameters.offset = 1.0 * si::volts;
  parameters.window = 1e-6 * si::seconds;
  const ComparatorLaw law(parameters, kSeed, kInstance);
  EXPECT_NEAR(in_si(law.offset()), normal_of(philox(0, 2), 0), kNear);
}

// The delay tells how much the latch saw: 1 us a factor of e below the swing.
TEST(GoldenDraws, OfAComparatorsNoise) {
  ComparatorParameters parameters{};
  parameters.noise = 1.0 * si::volts;
  parameters.swing = 1e6 * si::volts;
  parameters.regeneration = 1e-6 * si::seconds;
  parameters.window = 1.0 * si::seconds;
  ComparatorLaw law(parameters, kSeed, kInstance);
  for (std::uint32_t count = 0; count < 3; ++count) {
    const double noise = normal_of(philox(count, 3), 0);
    const auto decision = law.decide(0.0 * si::volts);
    EXPECT_EQ(decision.above, noise > 0.0);
    EXPECT_NEAR(static_cast<double>(decision.delay), 1e6 * std::log(1e6 / std::abs(noise)), 2.0);
  }
}

// A latch that does not decide in time throws a coin of the same draw.
TEST(GoldenDraws, OfAComparatorsCoin) {
  ComparatorParameters parameters{};
  parameters.noise = 1.0 * si::volts;
  parameters.swing = 1e6 * si::volts;
  parameters.regeneration = 1e-6 * si::seconds;
  parameters.window = 1e-9 * si::seconds;
  ComparatorLaw law(parameters, kSeed, kInstance);
  for (std::uint32_t count = 0; count < 8; ++count) {
    const auto decision = law.decide(0.0 * si::volts);
    EXPECT_TRUE(decision.metastable);
    EXPECT_EQ(decision.above, (philox(count, 3)[2] & 1U) != 0);
    EXPECT_EQ(decision.delay, 1000);
  }
}

TEST(GoldenDraws, OfTheReferencesOfALadder) {
  const auto& model = test::catalog_model(test::kStraight);
  ReadParameters parameters{};
  const ReferenceLadder exact(parameters, model.readout(), kSeed, kInstance);
  parameters.reference_error = 0.5;
  const ReferenceLadder ladder(parameters, model.readout(), kSeed, kInstance);
  for (int i = 0; i < ladder.size(); ++i) {
    const auto count = static_cast<std::uint32_t>(i);
    EXPECT_NEAR(ladder.reference(i) / exact.reference(i) - 1.0,
                0.5 * normal_of(philox(count, 4), 0), kNear);
  }
}

TEST(GoldenDraws, OfADevicesResistance) {
  const auto& readout = test::catalog_model(test::kStraight).readout();
  DwMtj device(test::catalog_model(test::kStraight), kSeed, kInstance);
  for (std::uint32_t count = 0; count < 3; ++count) {
    device.saturate();  // a visit of site 0 that begins with the draw `count`
    const double deviation = (device.resistance() - readout.level(0)) / readout.spread(0);
    EXPECT_NEAR(deviation, normal_of(philox(count, 0), 2), 1e-6);
  }
}

// The first word says where the wall ends, the second when it went; the others neither.
TEST(GoldenDraws, OfADevicesPulse) {
  const auto& model = test::catalog_model(test::kStraight);
  const TransitionTable* table = nullptr;
  for (double volts = 1.0; volts < 8.0 && table == nullptr; volts += 0.02) {
    const auto& tried = model.table(model.pad_pulse(from_si<Voltage>(volts)));
    if (tried.probability(0, 0) > 0.2 && tried.probability(0, 0) < 0.8) table = &tried;
  }
  ASSERT_NE(table, nullptr);
  std::array<int, 2> seen = {0, 0};
  DwMtj device(model, kSeed, kInstance);
  device.saturate();
  for (std::uint32_t count = 1; count < 40; ++count) {
    if (device.site() != 0) device = DwMtj(model, kSeed, kInstance);
    while (device.state().draws < count) device.saturate();
    const auto words = philox(count, 0);
    const auto result = device.apply(*table);
    EXPECT_EQ(result.draw.words, words);
    const bool stays = uniform(words[0]) < table->probability(0, 0);
    EXPECT_EQ(result.to == 0, stays) << count;
    ++seen[stays ? 0 : 1];
    if (stays) continue;
    const auto moments = [&](Words drawn) {
      return in_si(table->motion(0, result.to, Draw{drawn}).front().leaves);
    };
    const double moment = moments(words);
    EXPECT_EQ(moments({~words[0], words[1], ~words[2], ~words[3]}), moment);
    EXPECT_NE(moments({words[0], ~words[1], words[2], words[3]}), moment);
  }
  EXPECT_GT(seen[0], 5);
  EXPECT_GT(seen[1], 5);
}

}  // namespace
}  // namespace dwmtj
