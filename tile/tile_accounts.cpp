// SPDX-License-Identifier: Apache-2.0
#include "tile/tile_accounts.h"

#include <algorithm>

#include "common/index.h"
#include "tile/tile_op.h"

namespace dwmtj {

TileAccounts::TileAccounts(Ledger& ledger, const std::string& prefix, const TileParameters& tile,
                           const DeviceModel& device, int columns)
    : ledger_(&ledger),
      first_(AccountId(ledger.accounts().size())),
      driver_(tile.driver.in_steps(), device.parameters()),
      pulse_duration_(to_picoseconds(device.parameters().operating_point.shape.foot_to_foot())),
      decision_time_(to_picoseconds(tile.comparator.delay)),
      clock_period_(tile.period()),
      bias_energy_(in_si(tile.driver.bias * tile.driver.supply * to_time(pulse_duration_))),
      read_voltage_squared_(in_si(tile.read.voltage) * in_si(tile.read.voltage)),
      decision_energy_(in_si(tile.comparator.energy)),
      select_energy_(in_si(tile.overhead.select)),
      row_energy_(in_si(tile.overhead.row)),
      sum_reference_energy_(in_si(tile.sum_reference.energy)),
      sum_reference_power_(in_si(tile.sum_reference.full_scale * tile.driver.supply)),
      field_(field_prices(tile.field, device.parameters(), columns)),
      auto_zero_energy_(in_si(tile.comparator.zero.energy)),
      clocked_energy_(in_si(tile.overhead.clocked_cycle(columns) - tile.overhead.wait_cycle)),
      wait_energy_(in_si(tile.overhead.wait_cycle)) {
  const double each = columns;
  const auto array = ledger.add_component(prefix + ".array", "tracks and MTJs of the devices");
  const Power of_drivers = each * tile.overhead.driver_leakage;
  const Power of_comparators = each * tile.overhead.comparator_leakage;
  const Power of_controller =
      tile.overhead.controller_leakage + each * tile.overhead.column_leakage;
  leakage_ = of_drivers + of_comparators + of_controller + field_.holding;
  const auto drivers =
      ledger.add_component(prefix + ".drivers", "current sources, one a column", of_drivers);
  const auto comparators =
      ledger.add_component(prefix + ".comparators", "one a column", of_comparators);
  const auto ladder = ledger.add_component(prefix + ".ladder", "reference conductances");
  const auto references =
      ledger.add_component(prefix + ".sum_references", "current DACs, one a column");
  const auto lines = ledger.add_component(prefix + ".select", "row and side select lines");
  const auto row_lines = ledger.add_component(prefix + ".rows", "row lines");
  const auto field = ledger.add_component(prefix + ".field", "bias field", field_.holding);
  const auto controller = ledger.add_component(prefix + ".controller", "sequencer", of_controller);
  write_ = ledger.add_account(array, "write");
  read_ = ledger.add_account(array, "read");
  headroom_ = ledger.add_account(drivers, "headroom");
  bias_ = ledger.add_account(drivers, "bias");
  decision_ = ledger.add_account(comparators, "decision");
  reference_ = ledger.add_account(ladder, "read");
  sum_step_ = ledger.add_account(references, "step");
  toggle_ = ledger.add_account(lines, "toggle");
  drive_ = ledger.add_account(row_lines, "drive");
  zero_ = ledger.add_account(comparators, "auto-zero");
  change_ = ledger.add_account(field, "change");
  push_ = ledger.add_account(field, "pulse");
  cycle_ = ledger.add_account(controller, "cycle");
  end_ = AccountId(ledger.accounts().size());
  for (int op = 0; op <= kTileOps; ++op) {
    commands_.push_back(ledger.add_command(name_of(static_cast<TileOp>(op))));
  }
}

void TileAccounts::begin_command(TileOp op) {
  // Pins can carry any code.
  command_ = commands_[static_cast<std::size_t>(std::min(op, TileOp::count_of_ops))];
  command_joules_ = 0.0;
}

void TileAccounts::post(AccountId account, Picoseconds start, Picoseconds duration, double joules,
                        std::uint64_t count) {
  command_joules_ += joules;
  ledger_->on_behalf_of(command_);  // another tile may have posted meanwhile
  ledger_->post(account, start, duration, joules, count);
}

const TileAccounts::PulsePrice& TileAccounts::price(int step, DriverGain gain) {
  auto& price = prices_[static_cast<std::size_t>(gain)][step];
  if (!price.known) {
    price = {in_si(driver_.track_energy(step, gain)), in_si(driver_.headroom_energy(step, gain)),
             true};
  }
  return price;
}

void TileAccounts::pulse(Picoseconds start, int step, DriverGain gain) {
  const auto& each = price(step, gain);
  pulses(start, from_si<Energy>(each.track), from_si<Energy>(each.headroom), 1);
}

void TileAccounts::pulses(Picoseconds start, const std::vector<int>& steps, DriverGain gain) {
  PulsePrice sum;
  std::uint64_t count = 0;
  for (const auto step : steps) {
    if (step == 0) continue;
    const auto& each = price(step, gain);
    sum.track += each.track;
    sum.headroom += each.headroom;
    ++count;
  }
  pulses(start, from_si<Energy>(sum.track), from_si<Energy>(sum.headroom), count);
}

void TileAccounts::pulses(Picoseconds start, Energy track, Energy headroom, std::uint64_t count) {
  post(write_, start, pulse_duration_, in_si(track), count);
  post(headroom_, start, pulse_duration_, in_si(headroom), count);
  if (bias_energy_ == 0.0) return;
  post(bias_, start, pulse_duration_, bias_energy_ * static_cast<double>(count), count);
}

void TileAccounts::read(Picoseconds start, Picoseconds duration, Conductance devices,
                        Conductance references, std::uint64_t columns) {
  const double each = read_voltage_squared_ * in_si(to_time(duration));
  post(read_, start, duration, each * in_si(devices), columns);
  if (in_si(references) > 0.0) {
    post(reference_, start, duration, each * in_si(references), columns);
  }
}

// Booked for the nominal delay: how long balance takes is no matter of energy.
void TileAccounts::decisions(Picoseconds strobe, std::uint64_t count) {
  post(decision_, strobe, decision_time_, decision_energy_ * static_cast<double>(count), count);
}

// Its sources are steered, not switched: all of them conduct, whatever the code.
void TileAccounts::sum_references(Picoseconds start, Picoseconds duration, std::uint64_t count) {
  const double each = sum_reference_energy_ + sum_reference_power_ * in_si(to_time(duration));
  post(sum_step_, start, duration, each * static_cast<double>(count), count);
}

void TileAccounts::rows(Picoseconds start, std::uint64_t count) {
  if (row_energy_ == 0.0) return;
  post(drive_, start, 0, row_energy_ * static_cast<double>(count), count);
}

void TileAccounts::auto_zeros(Picoseconds start, std::uint64_t count) {
  if (auto_zero_energy_ == 0.0) return;
  post(zero_, start, 0, auto_zero_energy_ * static_cast<double>(count), count);
}

void TileAccounts::field_change(Picoseconds start, Picoseconds duration, Direction direction) {
  const auto d = index_of(direction);
  const double joules = in_si(field_.change[d] + field_.pulsing[d] * to_time(duration));
  if (joules > 0.0) post(change_, start, duration, joules);
}

void TileAccounts::field_pulse(Picoseconds start, Picoseconds duration, Direction direction) {
  const double joules = in_si(field_.pulsing[index_of(direction)] * to_time(duration));
  if (joules > 0.0) post(push_, start, duration, joules);
}

void TileAccounts::select(Picoseconds start) { post(toggle_, start, 0, select_energy_); }

void TileAccounts::cycles(Picoseconds start, std::int64_t count) {
  const double joules = wait_energy_ * static_cast<double>(count) + clocked_energy_;
  command_joules_ += joules;
  ledger_->on_behalf_of(command_);
  ledger_->post_in_turn(cycle_, start, repeated(count, clock_period_), joules,
                        static_cast<std::uint64_t>(count));
}

}  // namespace dwmtj
