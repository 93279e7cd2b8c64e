// SPDX-License-Identifier: Apache-2.0
#include "rtl_models/row_decoder.h"

#include "common/sim_time.h"

namespace dwmtj {

RowDecoder::RowDecoder(sc_core::sc_module_name name, TileContext& tile)
    : sc_module(name),
      tile_(tile),
      row_(integer_probe(tile, std::string(this->name()) + ".row", 32)),
      side_(enumeration_probe(tile, std::string(this->name()) + ".side", Side::minus)) {
  row_.set(0, 0);
  side_.set(0, 0);
  SC_METHOD(change);
  sensitive << row << minus;
  dont_initialize();
}

void RowDecoder::change() {
  ++tile_.activations;
  settles_at_ =
      sc_core::sc_time_stamp() + to_sc_time(to_picoseconds(tile_.parameters.timing.select_settle));
  tile_.accounts.select(now_ps());
  row_.set(now_ps(), row.read());
  side_.set(now_ps(), minus.read());
}

bool RowDecoder::settled() const { return sc_core::sc_time_stamp() >= settles_at_; }

}  // namespace dwmtj
