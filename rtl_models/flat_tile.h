// SPDX-License-Identifier: Apache-2.0
// A tile with pins as hardware has them: clock, reset, and single-bit or sc_uint pins that a
// Verilog or VHDL master binds to. Commands and responses travel as beats, an entry of data each.
//
// At every rising edge of `clk` at which valid and ready are high, a beat is transferred. Outputs
// are registers: they change behind the edge. A command has gone to the tile when its last beat is
// transferred; op, row, side and bits are those of that beat. While it runs, the beats of the next
// one are taken.
#pragma once

#include "rtl_models/synapse_tile.h"
#include "rtl_models/tile_wires.h"

namespace dwmtj {

class FlatTile : public sc_core::sc_module {
 public:
  static constexpr int kOpBits = 3;
  static constexpr int kRowBits = 16;
  static constexpr int kEntryBits = 16;
  static constexpr int kResultBitsBits = 4;
  static constexpr int kStatusBits = 3;
  using Entry = sc_dt::sc_uint<kEntryBits>;

  sc_core::sc_in<bool> clk;
  sc_core::sc_in<bool> rst_n;

  sc_core::sc_in<bool> cmd_valid;
  sc_core::sc_out<bool> cmd_ready;
  sc_core::sc_in<sc_dt::sc_uint<kOpBits>> cmd_op;  // a TileOp
  sc_core::sc_in<sc_dt::sc_uint<kRowBits>> cmd_row;
  sc_core::sc_in<bool> cmd_side;                             // high: minus
  sc_core::sc_in<sc_dt::sc_uint<kResultBitsBits>> cmd_bits;  // of a result of multiply
  sc_core::sc_in<Entry> cmd_data;  // two's complement; 0x8000 skips the column
  sc_core::sc_in<bool> cmd_keep;   // low: this beat has no entry
  sc_core::sc_in<bool> cmd_last;   // the last beat of the command

  sc_core::sc_out<bool> rsp_valid;
  sc_core::sc_in<bool> rsp_ready;
  sc_core::sc_out<sc_dt::sc_uint<kStatusBits>> rsp_status;  // a TileStatus; the same in all beats
  sc_core::sc_out<Entry> rsp_data;
  sc_core::sc_out<Entry> rsp_pulses;  // of a program; else 0
  sc_core::sc_out<Entry> rsp_attempts;
  sc_core::sc_out<bool> rsp_keep;  // low: this beat has no entry
  sc_core::sc_out<bool> rsp_last;

  // Keeps references to parameters, device and ledger. The period of `clk` is
  // timing.clock_period: another one is refused.
  FlatTile(sc_core::sc_module_name name, const TileParameters& parameters,
           const DeviceModel& device, Ledger& ledger, const TileOptions& options);

  [[nodiscard]] const SynapseTile& tile() const { return tile_; }

 private:
  SC_HAS_PROCESS(FlatTile);
  void take_beats();
  void give_beats();
  // Waits for an edge at which `pin` is high.
  void wait_edge_with(const sc_core::sc_in<bool>& pin);
  void give(const TileResult& result, std::size_t beat, std::size_t beats);
  void end_of_elaboration() override;

  WaveformWriter* waveforms_;
  SynapseTile tile_;
  // Bundles, between the beats and the tile.
  sc_core::sc_signal<bool> bundle_valid_, bundle_ready_, result_valid_, result_ready_;
  sc_core::sc_signal<TileCommand> command_;
  sc_core::sc_signal<TileResult> result_;
};

}  // namespace dwmtj
