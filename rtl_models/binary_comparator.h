// SPDX-License-Identifier: Apache-2.0
// A latched comparator: samples its input at the strobe, answers when the latch has decided.
#pragma once

#include <systemc>

#include "rtl_models/sense_line.h"
#include "rtl_models/tile_context.h"
#include "tile/comparator_law.h"

namespace dwmtj {

class BinaryComparator : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> strobe;     // rising edge samples; keep high until `valid`
  sc_core::sc_out<bool> decision;  // holds from one decision to the next
  sc_core::sc_out<bool> valid;     // low from the strobe until the decision stands
  sc_core::sc_port<SenseLineIf> in;

  BinaryComparator(sc_core::sc_module_name name, TileContext& tile, std::uint64_t seed,
                   std::uint64_t instance);

  [[nodiscard]] const ComparatorLaw& law() const { return law_; }
  // Before the simulation: as one that has decided so often.
  void restore(std::uint32_t decisions) { law_.restore(decisions); }
  [[nodiscard]] std::uint64_t metastable() const { return metastable_; }

 private:
  SC_HAS_PROCESS(BinaryComparator);
  void run();
  void sample();
  void watch();

  TileContext& tile_;
  ComparatorLaw law_;
  Decision pending_{};
  bool deciding_ = false;
  sc_core::sc_time since_;
  std::uint64_t metastable_ = 0;
  Probe input_;
  Probe output_;
};

}  // namespace dwmtj
