// SPDX-License-Identifier: Apache-2.0
#include "tile/verify_cell.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "common/random_stream.h"

namespace dwmtj {
namespace {

// Levels 0 to 3; a ramp to level 2 is 20, 23, 26, 29.
VerifyParameters ramps() {
  return {{VerifyStrategy::step_and_reset, 30, 3, 50, 3, 100, 0}, {10, 15, 20, 25}};
}

VerifyParameters nudges() {
  auto parameters = ramps();
  parameters.strategy = VerifyStrategy::nudge;
  parameters.pushes = 3;
  return parameters;
}

std::vector<int> codes_after(VerifyCell& cell, const std::vector<Found>& outcomes) {
  std::vector<int> codes;
  for (const auto found : outcomes) {
    cell.verified(found);
    codes.push_back(cell.code());
  }
  return codes;
}

constexpr auto kBelow = Found::below;
constexpr auto kThere = Found::at_level;
constexpr auto kBeyond = Found::beyond;

void expect_end(const VerifyCell& cell, bool flagged, int pulses, int attempts) {
  EXPECT_TRUE(cell.finished());
  EXPECT_EQ(cell.flagged(), flagged);
  EXPECT_EQ(cell.code(), 0);
  EXPECT_EQ(cell.pulses(), pulses);
  EXPECT_EQ(cell.attempts(), attempts);
}

TEST(VerifyCell, StartsOpenWithoutAPulse) {
  const auto parameters = ramps();
  const VerifyCell cell(parameters, 2);
  EXPECT_EQ(cell.target(), 2);
  EXPECT_FALSE(cell.finished());
  EXPECT_EQ(cell.code(), 0);
  EXPECT_EQ(cell.pulses(), 0);
}

TEST(VerifyState, SaysWhereARunOrARampGoes) {
  VerifyState ramp{20};
  next_step(ramps(), 20, kBelow, ramp);
  EXPECT_EQ(ramp.direction, 1);
  next_step(ramps(), 20, kBeyond, ramp);
  EXPECT_EQ(ramp.direction, -1);
  VerifyState run{20};
  next_nudge(nudges(), 20, kBeyond, run);
  EXPECT_EQ(run.direction, -1);
  next_nudge(nudges(), 20, kBelow, run);
  EXPECT_EQ(run.direction, 1);
}

TEST(VerifyCell, AtItsLevelAtOnceItTakesNoPulse) {
  for (const auto& parameters : {ramps(), nudges()}) {
    VerifyCell cell(parameters, 2);
    cell.verified(kThere);
    expect_end(cell, false, 0, 1);
  }
}

TEST(StepAndReset, ClimbsFromTheFirstCodeOfItsLevel) {
  const auto parameters = ramps();
  VerifyCell cell(parameters, 2);
  EXPECT_EQ(codes_after(cell, {kBelow, kBelow, kBelow, kThere}), (std::vector<int>{20, 23, 26, 0}));
  expect_end(cell, false, 3, 1);
}

TEST(StepAndReset, AnOvershootIsResetAndClimbsAgain) {
  const auto parameters = ramps();
  VerifyCell cell(parameters, 2);
  EXPECT_EQ(codes_after(cell, {kBelow, kBelow, kBeyond, kBelow, kBelow, kThere}),
            (std::vector<int>{20, 23, -50, 20, 23, 0}));
  expect_end(cell, false, 5, 2);
}

TEST(StepAndReset, ARampPastTheLastCodeIsResetToo) {
  const auto parameters = ramps();
  VerifyCell cell(parameters, 3);
  EXPECT_EQ(codes_after(cell, {kBelow, kBelow, kBelow, kBelow, kThere}),
            (std::vector<int>{25, 28, -50, 25, 0}));
  expect_end(cell, false, 4, 2);
}

TEST(StepAndReset, TheLastCodeItselfIsStillGiven) {
  auto parameters = ramps();
  parameters.last_code = 28;
  VerifyCell cell(parameters, 3);
  EXPECT_EQ(codes_after(cell, {kBelow, kBelow, kBelow}), (std::vector<int>{25, 28, -50}));
}

TEST(StepAndReset, IsFlaggedAfterItsAttempts) {
  const auto parameters = ramps();
  VerifyCell cell(parameters, 2);
  EXPECT_EQ(codes_after(cell, {kBelow, kBeyond, kBelow, kBeyond, kBelow, kBeyond}),
            (std::vector<int>{20, -50, 20, -50, 20, 0}));
  expect_end(cell, true, 5, 3);
}

TEST(StepAndReset, ResettingADeviceNotPulsedYetBelongsToTheFirstAttempt) {
  auto parameters = ramps();
  for (const int attempts : {1, 3}) {
    parameters.attempts = attempts;
    VerifyCell cell(parameters, 2);
    EXPECT_EQ(codes_after(cell, {kBeyond, kBelow, kThere}), (std::vector<int>{-50, 20, 0}));
    expect_end(cell, false, 2, 1);
  }
}

// It may stand at the start and read too high there: away from it and back, it is drawn anew.
TEST(StepAndReset, AResetWithoutEffectIsFollowedByAStep) {
  const auto parameters = ramps();
  VerifyCell cell(parameters, 0);
  EXPECT_EQ(codes_after(cell, {kBeyond, kBeyond, kBeyond, kThere}),
            (std::vector<int>{-50, 10, -50, 0}));
  expect_end(cell, false, 3, 2);
}

TEST(StepAndReset, AResetThatNeverWorksEndsWithItsAttempts) {
  const auto parameters = ramps();
  VerifyCell cell(parameters, 0);
  EXPECT_EQ(codes_after(cell, std::vector<Found>(6, kBeyond)),
            (std::vector<int>{-50, 10, -50, 10, -50, 10}));
  EXPECT_FALSE(cell.finished());
  cell.verified(kBeyond);
  expect_end(cell, true, 6, 3);
}

TEST(Nudge, GrowsWhileNothingMovesUpToTheLastCode) {
  const auto parameters = nudges();
  VerifyCell cell(parameters, 2);
  EXPECT_EQ(codes_after(cell, std::vector<Found>(6, kBelow)),
            (std::vector<int>{20, 23, 26, 29, 30, 30}));
  EXPECT_EQ(cell.attempts(), 1);
}

// 32, 35 and 38 would be the next codes: three pushes at 30, the last. Then one pulse back.
TEST(Nudge, BacksOffFromAnEndAndComesAgain) {
  const auto parameters = nudges();
  VerifyCell cell(parameters, 2);
  EXPECT_EQ(codes_after(cell, std::vector<Found>(9, kBelow)),
            (std::vector<int>{20, 23, 26, 29, 30, 30, 30, -20, 20}));
  EXPECT_EQ(cell.attempts(), 2);
  EXPECT_EQ(codes_after(cell, {kThere}), std::vector<int>{0});
  expect_end(cell, false, 9, 2);
}

TEST(Nudge, BackingOffIsLimitedByTheAttempts) {
  auto parameters = nudges();
  parameters.attempts = 2;
  VerifyCell cell(parameters, 2);
  codes_after(cell, std::vector<Found>(15, kBeyond));
  EXPECT_FALSE(cell.finished());
  cell.verified(kBeyond);
  expect_end(cell, true, 15, 2);
}

TEST(Nudge, ATurnRestartsTheCode) {
  const auto parameters = nudges();
  VerifyCell cell(parameters, 2);
  EXPECT_EQ(codes_after(cell, {kBelow, kBelow, kBeyond, kBeyond, kBelow, kThere}),
            (std::vector<int>{20, 23, -20, -23, 20, 0}));
  expect_end(cell, false, 5, 3);
}

TEST(Nudge, TheFirstDirectionIsNoTurn) {
  const auto parameters = nudges();
  VerifyCell cell(parameters, 1);
  EXPECT_EQ(codes_after(cell, {kBeyond, kThere}), (std::vector<int>{-15, 0}));
  expect_end(cell, false, 1, 1);
}

TEST(Nudge, IsFlaggedAfterItsAttempts) {
  const auto parameters = nudges();
  VerifyCell cell(parameters, 2);
  EXPECT_EQ(codes_after(cell, {kBelow, kBeyond, kBelow, kBeyond}),
            (std::vector<int>{20, -20, 20, 0}));
  expect_end(cell, true, 3, 3);
}

TEST(VerifyCell, IsFlaggedAtThePulseLimitWhateverHappens) {
  for (auto parameters : {ramps(), nudges()}) {
    parameters.pulses = 2;
    VerifyCell cell(parameters, 2);
    codes_after(cell, {kBelow, kBelow});
    EXPECT_FALSE(cell.finished());
    cell.verified(kBelow);
    expect_end(cell, true, 2, 1);
  }
}

TEST(VerifyCell, TheLastPulseMayStillReachTheLevel) {
  for (auto parameters : {ramps(), nudges()}) {
    parameters.pulses = 2;
    VerifyCell cell(parameters, 2);
    codes_after(cell, {kBelow, kBelow, kThere});
    expect_end(cell, false, 2, 1);
  }
}

// A device whose wall goes anywhere: whatever it does, the bounds hold and an end comes.
TEST(VerifyCell, AlwaysEndsWithinItsBounds) {
  int done = 0;
  int flagged = 0;
  for (std::uint64_t device = 0; device < 4000; ++device) {
    auto parameters = device % 2 == 0 ? ramps() : nudges();
    parameters.attempts = 1 + static_cast<int>(device / 2 % 5);
    parameters.pulses = 1 + static_cast<int>(device / 10 % 40);
    const auto target = static_cast<int>(device / 400 % 4);
    VerifyCell cell(parameters, target);
    auto level = static_cast<int>(device % 4);
    int given = 0;
    for (std::uint32_t round = 0; !cell.finished(); ++round) {
      ASSERT_LE(round, 41U);
      cell.verified(level < target ? kBelow : level > target ? kBeyond : kThere);
      ASSERT_LE(std::abs(cell.code()), 50);
      ASSERT_EQ(cell.code() == 0, cell.finished());
      if (cell.finished()) break;
      ++given;
      ASSERT_EQ(cell.pulses(), given);
      const auto word = draw(11, Stream::stimulus, device, round).words[0];
      if (cell.code() == -parameters.reset_code) {
        level = word % 8 == 0 ? level : 0;
      } else {
        const int sign = cell.code() > 0 ? 1 : -1;
        level = std::clamp(level + sign * static_cast<int>(word % 3), 0, 3);
      }
    }
    EXPECT_LE(cell.pulses(), parameters.pulses);
    EXPECT_LE(cell.attempts(), parameters.attempts);
    EXPECT_TRUE(cell.flagged() || level == target);
    ++(cell.flagged() ? flagged : done);
  }
  EXPECT_GT(done, 1000);
  EXPECT_GT(flagged, 100);
}

}  // namespace
}  // namespace dwmtj
