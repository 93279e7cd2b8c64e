// SPDX-License-Identifier: Apache-2.0
// The signals between a flat tile and its master.
#pragma once

#include "rtl_models/flat_tile.h"

namespace dwmtj {

struct FlatWires {
  // Binds all pins of the tile but clock and reset.
  explicit FlatWires(FlatTile& tile) {
    tile.cmd_valid(cmd_valid), tile.cmd_ready(cmd_ready);
    tile.cmd_op(cmd_op), tile.cmd_row(cmd_row), tile.cmd_side(cmd_side);
    tile.cmd_bits(cmd_bits);
    tile.cmd_data(cmd_data), tile.cmd_keep(cmd_keep), tile.cmd_last(cmd_last);
    tile.rsp_valid(rsp_valid), tile.rsp_ready(rsp_ready);
    tile.rsp_status(rsp_status), tile.rsp_data(rsp_data);
    tile.rsp_pulses(rsp_pulses), tile.rsp_attempts(rsp_attempts);
    tile.rsp_keep(rsp_keep), tile.rsp_last(rsp_last);
  }

  template <typename T>
  using Wire = sc_core::sc_signal<T>;
  Wire<bool> cmd_valid, cmd_ready, cmd_side, cmd_keep, cmd_last;
  Wire<bool> rsp_valid, rsp_ready, rsp_keep, rsp_last;
  Wire<sc_dt::sc_uint<FlatTile::kOpBits>> cmd_op;
  Wire<sc_dt::sc_uint<FlatTile::kRowBits>> cmd_row;
  Wire<sc_dt::sc_uint<FlatTile::kStatusBits>> rsp_status;
  Wire<sc_dt::sc_uint<FlatTile::kResultBitsBits>> cmd_bits;
  Wire<FlatTile::Entry> cmd_data, rsp_data, rsp_pulses, rsp_attempts;
};

}  // namespace dwmtj
