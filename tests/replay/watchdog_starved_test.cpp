// SPDX-License-Identifier: Apache-2.0
// Commands are left and the kernel has nothing more to do.
#include <gtest/gtest.h>

#include "replay/pins_host.h"
#include "replay/tlm_host.h"
#include "replay/watchdog.h"
#include "tests/replay/mute_target.h"
#include "tests/replay/random_tiles.h"

namespace dwmtj {
namespace {

const TraceEntries kEntries = {{kWhenFree, 0, {TileOp::read, 2, Side::plus, {}}},
                               {kWhenFree, 0, {TileOp::reset, 0, Side::plus, {}}}};
const TraceEntries kLate = {{1500, 0, {TileOp::multiply, 0, Side::plus, {1}}}};

// A tile and a host whose pins are not wired to each other.
struct DeafTile {
  DeafTile()
      : tile("tile0", parameters, test::catalog_model(parameters.device), ledger, options()),
        host("deaf", tile, kLate) {
    bind(tile, of_tile);
    bind(host, of_host);
  }

  static TileOptions options() {
    TileOptions options;
    options.shape = {1, 1};
    return options;
  }

  struct Wires {
    sc_core::sc_signal<bool> cmd_valid, cmd_ready, rsp_valid, rsp_ready;
    sc_core::sc_signal<TileCommand> cmd;
    sc_core::sc_signal<TileResult> rsp;
  };
  template <typename Module>
  static void bind(Module& module, Wires& wires) {
    module.cmd_valid(wires.cmd_valid), module.cmd_ready(wires.cmd_ready), module.cmd(wires.cmd);
    module.rsp_valid(wires.rsp_valid), module.rsp_ready(wires.rsp_ready), module.rsp(wires.rsp);
  }

  const TileParameters& parameters = test::catalog_tile("straight");
  Ledger ledger;
  Wires of_tile, of_host;
  SynapseTile tile;
  PinsHost host;
};

TEST(Watchdog, NamesWhoWaitsForWhat) {
  const DeafTile deaf;
  test::MuteTarget mute("mute");
  test::MuteTarget silent("silent");
  silent.accepts = false;
  test::MuteTarget unused("unused");
  const TraceEntries none;
  InitiatorPort to_mute("to_mute", TlmTiming::at);
  InitiatorPort to_silent("to_silent", TlmTiming::at);
  InitiatorPort to_unused("to_unused", TlmTiming::at);
  to_mute.socket.bind(mute.socket);
  to_silent.socket.bind(silent.socket);
  to_unused.socket.bind(unused.socket);
  TlmHost second("second", "tile1", kEntries, to_mute);
  TlmHost third("third", "tile2", kEntries, to_silent);
  TlmHost idle("idle", "tile3", none, to_unused);
  EXPECT_EQ(run_hosts({&deaf.host, &second, &third, &idle}),
            "stuck at 1500 ps: nothing is left to happen: "
            "tile0: command 1 of 1 (multiply row 0 plus) waits for cmd_ready to rise since 1500ps; "
            "tile1: command 1 of 2 (read row 2 plus) waits for BEGIN_RESP since 0s; "
            "tile2: command 1 of 2 (read row 2 plus) waits for END_REQ since 0s");
  EXPECT_EQ(mute.requests + silent.requests + unused.requests, 2);
}

}  // namespace
}  // namespace dwmtj
