// SPDX-License-Identifier: Apache-2.0
#include "common/parallel_for.h"

#include <cstdint>
#include <numeric>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "common/on_threads.h"

namespace dwmtj {
namespace {

// The thread sanitizer looks on: plain values, written before the loop, in its turns, and after it.
TEST(ParallelFor, TakesEveryTurnOnce) {
  std::vector<std::uint64_t> taken(1000);
  on_threads(4, [&] {
    for (std::uint64_t round = 1; round <= 100; ++round) {
      const std::vector<std::uint64_t> added(taken.size(), round);
      parallel_for(taken.size(), [&](std::size_t i) { taken[i] += added[i] + i; });
      ASSERT_EQ(taken[7], round * (round + 1) / 2 + 7 * round);
    }
  });
  for (std::size_t i = 0; i < taken.size(); ++i) ASSERT_EQ(taken[i], 5050 + 100 * i);
}

TEST(ParallelFor, TakesNoTurnOfNone) {
  const auto never = [](auto i) { ADD_FAILURE() << i; };
  parallel_for(0, never);
  parallel_for(-1, never);
  parallel_for(std::size_t{0}, never);
}

TEST(ParallelFor, ThrowsWhatATurnThrows) {
  std::vector<int> done(100);
  const auto some = [&](int i) {
    if (i == 77) throw std::runtime_error("at 77");
    done[static_cast<std::size_t>(i)] = 1;
  };
  for (int round = 0; round < 20; ++round) {
    on_threads(4, [&] { EXPECT_THROW(parallel_for(100, some), std::runtime_error); });
    EXPECT_EQ(done[77], 0);
    EXPECT_LE(std::accumulate(done.begin(), done.end(), 0), 99);
  }
}

}  // namespace
}  // namespace dwmtj
