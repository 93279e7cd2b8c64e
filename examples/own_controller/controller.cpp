// SPDX-License-Identifier: Apache-2.0
// A controller of one's own at the pins of a tile: writes one cell pulse by pulse until a read says
// that it is there, and leaves own_controller.vcd.
#include <cstdio>

#include <systemc>

#include "common/sim_time.h"
#include "rtl_models/tile_wires.h"

using namespace dwmtj;

namespace {
constexpr int kRows = 2;
constexpr int kColumns = 4;
constexpr std::uint32_t kRow = 1;
constexpr int kColumn = 2;
constexpr std::int16_t kWanted = 2;
}  // namespace

SC_MODULE(Controller) {
  sc_core::sc_out<bool> cmd_valid{"cmd_valid"}, rsp_ready{"rsp_ready"};
  sc_core::sc_out<TileCommand> cmd{"cmd"};
  sc_core::sc_in<bool> cmd_ready{"cmd_ready"}, rsp_valid{"rsp_valid"};
  sc_core::sc_in<TileResult> rsp{"rsp"};
  int pulses = 0;
  bool reached = false;

  SC_CTOR(Controller) { SC_THREAD(write_one_cell); }

  TileResult give(const TileCommand& command) {
    while (!cmd_ready.read()) wait(cmd_ready.posedge_event());
    cmd.write(command);
    cmd_valid.write(true);
    wait(cmd_ready.negedge_event());
    cmd_valid.write(false);
    rsp_ready.write(true);
    wait(rsp_valid.negedge_event());
    rsp_ready.write(false);
    return rsp.read();
  }

  // The level of our cell, as comparators see it.
  int level() { return give({TileOp::read, kRow, Side::plus, {}}).data[kColumn]; }

  // Stronger and stronger, as the paper's ramps; from the start again where that went too far.
  void write_one_cell() {
    std::int16_t code = 0;
    while (level() != kWanted) {
      if (level() > kWanted) {
        give({TileOp::reset, kRow, Side::plus, {kSkip, kSkip, 0, kSkip}});
        code = 0;
      }
      give({TileOp::pulse, kRow, Side::plus, {0, 0, ++code, 0}});
      ++pulses;
    }
    reached = true;
    sc_core::sc_stop();
  }
};

int sc_main(int, char**) {
  const auto parameters = TileParameters::load(find_tile("trapezoidal"));
  const DeviceModel device(parameters.load_device());
  WaveformOptions waveform;
  waveform.now_ps = now_ps;
  WaveformWriter writer("own_controller.vcd", waveform);
  Ledger ledger;
  TileOptions options;
  options.shape = {kRows, kColumns};
  options.waveforms = &writer;
  SynapseTile tile("tile0", parameters, device, ledger, options);
  Controller controller("controller");
  TileWires wires(tile, controller);
  sc_core::sc_start(1, sc_core::SC_MS);
  std::printf("%s after %d pulses, %s, %.1f pJ\n",
              controller.reached ? "level reached" : "NOT reached", controller.pulses,
              sc_core::sc_time_stamp().to_string().c_str(), 1e12 * in_si(ledger.posted()));
  return controller.reached ? 0 : 1;
}
