// SPDX-License-Identifier: Apache-2.0
#include "rtl_models/tile_controller.h"

#include <algorithm>

#include "common/index.h"
#include "common/sim_time.h"
#include "tile/driven_rows.h"
#include "tile/tile_sequences.h"

namespace dwmtj {
namespace {

template <typename Signals>
bool all_high(const Signals& signals) {
  return std::all_of(signals.begin(), signals.end(), [](const auto& pin) { return pin.read(); });
}

}  // namespace

TileController::TileController(sc_core::sc_module_name name, TileContext& tile,
                               const EnergyProbe& energy, ArrayShape shape)
    : sc_module(name),
      clk("clk"),
      rst_n("rst_n"),
      code("code", index(shape.columns)),
      enable("enable", index(shape.columns)),
      driver_ready("driver_ready", index(shape.columns)),
      reference("reference", index(shape.columns)),
      sum_reference("sum_reference", index(shape.columns)),
      strobe("strobe", index(shape.columns)),
      decision("decision", index(shape.columns)),
      valid("valid", index(shape.columns)),
      tile_(tile),
      energy_(energy),
      shape_(shape),
      clock_(tile.parameters.period(), clk),
      state_probe_(
          enumeration_probe(tile, std::string(this->name()) + ".state", ControllerState::respond)),
      command_probe_(
          enumeration_probe(tile, std::string(this->name()) + ".command", TileOp::count_of_ops)) {
  cmd_ready.initialize(true);
  state_probe_.set(0, static_cast<int>(state_));
  SC_THREAD(serve);
  server_ = sc_core::sc_get_current_process_handle();
  SC_METHOD(watch_drivers);
  for (auto& pin : driver_ready) sensitive << pin.pos();
  dont_initialize();
  SC_METHOD(watch_comparators);
  for (auto& pin : valid) sensitive << pin.pos();
  dont_initialize();
}

void TileController::end_of_elaboration() {
  clock_.check(name());
  if (rst_n.size() == 0) return;
  SC_METHOD(on_reset);
  sensitive << rst_n->value_changed_event();
  dont_initialize();
}

// Asynchronous, both ways; the thread itself waits until it is over.
void TileController::on_reset() {
  if (!rst_n->read()) server_.reset();
}

// Woken once a delta cycle, however many drivers finish in it.
void TileController::watch_drivers() {
  ++tile_.activations;
  if (all_high(driver_ready)) drivers_done_.notify();
}

void TileController::watch_comparators() {
  ++tile_.activations;
  if (all_high(valid)) comparators_done_.notify();
}

// A pulse or a decision that a reset meets runs to its end, then all lines fall.
void TileController::start_up() {
  const bool in_reset = rst_n.size() > 0 && !rst_n->read();
  rsp_valid.write(false);
  cmd_ready.write(!in_reset);
  while (!all_high(driver_ready)) wait(drivers_done_);
  while (!all_high(valid)) wait(comparators_done_);
  read_on.write(false);
  for (auto& pin : enable) pin.write(false);
  for (auto& pin : strobe) pin.write(false);
  for (auto& pin : sum_reference) pin.write(0);
  inputs.write({});
  enter(ControllerState::idle);
  if (!in_reset) return;
  if (!rst_n->read()) wait(rst_n->posedge_event());
  clock_.wait_edge();
  cmd_ready.write(true);
}

void TileController::serve() {
  start_up();
  for (;;) {
    const TileCommand command = take();
    tile_.accounts.begin_command(command.op);
    energy_.leak_until(now_ps());
    respond(execute(command, *this));
    cmd_ready.write(true);
    energy_.leak_until(now_ps());
    enter(ControllerState::idle);
  }
}

// At the first edge that sees a command.
TileCommand TileController::take() {
  do {
    if (!cmd_valid.read()) wait(cmd_valid.posedge_event());
    ++tile_.activations;
    clock_.wait_edge();
  } while (!cmd_valid.read());
  ++tile_.activations;
  ++taken_;
  visited_ = 0;
  cmd_ready.write(false);
  command_probe_.set(now_ps(), static_cast<int>(std::min(cmd.read().op, TileOp::count_of_ops)));
  return cmd.read();
}

void TileController::respond(const TileResult& result) {
  failed_ += result.status == TileStatus::ok ? 0 : 1;
  clock_.meet_edge();
  enter(ControllerState::respond);
  rsp.write(result);
  rsp_valid.write(true);
  tile_.accounts.cycles(now_ps(), 1);
  ++tile_.activations;
  clock_.wait_edge();
  while (!rsp_ready.read()) {
    wait(rsp_ready.posedge_event());
    ++tile_.activations;
    clock_.wait_edge();
  }
  rsp_valid.write(false);
}

void TileController::enter(ControllerState state) {
  state_ = state;
  if (state != ControllerState::idle) visited_ |= 1U << static_cast<unsigned>(state);
  state_probe_.set(now_ps(), static_cast<int>(state));
}

void TileController::wait_count() {
  ++tile_.activations;
  wait(clock_.to_next_count());
}

// The cycles that have gone by since `start`.
void TileController::charge(Picoseconds start) {
  tile_.accounts.cycles(start, (now_ps() - start) / clock_.period());
}

void TileController::spend(ControllerState state, int cycles) {
  ++tile_.activations;
  enter(state);
  tile_.accounts.cycles(now_ps(), cycles);
  wait(clock_.cycles(cycles));
}

void TileController::select(std::uint32_t wanted_row, Side side) {
  if (wanted_row == selected_row_ && side == selected_side_) return;
  selected_row_ = wanted_row;
  selected_side_ = side;
  row.write(wanted_row);
  minus.write(side == Side::minus);
  spend(ControllerState::select, tile_.parameters.cycles(tile_.parameters.timing.select_settle));
}

void TileController::bias(Direction direction) {
  const auto& fields = tile_.device.parameters().fields;
  if (direction == field_direction_ || fields.write == fields.reset) return;
  field_direction_ = direction;
  reverse_field.write(direction == Direction::reverse);
  const Picoseconds start = now_ps();
  spend(ControllerState::field, tile_.parameters.cycles(tile_.parameters.timing.field_settle));
  tile_.accounts.field_change(start, now_ps() - start, direction);
}

void TileController::pulse(const std::vector<std::int16_t>& codes, DriverGain gain) {
  enter(ControllerState::pulse);
  boost.write(gain == DriverGain::asymmetry);
  const Picoseconds start = now_ps();
  for (int c = 0; c < shape_.columns; ++c) {
    if (codes[index(c)] == 0) continue;
    code[index(c)].write(codes[index(c)]);
    enable[index(c)].write(true);
  }
  wait(drivers_done_);
  wait_count();
  for (int c = 0; c < shape_.columns; ++c) {
    if (codes[index(c)] != 0) enable[index(c)].write(false);
  }
  charge(start);
  spend(ControllerState::pulse, tile_.parameters.cycles(tile_.parameters.timing.pulse_relax));
  tile_.accounts.field_pulse(start, now_ps() - start, field_direction_);
}

// On: until currents and references stand. Off: one cycle, in which the lines discharge.
void TileController::switch_read(bool on) {
  read_on.write(on);
  spend(ControllerState::read,
        on ? tile_.parameters.cycles(tile_.parameters.timing.read_settle) : 1);
}

void TileController::strobe_columns(const std::vector<std::uint8_t>& active,
                                    std::vector<std::uint8_t>& answer) {
  enter(ControllerState::compare);
  const Picoseconds start = now_ps();
  for (int c = 0; c < shape_.columns; ++c) {
    if (active[index(c)] != 0) strobe[index(c)].write(true);
  }
  wait(comparators_done_);
  wait_count();
  for (int c = 0; c < shape_.columns; ++c) {
    if (active[index(c)] == 0) continue;
    answer[index(c)] = decision[index(c)].read() ? 1 : 0;
    strobe[index(c)].write(false);
  }
  charge(start);
}

void TileController::compare(const std::vector<std::int16_t>& references,
                             std::vector<std::uint8_t>& above) {
  std::vector<std::uint8_t> active(references.size(), 0);
  for (int c = 0; c < shape_.columns; ++c) {
    active[index(c)] = references[index(c)] == kNoReference ? 0 : 1;
    reference[index(c)].write(references[index(c)]);  // none: the column is open
  }
  tile_.accounts.rows(now_ps(), 1);
  tile_.accounts.auto_zeros(now_ps(), index(std::count(active.begin(), active.end(), 1)));
  switch_read(true);
  strobe_columns(active, above);
  switch_read(false);
}

void TileController::drive_rows(const std::vector<std::int16_t>& row_inputs) {
  begin_reading();
  inputs.write({row_inputs});
  tile_.accounts.rows(now_ps(), driven_rows(row_inputs));
  tile_.accounts.auto_zeros(now_ps(), index(shape_.columns));
  switch_read(true);
}

void TileController::compare_sums(const std::vector<std::int16_t>& references,
                                  std::vector<std::uint8_t>& above) {
  for (int c = 0; c < shape_.columns; ++c) sum_reference[index(c)].write(references[index(c)]);
  if (references.front() != 0) {
    spend(ControllerState::reference,
          tile_.parameters.cycles(tile_.parameters.sum_reference.settle));
  }
  strobe_columns(std::vector<std::uint8_t>(index(shape_.columns), 1), above);
}

void TileController::release_rows() {
  for (auto& pin : sum_reference) pin.write(0);
  switch_read(false);
  inputs.write({});
}

}  // namespace dwmtj
