// SPDX-License-Identifier: Apache-2.0
// The scenario reader over the shipped scenarios with small accidents in them.
#include "tests/testbenches/scenario_fuzz.h"

#include <random>

#include <gtest/gtest.h>

#include "testbenches/scenario.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

constexpr int kRounds = 1000;

const std::vector<std::string> kPieces = {
    "skip",
    "-1",
    "99999999999",
    "1e308",
    "nan",
    "[",
    "]",
    "{",
    "}",
    ": ",
    "\n",
    "- ",
    "&a ",
    "*a",
    "repeat: 10000, ",
    "expect: {status: ok}, ",
    "read-back",
    "sequence",
    "~",
    "\"",
    "\t",
    "%",
};

std::string damaged(std::string text, std::mt19937& random) {
  const auto below = [&](std::size_t end) { return random() % std::max<std::size_t>(end, 1); };
  for (std::size_t count = 1 + below(3); count > 0; --count) {
    const auto at = below(text.size());
    switch (below(3)) {
      case 0:
        text.insert(at, kPieces[below(kPieces.size())]);
        break;
      case 1:
        text.erase(at, 1 + below(12));
        break;
      default:
        if (!text.empty()) text[at] ^= static_cast<char>(1U << below(8));
    }
  }
  return text;
}

TEST(ScenarioFuzz, ShippedScenariosWithAccidents) {
  std::vector<std::string> texts;
  for (const auto& name : scenario_names()) texts.push_back(read_text(find_scenario(name)));
  std::mt19937 random(1);
  for (int round = 0; round < kRounds; ++round) {
    const auto text = damaged(texts[static_cast<std::size_t>(round) % texts.size()], random);
    EXPECT_NO_THROW(fuzz_scenario_file(text)) << text;
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace dwmtj
