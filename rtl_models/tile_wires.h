// SPDX-License-Identifier: Apache-2.0
// The signals between a tile and its host.
#pragma once

#include <systemc>

#include "rtl_models/synapse_tile.h"

namespace dwmtj {

struct TileWires {
  // Binds the pins of both. The clock stays unbound: the tile has its own.
  template <typename Host>
  TileWires(SynapseTile& tile, Host& host) {
    tile.cmd_valid(cmd_valid), host.cmd_valid(cmd_valid);
    tile.cmd(cmd), host.cmd(cmd);
    tile.cmd_ready(cmd_ready), host.cmd_ready(cmd_ready);
    tile.rsp_valid(rsp_valid), host.rsp_valid(rsp_valid);
    tile.rsp(rsp), host.rsp(rsp);
    tile.rsp_ready(rsp_ready), host.rsp_ready(rsp_ready);
  }

  sc_core::sc_signal<bool> cmd_valid, cmd_ready, rsp_valid, rsp_ready;
  sc_core::sc_signal<TileCommand> cmd;
  sc_core::sc_signal<TileResult> rsp;
};

}  // namespace dwmtj
