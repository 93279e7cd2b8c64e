// SPDX-License-Identifier: Apache-2.0
#include "testbenches/expectation.h"

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

CommandRecord record(std::vector<std::int16_t> data) {
  TileResult result;
  result.data = std::move(data);
  result.pulses = {3, 7};
  result.attempts = {1, 2};
  return {{result, 0, 2000, from_si<Energy>(3e-12)}, {TileOp::read, 0, Side::plus, {}}};
}

std::string mismatch(const Expectation& expected, const CommandRecord& seen) {
  long none = 0;
  return dwmtj::mismatch(expected, seen, none);
}

TEST(Expectation, Nothing) { EXPECT_EQ(mismatch({}, record({1, 2})), ""); }

TEST(Expectation, Status) {
  auto seen = record({});
  seen.result.status = TileStatus::flagged;
  EXPECT_EQ(mismatch({}, seen), "expected ok, seen flagged");
  EXPECT_EQ(mismatch({TileStatus::flagged, {}, {}}, seen), "");
}

TEST(Expectation, Data) {
  const auto data = [](std::vector<std::int16_t> entries) {
    return Expectation{TileStatus::ok, std::move(entries), {}};
  };
  EXPECT_EQ(mismatch(data({1, 2}), record({1, 2})), "");
  EXPECT_EQ(mismatch(data({kSkip, 2}), record({7, 2})), "");
  EXPECT_EQ(mismatch(data({1, 2}), record({1, 3})), "expected [1, 2], seen [1, 3]");
  EXPECT_EQ(mismatch(data({1, kSkip}), record({1})), "expected [1, skip], seen [1]");
}

TEST(Expectation, ToleranceIsUsedUp) {
  const Expectation expected{TileStatus::ok, {1, 2}, {}};
  long tolerated = 3;
  EXPECT_EQ(dwmtj::mismatch(expected, record({0, 0}), tolerated), "");
  EXPECT_EQ(tolerated, 1);
  EXPECT_NE(dwmtj::mismatch(expected, record({0, 0}), tolerated), "");
  EXPECT_NE(dwmtj::mismatch(expected, record({0, 2}), tolerated), "");
}

// Each limit holds at its value and not below.
TEST(Expectation, Limits) {
  Expectation expected;
  expected.at_most = {7, 2, from_si<Time>(2e-9), from_si<Energy>(3e-12)};
  EXPECT_EQ(mismatch(expected, record({})), "");
  expected.at_most = {6, {}, {}, {}};
  EXPECT_EQ(mismatch(expected, record({})), "expected at most 6 pulses a cell, seen 7");
  expected.at_most = {{}, 1, {}, {}};
  EXPECT_EQ(mismatch(expected, record({})), "expected at most 1 attempts a cell, seen 2");
  expected.at_most = {{}, {}, from_si<Time>(1.9e-9), {}};
  EXPECT_EQ(mismatch(expected, record({})), "expected at most 1.9 ns duration, seen 2 ns");
  expected.at_most = {{}, {}, {}, from_si<Energy>(2.9e-12)};
  EXPECT_EQ(mismatch(expected, record({})), "expected at most 2.9 pJ energy, seen 3 pJ");
}

}  // namespace
}  // namespace dwmtj
