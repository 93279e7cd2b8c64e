// SPDX-License-Identifier: Apache-2.0
// A tile under a controller in Verilog: 64 x 64 trapezoidal pairs are programmed and read back, and
// left in the very states that the tile's own write-verify leaves in the bulk view. Each of its
// commands is answered as in the bulk view, to the bit. A cell whose resistance rests next to a
// reference may read as its neighbour, in both views. Readings have no noise here: the controller
// takes more of them than the tile's own write-verify, and each would draw its own.
//
//   write_verify_testbench [PERIOD [PHASE]]      such as 4ns 300ps; 1ns and 0ps unless given
#include <cstdio>
#include <utility>
#include <vector>

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

constexpr double kMostMisread = 1e-3;  // of the cells

struct Exchange {
  TileCommand command;
  TileStatus status;
  std::vector<std::int16_t> data;
};

std::int16_t entry_of(FlatTile::Entry bits) {
  return static_cast<std::int16_t>(static_cast<std::uint16_t>(bits.to_uint()));
}

// All commands and responses that go over the wires.
class Recorder : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};

  Recorder(sc_core::sc_module_name name, const FlatWires& wires) : sc_module(name), wires_(wires) {
    SC_METHOD(sample);
    sensitive << clk.pos();
    dont_initialize();
  }
  [[nodiscard]] const std::vector<Exchange>& exchanges() const { return exchanges_; }

 private:
  SC_HAS_PROCESS(Recorder);
  void sample() {
    if (wires_.cmd_valid.read() && wires_.cmd_ready.read()) take_command();
    if (wires_.rsp_valid.read() && wires_.rsp_ready.read()) take_response();
  }
  void take_command() {
    if (wires_.cmd_keep.read()) command_.data.push_back(entry_of(wires_.cmd_data.read()));
    if (!wires_.cmd_last.read()) return;
    command_.op = static_cast<TileOp>(wires_.cmd_op.read().to_uint());
    command_.row = wires_.cmd_row.read().to_uint();
    command_.side = wires_.cmd_side.read() ? Side::minus : Side::plus;
    exchanges_.push_back({std::exchange(command_, {}), TileStatus::ok, {}});
  }
  void take_response() {
    auto& exchange = exchanges_.back();
    exchange.status = static_cast<TileStatus>(wires_.rsp_status.read().to_uint());
    if (wires_.rsp_keep.read()) exchange.data.push_back(entry_of(wires_.rsp_data.read()));
  }

  const FlatWires& wires_;
  TileCommand command_;
  std::vector<Exchange> exchanges_;
};

struct Bench {
  Bench(const TileParameters& parameters, const DeviceModel& device, Picoseconds phase)
      : clk("clk", to_sc_time(parameters.period()), 0.5, to_sc_time(phase)),
        tile("tile0", parameters, device, ledger, options()),
        wires(tile),
        recorder("recorder", wires) {
    recorder.clk(clk);
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
    master.cmd_bits(wires.cmd_bits);
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
  Recorder recorder;
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

struct Replayed {
  std::size_t commands = 0;
  std::size_t unlike = 0;   // answered otherwise in bulk
  std::size_t misread = 0;  // cells, in the second pass: the last read of each row and side
};

// The controller's own commands once more, in bulk.
Replayed replay(const std::vector<Exchange>& exchanges, const TileParameters& parameters,
                const DeviceModel& device) {
  Ledger ledger;
  BulkTile bulk("bulk", parameters, device, ledger, {kShape});
  Replayed replayed;
  const std::size_t lines = 2U * static_cast<std::size_t>(kShape.rows);
  for (const auto& [command, status, data] : exchanges) {
    const auto result = bulk.carry_out(command, bulk.now());
    replayed.unlike += result.status != status || result.data != data ? 1 : 0;
    if (++replayed.commands + lines <= exchanges.size()) continue;
    for (std::size_t c = 0; c < result.data.size(); ++c) {
      const auto wanted = target(command.row, command.side, static_cast<std::uint32_t>(c));
      replayed.misread += result.data[c] != wanted ? 1 : 0;
    }
  }
  return replayed;
}

Picoseconds time_of(const char* text) {
  return to_picoseconds(from_si<Time>(parse_quantity(text, Dimension::time)));
}

}  // namespace

int sc_main(int argc, char** argv) {
  auto parameters = TileParameters::load(find_tile("trapezoidal"));
  // The Verilog reads where the tile's own write-verify compares with one or two references: the
  // noise of their readings is not the same, and states next to a reference would not be.
  parameters.read.noise = false;
  if (argc > 1) parameters.timing.clock_period = to_time(time_of(argv[1]));
  const DeviceModel device(parameters.load_device());
  Bench bench(parameters, device, argc > 2 ? time_of(argv[2]) : 0);
  bench.run();
  const auto expected = compare_with_bulk(bench, parameters, device);
  const auto replayed = replay(bench.recorder.exchanges(), parameters, device);
  const auto pulses = bench.pulses.read().to_uint64();
  const auto wrong = bench.wrong.read().to_uint();
  const auto cells = static_cast<double>(bench.tile.tile().pairs().devices().size());
  const bool passed = expected.states && pulses == expected.pulses && bench.flagged.read() == 0U &&
                      replayed.unlike == 0 && wrong == replayed.misread &&
                      wrong < kMostMisread * cells && bench.refused.read() == 0U &&
                      bench.tile.tile().protocol().count() == 0;
  std::printf(
      "%s: clock of %lld ps, %s simulated\n"
      "%llu pulses (bulk view: %llu), states %s those of the bulk view\n"
      "%zu commands, %zu answered otherwise in bulk\n"
      "%u flagged, %u misread (bulk view: %zu), %u commands refused, %llu protocol violations, "
      "%.4g nJ\n",
      passed ? "passed" : "FAILED", static_cast<long long>(parameters.period()),
      sc_core::sc_time_stamp().to_string().c_str(), static_cast<unsigned long long>(pulses),
      static_cast<unsigned long long>(expected.pulses), expected.states ? "are" : "are NOT",
      replayed.commands, replayed.unlike, bench.flagged.read().to_uint(), wrong, replayed.misread,
      bench.refused.read().to_uint(),
      static_cast<unsigned long long>(bench.tile.tile().protocol().count()),
      1e9 * in_si(bench.ledger.posted()));
  return passed ? 0 : 1;
}
