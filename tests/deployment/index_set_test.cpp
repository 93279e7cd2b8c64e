// SPDX-License-Identifier: Apache-2.0
// Sets of indices against std::set.
#include "deployment/index_set.h"

#include <algorithm>
#include <iterator>
#include <set>

#include <gtest/gtest.h>

#include "common/random_stream.h"

namespace dwmtj {
namespace {

TEST(IndexSet, KnowsWhatWasAdded) {
  for (const std::int64_t size : {1, 63, 64, 65, 200}) {
    IndexSet set(size);
    std::set<std::int64_t> known;
    for (int i = 0; i < 6; ++i) {
      const auto random = draw(5, Stream::stimulus, static_cast<std::uint64_t>(size),
                               static_cast<std::uint32_t>(i));
      const std::int64_t first = random.words[0] % static_cast<std::uint64_t>(size);
      const std::int64_t count =
          std::min<std::int64_t>(size - first, random.words[1] % (i % 2 == 0 ? 4U : 90U));
      set.add(first, count);
      for (std::int64_t k = 0; k < count; ++k) known.insert(first + k);
    }
    set.close();
    EXPECT_EQ(set.count(), static_cast<std::int64_t>(known.size()));
    for (std::int64_t i = 0; i <= size; ++i) {
      EXPECT_EQ(i < size && set.contains(i), known.count(i) == 1) << size << ' ' << i;
      EXPECT_EQ(set.below(i), std::distance(known.begin(), known.lower_bound(i)))
          << size << ' ' << i;
    }
  }
}

TEST(IndexSet, OfAllIsTheSameHoweverItWasFilled) {
  IndexSet filled(130);
  filled.add(0, 64);
  filled.add(64, 66);
  filled.close();
  EXPECT_TRUE(filled == IndexSet::all(130));
  EXPECT_EQ(filled.below(77), 77);
  filled.add(3);
  EXPECT_EQ(filled.count(), 130);
  IndexSet one_less(130);
  one_less.add(0, 129);
  one_less.close();
  EXPECT_FALSE(one_less == IndexSet::all(130));
}

}  // namespace
}  // namespace dwmtj
