// SPDX-License-Identifier: Apache-2.0
// Ctrl-C before a replay: nothing is begun, and the outcome says so.
#include <csignal>

#include <gtest/gtest.h>

#include "common/interrupt.h"
#include "replay/replay.h"
#include "tests/replay/random_tiles.h"

namespace dwmtj {
namespace {

void expect_nothing_done(const ReplayOutcome& outcome) {
  EXPECT_TRUE(outcome.interrupted);
  EXPECT_EQ(outcome.tiles.size(), 2U);
  EXPECT_EQ(outcome.commands(), 0U);
}

TEST(InterruptedReplay, StopsInEveryView) {
  catch_interrupts();
  std::raise(SIGINT);
  const auto tiles = test::random_tiles(2, 10);
  PinsReplay pins(tiles, "pins_");
  TlmReplay at(tiles, {TlmTiming::at, {}, "at_"});
  TlmReplay lt(tiles, {TlmTiming::lt, {}, "lt_"});
  auto hosts = pins.hosts();
  for (const auto* const host : at.hosts()) hosts.push_back(host);
  for (const auto* const host : lt.hosts()) hosts.push_back(host);
  run_to_the_end(hosts);
  expect_nothing_done(pins.take_outcome());
  expect_nothing_done(at.take_outcome());
  expect_nothing_done(lt.take_outcome());
  expect_nothing_done(replay_bulk(tiles));
}

}  // namespace
}  // namespace dwmtj
