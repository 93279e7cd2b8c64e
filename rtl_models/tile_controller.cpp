// SPDX-License-Identifier: Apache-2.0
#include "rtl_models/tile_controller.h"

#include <algorithm>

#include "common/index.h"
#include "common/sim_time.h"
#include "tile/tile_sequences.h"

namespace dwmtj {
namespace {

template <typename Signals>
bool all_high(const Signals& signals) {
  return std::all_of(signals.begin(), signals.end(), [](const auto& pin) { return pin.read(); });
}

}  // namespace

TileController::TileController(sc_core::sc_module_name name, TileContext& tile, ArrayShape shape)
    : sc_module(name),
      code("code", index(shape.columns)),
      enable("enable", index(shape.columns)),
      driver_ready("driver_ready", index(shape.columns)),
      reference("reference", index(shape.columns)),
      strobe("strobe", index(shape.columns)),
      decision("decision", index(shape.columns)),
      valid("valid", index(shape.columns)),
      tile_(tile),
      shape_(shape),
      clock_(tile.parameters.timing.clock_period),
      state_probe_(text_probe(tile, std::string(this->name()) + ".state")),
      command_probe_(text_probe(tile, std::string(this->name()) + ".command")),
      ready_probe_(integer_probe(tile, std::string(this->name()) + ".cmd_ready")),
      error_probe_(integer_probe(tile, std::string(this->name()) + ".cmd_error")),
      response_probe_(integer_probe(tile, std::string(this->name()) + ".rsp_valid")) {
  cmd_ready.initialize(true);
  state_probe_.set(0, name_of(state_));
  ready_probe_.set(0, 1);
  error_probe_.set(0, 0);
  response_probe_.set(0, 0);
  SC_THREAD(serve);
  SC_METHOD(take_or_refuse);
  sensitive << cmd_valid.pos();
  dont_initialize();
  SC_METHOD(show_refusal);
  sensitive << refusal_;
  dont_initialize();
  SC_METHOD(watch_drivers);
  for (auto& pin : driver_ready) sensitive << pin.pos();
  dont_initialize();
  SC_METHOD(watch_comparators);
  for (auto& pin : valid) sensitive << pin.pos();
  dont_initialize();
}

void TileController::take_or_refuse() {
  ++tile_.activations;
  if (accepting_) {
    accepting_ = false;
    taken_.notify(clock_.to_next_edge());
    return;
  }
  ++refused_;
  refusal_ends_ = sc_core::sc_time_stamp() + clock_.to_next_edge() + clock_.cycles(1);
  refusal_.notify(clock_.to_next_edge());
}

// The only process that writes cmd_error: a signal may have no second one.
void TileController::show_refusal() {
  const bool refusing = sc_core::sc_time_stamp() < refusal_ends_;
  cmd_error.write(refusing);
  error_probe_.set(now_ps(), refusing);
  if (refusing) next_trigger(refusal_ends_ - sc_core::sc_time_stamp());
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

void TileController::serve() {
  for (;;) {
    wait(taken_);
    const TileCommand command = cmd.read();
    cmd_ready.write(false);
    ready_probe_.set(now_ps(), 0);
    command_probe_.set(now_ps(), name_of(command.op));
    tile_.accounts.begin_command(command.op);
    respond(execute(command, *this));
    accepting_ = true;
    cmd_ready.write(true);
    ready_probe_.set(now_ps(), 1);
    enter(ControllerState::idle);
  }
}

void TileController::respond(const TileResult& result) {
  failed_ += result.status == TileStatus::ok ? 0 : 1;
  rsp.write(result);
  rsp_valid.write(true);
  response_probe_.set(now_ps(), 1);
  spend(ControllerState::respond, 1);
  while (!rsp_ready.read()) {
    wait(rsp_ready.posedge_event());
    wait_edge();
  }
  rsp_valid.write(false);
  response_probe_.set(now_ps(), 0);
}

void TileController::enter(ControllerState state) {
  state_ = state;
  state_probe_.set(now_ps(), name_of(state));
}

void TileController::wait_edge() {
  ++tile_.activations;
  wait(clock_.to_next_edge());
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
  spend(ControllerState::field, tile_.parameters.cycles(tile_.parameters.timing.field_settle));
}

void TileController::pulse(const std::vector<std::int16_t>& codes) {
  enter(ControllerState::pulse);
  const Picoseconds start = now_ps();
  for (int c = 0; c < shape_.columns; ++c) {
    if (codes[index(c)] == 0) continue;
    code[index(c)].write(codes[index(c)]);
    enable[index(c)].write(true);
  }
  wait(drivers_done_);
  wait_edge();
  for (int c = 0; c < shape_.columns; ++c) {
    if (codes[index(c)] != 0) enable[index(c)].write(false);
  }
  tile_.accounts.cycles(start, (now_ps() - start) / clock_.period());
  spend(ControllerState::pulse, tile_.parameters.cycles(tile_.parameters.timing.pulse_relax));
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
  wait_edge();
  for (int c = 0; c < shape_.columns; ++c) {
    if (active[index(c)] == 0) continue;
    answer[index(c)] = decision[index(c)].read() ? 1 : 0;
    strobe[index(c)].write(false);
  }
  tile_.accounts.cycles(start, (now_ps() - start) / clock_.period());
}

void TileController::compare(const std::vector<std::int16_t>& references,
                             std::vector<std::uint8_t>& above) {
  std::vector<std::uint8_t> active(references.size(), 0);
  for (int c = 0; c < shape_.columns; ++c) {
    active[index(c)] = references[index(c)] == kNoReference ? 0 : 1;
    if (active[index(c)] != 0) reference[index(c)].write(references[index(c)]);
  }
  switch_read(true);
  strobe_columns(active, above);
  switch_read(false);
}

void TileController::compare_sums(const std::vector<std::int16_t>& row_inputs,
                                  std::vector<std::uint8_t>& positive) {
  inputs.write({row_inputs});
  switch_read(true);
  strobe_columns(std::vector<std::uint8_t>(index(shape_.columns), 1), positive);
  switch_read(false);
  inputs.write({});
}

}  // namespace dwmtj
