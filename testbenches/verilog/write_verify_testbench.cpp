// SPDX-License-Identifier: Apache-2.0
// A tile under a controller in Verilog: 64 x 64 trapezoidal pairs are programmed and read back, and
// left in the very states that the tile's own write-verify leaves in the bulk view.
//
//   write_verify_testbench [PERIOD [PHASE]]      such as 4ns 300ps; 1ns and 0ps unless given
#include <cstdio>

#include <systemc>

#include "Vwrite_verify.h"
#include "arrays/bulk_tile.h"
#include "common/quantity_text.h"
#include "common/sim_time.h"
#include "devices/catalog.h"
#include "rtl_models/flat_wires.h"

using namespace dwmtj;

namespace {

constexpr ArrayShape kShape{64, 64};

// The pattern of the Verilog.
std::int16_t target(std::uint32_t row, Side side, std::uint32_t column) {
  return static_cast<std::int16_t>(
      (row + 3 * column + 2 * static_cast<std::uint32_t>(side) + (column >> 2U)) % 4);
}

struct Bench {
  Bench(const TileParameters& parameters, const DeviceModel& device, Picoseconds phase)
      : clk("clk", to_sc_time(parameters.period()), 0.5, to_sc_time(phase)),
        tile("tile0", parameters, device, ledger, options()),
        wires(tile) {
    tile.clk(clk), tile.rst_n(rst_n);
    master.clk(clk), master.rst_n(rst_n);
    bind_handshakes();
    bind_settings(parameters);
  }

  static TileOptions options() {
    TileOptions options;
    options.shape = kShape;
    options.protocol = ProtocolCheck::warn;
    return options;
  }

  void bind_handshakes() {
    master.cmd_valid(wires.cmd_valid), master.cmd_ready(wires.cmd_ready);
    master.cmd_op(wires.cmd_op), master.cmd_row(wires.cmd_row), master.cmd_side(wires.cmd_side);
    master.cmd_data(wires.cmd_data), master.cmd_keep(wires.cmd_keep);
    master.cmd_last(wires.cmd_last);
    master.rsp_valid(wires.rsp_valid), master.rsp_ready(wires.rsp_ready);
    master.rsp_status(wires.rsp_status), master.rsp_data(wires.rsp_data);
    master.rsp_last(wires.rsp_last);
  }

  void bind_settings(const TileParameters& parameters) {
    const auto& verify = parameters.verify;
    const int values[] = {verify.first_codes[0], verify.first_codes[1], verify.first_codes[2],
                          verify.first_codes[3], verify.last_code,      verify.step,
                          verify.reset_code,     verify.pulses,         verify.attempts};
    for (std::size_t i = 0; i < std::size(values); ++i) {
      settings[i].write(static_cast<unsigned>(values[i]));
    }
    master.first_code_0(settings[0]), master.first_code_1(settings[1]);
    master.first_code_2(settings[2]), master.first_code_3(settings[3]);
    master.last_code(settings[4]), master.code_step(settings[5]);
    master.reset_code(settings[6]), master.most_pulses(settings[7]);
    master.most_attempts(settings[8]);
    master.done(done), master.pulses(pulses), master.flagged(flagged);
    master.wrong(wrong), master.refused(refused);
  }

  void run() {
    rst_n.write(false);
    sc_core::sc_start(5 * clk.period());
    rst_n.write(true);
    while (!done.read()) sc_core::sc_start(to_sc_time(1'000'000));
  }

  Ledger ledger;
  sc_core::sc_clock clk;
  sc_core::sc_signal<bool> rst_n{"rst_n", false};
  FlatTile tile;
  FlatWires wires;
  Vwrite_verify master{"master"};
  sc_core::sc_signal<sc_dt::sc_uint<16>> settings[9];
  sc_core::sc_signal<bool> done;
  sc_core::sc_signal<sc_dt::sc_uint<32>> pulses, flagged, wrong, refused;
};

struct Expected {
  bool states = true;
  std::uint64_t pulses = 0;
};

// The same pattern by the tile's own `program`, in bulk.
Expected compare_with_bulk(const Bench& bench, const TileParameters& parameters,
                           const DeviceModel& device) {
  Ledger ledger;
  BulkTile bulk("bulk", parameters, device, ledger, {kShape});
  Expected expected;
  for (std::uint32_t row = 0; row < static_cast<std::uint32_t>(kShape.rows); ++row) {
    for (const Side side : {Side::plus, Side::minus}) {
      TileCommand command{TileOp::program, row, side, {}};
      for (std::uint32_t column = 0; column < static_cast<std::uint32_t>(kShape.columns);
           ++column) {
        command.data.push_back(target(row, side, column));
      }
      for (const auto count : bulk.carry_out(command, bulk.now()).pulses) expected.pulses += count;
    }
  }
  const auto& devices = bench.tile.tile().pairs().devices();
  for (std::size_t i = 0; i < devices.size(); ++i) {
    expected.states = expected.states && devices.state(i) == bulk.array().devices().state(i);
  }
  return expected;
}

Picoseconds time_of(const char* text) {
  return to_picoseconds(from_si<Time>(parse_quantity(text, Dimension::time)));
}

}  // namespace

int sc_main(int argc, char** argv) {
  auto parameters = TileParameters::load(find_tile("trapezoidal"));
  if (argc > 1) parameters.timing.clock_period = to_time(time_of(argv[1]));
  const DeviceModel device(parameters.load_device());
  Bench bench(parameters, device, argc > 2 ? time_of(argv[2]) : 0);
  bench.run();
  const auto expected = compare_with_bulk(bench, parameters, device);
  const auto pulses = bench.pulses.read().to_uint64();
  const bool passed = expected.states && pulses == expected.pulses && bench.flagged.read() == 0U &&
                      bench.wrong.read() == 0U && bench.refused.read() == 0U &&
                      bench.tile.tile().protocol().count() == 0;
  std::printf(
      "%s: clock of %lld ps, %s simulated\n"
      "%llu pulses (bulk view: %llu), states %s those of the bulk view\n"
      "%u flagged, %u wrong, %u commands refused, %llu protocol violations, %.4g nJ\n",
      passed ? "passed" : "FAILED", static_cast<long long>(parameters.period()),
      sc_core::sc_time_stamp().to_string().c_str(), static_cast<unsigned long long>(pulses),
      static_cast<unsigned long long>(expected.pulses), expected.states ? "are" : "are NOT",
      bench.flagged.read().to_uint(), bench.wrong.read().to_uint(), bench.refused.read().to_uint(),
      static_cast<unsigned long long>(bench.tile.tile().protocol().count()),
      1e9 * in_si(bench.ledger.posted()));
  return passed ? 0 : 1;
}
