// SPDX-License-Identifier: Apache-2.0
// The read voltage over the MTJs: on for a read, settled after a while, off again; what flowed is
// posted when it is switched off.
#pragma once

#include <vector>

#include <systemc>

#include "rtl_models/tile_context.h"

namespace dwmtj {

class ReadSource : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> on;

  ReadSource(sc_core::sc_module_name name, TileContext& tile);

  [[nodiscard]] bool settled() const;
  // How often it was switched on.
  [[nodiscard]] std::uint64_t reading() const { return reading_; }
  // Columns were read: what their devices and references conduct together.
  void load(Conductance devices, Conductance references, std::uint64_t columns = 1) {
    loads_.push_back({devices, references, columns});
  }

 private:
  SC_HAS_PROCESS(ReadSource);
  void change();

  struct Load {
    Conductance devices;
    Conductance references;
    std::uint64_t columns;
  };
  TileContext& tile_;
  sc_core::sc_time since_;
  std::uint64_t reading_ = 0;
  std::vector<Load> loads_;
  Probe on_;
};

}  // namespace dwmtj
