// SPDX-License-Identifier: Apache-2.0
// The controller of a tile: takes a command at its pins, runs the sequence of tile/tile_sequences.h
// over the wires to drivers, comparators and select lines, and hands the result out.
//
// Protocol: valid and ready, both ways. A rising clock edge at which both are high transfers the
// command, or the result; what is offered stands until then. Outputs change behind the edge.
#pragma once

#include <systemc>

#include "rtl_models/energy_probe.h"
#include "rtl_models/row_inputs.h"
#include "rtl_models/synapse_array.h"
#include "rtl_models/tile_clock.h"
#include "rtl_models/tile_context.h"
#include "rtl_models/tile_pins.h"
#include "tile/tile_circuits.h"

namespace dwmtj {

class TileController : public sc_core::sc_module, private TileCircuits {
 public:
  ClockPin clk;    // unbound: a clock of its own, at timing.clock_period
  ClockPin rst_n;  // unbound: never reset
  sc_core::sc_in<bool> cmd_valid;
  sc_core::sc_in<TileCommand> cmd;
  sc_core::sc_out<bool> cmd_ready;
  sc_core::sc_out<bool> rsp_valid;
  sc_core::sc_out<TileResult> rsp;
  sc_core::sc_in<bool> rsp_ready;

  sc_core::sc_out<std::uint32_t> row;  // to the decoder
  sc_core::sc_out<bool> minus;
  sc_core::sc_out<bool> reverse_field;
  sc_core::sc_out<bool> read_on;
  sc_core::sc_out<RowInputs> inputs;
  sc_core::sc_out<std::uint32_t> sample;                   // counts readings
  sc_core::sc_vector<sc_core::sc_out<std::int16_t>> code;  // a column, to its driver
  sc_core::sc_out<bool> boost;                             // to all drivers
  sc_core::sc_vector<sc_core::sc_out<bool>> enable;
  sc_core::sc_vector<sc_core::sc_in<bool>> driver_ready;
  sc_core::sc_vector<sc_core::sc_out<std::int16_t>> reference;  // a column, to the ladder's switch
  sc_core::sc_vector<sc_core::sc_out<std::int16_t>> sum_reference;  // a column, to its DAC
  sc_core::sc_vector<sc_core::sc_out<bool>> strobe;
  sc_core::sc_vector<sc_core::sc_in<bool>> decision;
  sc_core::sc_vector<sc_core::sc_in<bool>> valid;

  TileController(sc_core::sc_module_name name, TileContext& tile, const EnergyProbe& energy,
                 ArrayShape shape);

  [[nodiscard]] std::uint64_t taken() const { return taken_; }    // commands
  [[nodiscard]] std::uint64_t failed() const { return failed_; }  // commands not answered with ok
  [[nodiscard]] TileClock& clock() { return clock_; }
  // Whether the last command went through a state.
  [[nodiscard]] bool visited(ControllerState state) const {
    return (visited_ >> static_cast<unsigned>(state) & 1U) != 0;
  }
  [[nodiscard]] bool idle() const { return state_ == ControllerState::idle; }

 private:
  SC_HAS_PROCESS(TileController);
  void serve();
  void end_of_elaboration() override;
  void on_reset();
  void start_up();
  TileCommand take();
  void watch_drivers();
  void watch_comparators();
  void respond(const TileResult& result);
  void enter(ControllerState state);
  void wait_count();
  void charge(Picoseconds start);
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
  void pulse(const std::vector<std::int16_t>& codes, DriverGain gain) override;
  void begin_reading() override { sample.write(++samples_); }
  void compare(const std::vector<std::int16_t>& references,
               std::vector<std::uint8_t>& above) override;
  void drive_rows(const std::vector<std::int16_t>& inputs) override;
  void compare_sums(const std::vector<std::int16_t>& references,
                    std::vector<std::uint8_t>& above) override;
  void release_rows() override;

  TileContext& tile_;
  const EnergyProbe& energy_;
  ArrayShape shape_;
  TileClock clock_;
  ControllerState state_ = ControllerState::idle;
  std::uint32_t visited_ = 0;  // a bit a state
  std::uint64_t taken_ = 0;
  std::uint64_t failed_ = 0;
  std::uint32_t samples_ = 0;
  std::uint32_t selected_row_ = 0;  // what the lines carry now
  Side selected_side_ = Side::plus;
  Direction field_direction_ = Direction::forward;
  sc_core::sc_process_handle server_;
  sc_core::sc_event drivers_done_;
  sc_core::sc_event comparators_done_;
  Probe state_probe_;
  Probe command_probe_;
};

}  // namespace dwmtj
