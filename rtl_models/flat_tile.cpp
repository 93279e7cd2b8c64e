// SPDX-License-Identifier: Apache-2.0
#include "rtl_models/flat_tile.h"

#include <algorithm>

#include "rtl_models/wire_probes.h"

namespace dwmtj {
namespace {

// A command longer than any tile has columns or rows is of the wrong length, however long.
constexpr std::size_t kMostEntries = 4096;

std::int16_t entry_of(FlatTile::Entry bits) {
  return static_cast<std::int16_t>(static_cast<std::uint16_t>(bits.to_uint()));
}

template <typename Number>
FlatTile::Entry bits_of(const std::vector<Number>& values, std::size_t i) {
  return i < values.size() ? static_cast<std::uint16_t>(values[i]) : std::uint16_t{0};
}

}  // namespace

FlatTile::FlatTile(sc_core::sc_module_name name, const TileParameters& parameters,
                   const DeviceModel& device, Ledger& ledger, const TileOptions& options)
    : sc_module(name),
      clk("clk"),
      rst_n("rst_n"),
      cmd_valid("cmd_valid"),
      cmd_ready("cmd_ready"),
      cmd_op("cmd_op"),
      cmd_row("cmd_row"),
      cmd_side("cmd_side"),
      cmd_bits("cmd_bits"),
      cmd_data("cmd_data"),
      cmd_keep("cmd_keep"),
      cmd_last("cmd_last"),
      rsp_valid("rsp_valid"),
      rsp_ready("rsp_ready"),
      rsp_status("rsp_status"),
      rsp_data("rsp_data"),
      rsp_pulses("rsp_pulses"),
      rsp_attempts("rsp_attempts"),
      rsp_keep("rsp_keep"),
      rsp_last("rsp_last"),
      waveforms_(options.waveforms),
      tile_("tile", parameters, device, ledger, options) {
  tile_.clk(clk), tile_.rst_n(rst_n);
  tile_.cmd_valid(bundle_valid_), tile_.cmd_ready(bundle_ready_), tile_.cmd(command_);
  tile_.rsp_valid(result_valid_), tile_.rsp_ready(result_ready_), tile_.rsp(result_);
  SC_THREAD(take_beats);
  async_reset_signal_is(rst_n, false);
  SC_THREAD(give_beats);
  async_reset_signal_is(rst_n, false);
}

void FlatTile::wait_edge_with(const sc_core::sc_in<bool>& pin) {
  do {
    if (!pin.read()) wait(pin.posedge_event());
    wait(clk.posedge_event());
  } while (!pin.read());
}

void FlatTile::take_beats() {
  cmd_ready.write(false);
  bundle_valid_.write(false);
  wait(clk.posedge_event());
  for (;;) {
    TileCommand command;
    cmd_ready.write(true);
    do {
      wait_edge_with(cmd_valid);
      if (cmd_keep.read() && command.data.size() < kMostEntries) {
        command.data.push_back(entry_of(cmd_data.read()));
      }
    } while (!cmd_last.read());
    cmd_ready.write(false);
    command.op = static_cast<TileOp>(cmd_op.read().to_uint());
    command.row = cmd_row.read().to_uint();
    command.side = cmd_side.read() ? Side::minus : Side::plus;
    command.bits = static_cast<std::uint8_t>(cmd_bits.read().to_uint());
    command_.write(command);
    bundle_valid_.write(true);
    do wait(clk.posedge_event());
    while (!bundle_ready_.read());
    bundle_valid_.write(false);
  }
}

void FlatTile::give_beats() {
  rsp_valid.write(false);
  result_ready_.write(false);
  wait(clk.posedge_event());
  for (;;) {
    result_ready_.write(true);
    if (!result_valid_.read()) wait(result_valid_.posedge_event());
    do wait(clk.posedge_event());
    while (!result_valid_.read());
    result_ready_.write(false);
    const TileResult result = result_.read();
    const std::size_t beats = std::max<std::size_t>(1, result.data.size());
    for (std::size_t beat = 0; beat < beats; ++beat) give(result, beat, beats);
    rsp_valid.write(false);
  }
}

void FlatTile::give(const TileResult& result, std::size_t beat, std::size_t beats) {
  rsp_valid.write(true);
  rsp_status.write(static_cast<unsigned>(result.status));
  rsp_data.write(bits_of(result.data, beat));
  rsp_pulses.write(bits_of(result.pulses, beat));
  rsp_attempts.write(bits_of(result.attempts, beat));
  rsp_keep.write(beat < result.data.size());
  rsp_last.write(beat + 1 == beats);
  do {
    wait(clk.posedge_event());
  } while (!rsp_ready.read());
}

// Clock and reset are shown by the tile within.
void FlatTile::end_of_elaboration() {
  const auto show = [this](const auto&... ports) { (show_port(waveforms_, ports), ...); };
  show(cmd_valid, cmd_ready, cmd_row, cmd_side, cmd_bits, cmd_data, cmd_keep, cmd_last);
  show(rsp_valid, rsp_ready, rsp_data, rsp_pulses, rsp_attempts, rsp_keep, rsp_last);
  show_names(waveforms_, cmd_op.name(), *cmd_op[0], TileOp::count_of_ops);
  show_names(waveforms_, rsp_status.name(), *rsp_status[0], kLastStatus);
}

}  // namespace dwmtj
