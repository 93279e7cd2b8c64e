// SPDX-License-Identifier: Apache-2.0
// Time goes on for ever, but a command does not complete.
#include <gtest/gtest.h>

#include "replay/pins_replay.h"
#include "replay/tlm_host.h"
#include "replay/watchdog.h"
#include "tests/replay/mute_target.h"
#include "tests/replay/random_tiles.h"

namespace dwmtj {
namespace {

const TraceEntries kEntries = {{1000, 0, {TileOp::read, 2, Side::plus, {}}}};

TEST(Watchdog, LosesItsPatienceWithWhoHangs) {
  const sc_core::sc_clock clock("clock", 100, sc_core::SC_MS);
  test::MuteTarget mute("mute");
  InitiatorPort port("port", TlmTiming::at);
  port.socket.bind(mute.socket);
  TlmHost hanging("hanging", "tile9", kEntries, port);
  // A tile at work, and one that sleeps for long: these are well.
  auto tiles = test::random_tiles(2, 10);
  tiles[1].entries = {{100 * kPatience, 0, {TileOp::read, 0, Side::plus, {}}}};
  const PinsReplay sound(tiles);
  auto hosts = sound.hosts();
  hosts.push_back(&hanging);
  EXPECT_EQ(run_hosts(hosts),
            "stuck at 2 s: nothing completes: tile9: command 1 of 1 (read row 2 plus) waits for "
            "BEGIN_RESP since 1ns");
  EXPECT_TRUE(hosts[0]->finished());
  EXPECT_FALSE(hosts[1]->finished());
}

}  // namespace
}  // namespace dwmtj
