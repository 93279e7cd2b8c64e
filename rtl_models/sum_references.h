// SPDX-License-Identifier: Apache-2.0
// The reference currents that sums are compared with, one a column: a code each, currents that
// stand after a while, and what they spend until the next code.
#pragma once

#include <systemc>

#include "rtl_models/tile_context.h"
#include "tile/sum_readout.h"

namespace dwmtj {

class SumReferences : public sc_core::sc_module {
 public:
  sc_core::sc_vector<sc_core::sc_in<std::int16_t>> code;  // a column; 0: off

  SumReferences(sc_core::sc_module_name name, TileContext& tile, int columns,
                const SumReadout& readout);

  [[nodiscard]] bool settled() const;
  // What the comparator of a column is shown; it is counted where that is clipped.
  Voltage input(int column, Conductance difference);
  [[nodiscard]] std::uint64_t clipped() const { return clipped_; }

 private:
  SC_HAS_PROCESS(SumReferences);
  void change();

  TileContext& tile_;
  const SumReadout& readout_;
  bool on_ = false;
  sc_core::sc_time since_;
  std::uint64_t clipped_ = 0;
  std::vector<Probe> code_probes_;  // empty without waveforms
};

}  // namespace dwmtj
