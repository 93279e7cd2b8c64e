// SPDX-License-Identifier: Apache-2.0
// The bias field over the tile: one value for writing, one for resetting, and time to change.
#pragma once

#include <systemc>

#include "rtl_models/tile_context.h"

namespace dwmtj {

class BiasField : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> reverse;  // the field for pulses towards IN

  BiasField(sc_core::sc_module_name name, TileContext& tile);

  [[nodiscard]] Field field() const;
  [[nodiscard]] bool settled() const;

 private:
  SC_HAS_PROCESS(BiasField);
  void change();

  TileContext& tile_;
  sc_core::sc_time settles_at_;
  Probe field_;
};

}  // namespace dwmtj
