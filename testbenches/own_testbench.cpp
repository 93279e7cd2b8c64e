// SPDX-License-Identifier: Apache-2.0
// An example: a tile in a testbench of your own, driven over its pins by a process of your own.
// Programs a row, reads it back, and leaves own_testbench.vcd for GTKWave.
#include <cstdio>

#include <systemc>

#include "common/sim_time.h"
#include "rtl_models/tile_wires.h"

using namespace dwmtj;

SC_MODULE(MyHost) {
  sc_core::sc_out<bool> cmd_valid{"cmd_valid"}, rsp_ready{"rsp_ready"};
  sc_core::sc_out<TileCommand> cmd{"cmd"};
  sc_core::sc_in<bool> cmd_ready{"cmd_ready"}, rsp_valid{"rsp_valid"};
  sc_core::sc_in<TileResult> rsp{"rsp"};
  bool passed = false;

  SC_CTOR(MyHost) { SC_THREAD(run); }

  TileResult give(const TileCommand& command) {
    while (!cmd_ready.read()) wait(cmd_ready.posedge_event());
    cmd.write(command);
    cmd_valid.write(true);  // taken at the next clock edge of the tile
    wait(cmd_ready.negedge_event());
    cmd_valid.write(false);
    rsp_ready.write(true);
    wait(rsp_valid.negedge_event());
    rsp_ready.write(false);
    return rsp.read();
  }

  void run() {
    const std::vector<std::int16_t> levels = {3, 1, 0, 2};
    const auto programmed = give({TileOp::program, 1, Side::plus, levels});
    const auto read = give({TileOp::read, 1, Side::plus, {}});
    passed = programmed.status == TileStatus::ok && read.data == levels;
    sc_core::sc_stop();
  }
};

int sc_main(int, char**) {
  const auto parameters = TileParameters::load(find_tile("trapezoidal"));
  const DeviceModel device(parameters.load_device());
  WaveformOptions waveform;
  waveform.now_ps = now_ps;
  WaveformWriter writer("own_testbench.vcd", waveform);
  Ledger ledger;

  TileOptions options;
  options.shape = {2, 4};  // rows, columns
  options.waveforms = &writer;
  SynapseTile tile("tile0", parameters, device, ledger, options);
  MyHost host("host");
  TileWires wires(tile, host);

  sc_core::sc_start();
  std::printf("%s: %s, %.3g pJ\n", host.passed ? "passed" : "FAILED",
              sc_core::sc_time_stamp().to_string().c_str(), 1e12 * in_si(ledger.posted()));
  return host.passed ? 0 : 1;
}
