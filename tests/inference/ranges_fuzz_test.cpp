// SPDX-License-Identifier: Apache-2.0
// The fuzz target over a sound calibration and seeded accidents to it.
#include <array>
#include <random>

#include <gtest/gtest.h>

#include "tests/inference/ranges_fuzz_target.h"

namespace dwmtj {
namespace {

TEST(Ranges, SoundOneAndAccidents) {
  const auto sound = sound_ranges();
  ASSERT_NO_THROW(fuzz_ranges(sound));
  const std::array<const char*, 8> pieces = {"[",  "}", "null",  "-1e999",
                                             "\"", ",", "1e400", "\xff"};
  std::mt19937 random(1);
  for (int round = 0; round < 1000; ++round) {
    auto text = sound;
    for (auto count = 1 + random() % 3; count > 0; --count) {
      const auto at = random() % text.size();
      if (random() % 2 == 0) text.erase(at, 1 + random() % 20);
      text.insert(std::min<std::size_t>(at, text.size()), pieces[random() % pieces.size()]);
    }
    ASSERT_NO_THROW(fuzz_ranges(text)) << text;
  }
}

}  // namespace
}  // namespace dwmtj
