// SPDX-License-Identifier: Apache-2.0
#include "arrays/philox_lanes.h"

#include <random>

#include <gtest/gtest.h>

#include "common/random_stream.h"

namespace dwmtj {
namespace {

using Words = std::array<std::uint32_t, 4>;

template <std::size_t Lanes>
Words lane(const PhiloxLanes<Lanes>& lanes, std::size_t i) {
  return {lanes.word[0][i], lanes.word[1][i], lanes.word[2][i], lanes.word[3][i]};
}

Words philox(const Words& counter, std::uint64_t seed) {
  PhiloxLanes<1> lanes;
  for (std::size_t word = 0; word < 4; ++word) lanes.word[word][0] = counter[word];
  lanes.run(seed);
  return lane(lanes, 0);
}

// kat_vectors of Random123.
TEST(PhiloxLanes, GivesTheKnownAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, 0), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, 0xffffffffffffffff),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0x299f31d0a4093822),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

#if defined(__x86_64__)
TEST(PhiloxLanes, GiveTheSameInWiderVectors) {
  if (widest_vector_unit() < VectorUnit::avx512) GTEST_SKIP() << "no AVX-512 here";
  std::mt19937 random(2);
  for (int round = 0; round < 200; ++round) {
    PhiloxLanes<48> lanes;
    for (auto& word : lanes.word) {
      for (auto& each : word) each = static_cast<std::uint32_t>(random());
    }
    auto wider = lanes;
    const std::uint64_t seed = std::uint64_t{random()} << 32U | random();
    lanes.run(seed);
    wider.run_avx512(seed);
    ASSERT_EQ(wider.word, lanes.word);
  }
}
#endif

TEST(PhiloxLanes, EveryLaneIsADrawOfRandom123) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 200; ++round) {
    const std::uint64_t seed = random();
    std::array<std::uint64_t, 64> instance{};
    std::array<std::uint32_t, 64> count{};
    PhiloxLanes<64> lanes;
    for (std::size_t i = 0; i < 64; ++i) {
      instance[i] = random();
      count[i] = static_cast<std::uint32_t>(random());
      lanes.word[0][i] = static_cast<std::uint32_t>(instance[i]);
      lanes.word[1][i] = static_cast<std::uint32_t>(instance[i] >> 32U);
      lanes.word[2][i] = count[i];
      lanes.word[3][i] = static_cast<std::uint32_t>(Stream::comparator_noise);
    }
    lanes.run(seed);
    for (std::size_t i = 0; i < 64; ++i) {
      ASSERT_EQ(lane(lanes, i), draw(seed, Stream::comparator_noise, instance[i], count[i]).words);
    }
  }
}

}  // namespace
}  // namespace dwmtj
