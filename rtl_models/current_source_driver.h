// SPDX-License-Identifier: Apache-2.0
// The write driver of a column: a trapezoid of current for each enable, amplitude by DAC code.
#pragma once

#include <cstdint>

#include <systemc>

#include "rtl_models/current_line.h"
#include "rtl_models/tile_context.h"
#include "tile/column_driver.h"

namespace dwmtj {

class CurrentSourceDriver : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> enable;        // rising edge: one pulse of `code`
  sc_core::sc_in<std::int16_t> code;  // signed: positive towards CLK
  sc_core::sc_in<bool> boost;         // high: the asymmetry of updates
  sc_core::sc_out<bool> ready;        // low while the pulse lasts
  sc_core::sc_port<CurrentLineIf> out;

  CurrentSourceDriver(sc_core::sc_module_name name, TileContext& tile, std::uint64_t seed,
                      std::uint64_t instance);

  [[nodiscard]] std::uint64_t clipped() const {
    return clipped_;
  }  // pulses at the compliance limit

 private:
  SC_HAS_PROCESS(CurrentSourceDriver);
  void run();
  void start_pulse();
  void watch();
  void plot(const CurrentPulse& pulse);

  TileContext& tile_;
  ColumnDriver driver_;
  DriverLaw law_;  // by steps
  sc_core::sc_time duration_;
  bool pulsing_ = false;
  sc_core::sc_time since_;
  int asked_ = 0;
  std::uint64_t clipped_ = 0;
  Probe current_;
};

}  // namespace dwmtj
