// SPDX-License-Identifier: Apache-2.0
// The controller of a tile: takes a command at its pins, runs the sequence of tile/tile_sequences.h
// over the wires to drivers, comparators and select lines, and hands the result out.
//
// Protocol: a rising `cmd_valid` while `cmd_ready` is high is taken at the next clock edge. While
// `cmd_ready` is low it is refused: `cmd_error` is high for one cycle from the next clock edge, and
// `refused` counts it. The result stands with `rsp_valid` until `rsp_ready` is high at a clock
// edge.
#pragma once

#include <systemc>

#include "rtl_models/clock_grid.h"
#include "rtl_models/row_inputs.h"
#include "rtl_models/synapse_array.h"
#include "rtl_models/tile_context.h"
#include "rtl_models/tile_pins.h"
#include "tile/tile_circuits.h"

namespace dwmtj {

class TileController : public sc_core::sc_module, private TileCircuits {
 public:
  sc_core::sc_in<bool> cmd_valid;
  sc_core::sc_in<TileCommand> cmd;
  sc_core::sc_out<bool> cmd_ready;
  sc_core::sc_out<bool> cmd_error;
  sc_core::sc_out<bool> rsp_valid;
  sc_core::sc_out<TileResult> rsp;
  sc_core::sc_in<bool> rsp_ready;

  sc_core::sc_out<std::uint32_t> row;  // to the decoder
  sc_core::sc_out<bool> minus;
  sc_core::sc_out<bool> reverse_field;
  sc_core::sc_out<bool> read_on;
  sc_core::sc_out<RowInputs> inputs;
  sc_core::sc_vector<sc_core::sc_out<std::int16_t>> code;  // a column, to its driver
  sc_core::sc_vector<sc_core::sc_out<bool>> enable;
  sc_core::sc_vector<sc_core::sc_in<bool>> driver_ready;
  sc_core::sc_vector<sc_core::sc_out<std::int16_t>> reference;  // a column, to the ladder's switch
  sc_core::sc_vector<sc_core::sc_out<bool>> strobe;
  sc_core::sc_vector<sc_core::sc_in<bool>> decision;
  sc_core::sc_vector<sc_core::sc_in<bool>> valid;

  TileController(sc_core::sc_module_name name, TileContext& tile, ArrayShape shape);

  [[nodiscard]] std::uint64_t refused() const { return refused_; }
  [[nodiscard]] std::uint64_t failed() const { return failed_; }  // commands not answered with ok
  [[nodiscard]] bool idle() const { return state_ == ControllerState::idle; }

 private:
  SC_HAS_PROCESS(TileController);
  void serve();
  void take_or_refuse();
  void show_refusal();
  void watch_drivers();
  void watch_comparators();
  void respond(const TileResult& result);
  void enter(ControllerState state);
  void wait_edge();
  void strobe_columns(const std::vector<std::uint8_t>& active, std::vector<std::uint8_t>& answer);
  void switch_read(bool on);

  // TileCircuits
  [[nodiscard]] const TileParameters& parameters() const override { return tile_.parameters; }
  [[nodiscard]] int rows() const override { return shape_.rows; }
  [[nodiscard]] int columns() const override { return shape_.columns; }
  [[nodiscard]] int levels() const override { return tile_.device.sites(); }
  void spend(ControllerState state, int cycles) override;
  void select(std::uint32_t row, Side side) override;
  void bias(Direction direction) override;
  void pulse(const std::vector<std::int16_t>& codes) override;
  void compare(const std::vector<std::int16_t>& references,
               std::vector<std::uint8_t>& above) override;
  void compare_sums(const std::vector<std::int16_t>& inputs,
                    std::vector<std::uint8_t>& positive) override;

  TileContext& tile_;
  ArrayShape shape_;
  ClockGrid clock_;
  ControllerState state_ = ControllerState::idle;
  bool accepting_ = true;
  std::uint64_t refused_ = 0;
  std::uint64_t failed_ = 0;
  sc_core::sc_time refusal_ends_;
  std::uint32_t selected_row_ = 0;  // what the lines carry now
  Side selected_side_ = Side::plus;
  Direction field_direction_ = Direction::forward;
  sc_core::sc_event taken_;
  sc_core::sc_event refusal_;
  sc_core::sc_event drivers_done_;
  sc_core::sc_event comparators_done_;
  Probe state_probe_;
  Probe command_probe_;
  Probe ready_probe_;
  Probe error_probe_;
  Probe response_probe_;
};

}  // namespace dwmtj
