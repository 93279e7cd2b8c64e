// SPDX-License-Identifier: Apache-2.0
// Row and side select lines: after a change they settle before anything may flow through them.
#pragma once

#include <cstdint>

#include <systemc>

#include "rtl_models/tile_context.h"

namespace dwmtj {

class RowDecoder : public sc_core::sc_module {
 public:
  sc_core::sc_in<std::uint32_t> row;
  sc_core::sc_in<bool> minus;  // which device of the pairs

  RowDecoder(sc_core::sc_module_name name, TileContext& tile);

  [[nodiscard]] std::uint32_t selected_row() const { return row.read(); }
  [[nodiscard]] bool selected_minus() const { return minus.read(); }
  [[nodiscard]] bool settled() const;

 private:
  SC_HAS_PROCESS(RowDecoder);
  void change();

  TileContext& tile_;
  sc_core::sc_time settles_at_;
  Probe row_;
  Probe side_;
};

}  // namespace dwmtj
