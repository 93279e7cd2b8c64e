// SPDX-License-Identifier: Apache-2.0
#include "tile/tile_accounts.h"

namespace dwmtj {

TileAccounts::TileAccounts(Ledger& ledger, const std::string& prefix, const TileParameters& tile,
                           const DeviceModel& device, int columns)
    : ledger_(&ledger),
      driver_(tile.driver, device.parameters()),
      pulse_duration_(to_picoseconds(device.parameters().operating_point.shape.foot_to_foot())),
      clock_period_(to_picoseconds(tile.timing.clock_period)),
      read_voltage_squared_(in_si(tile.read.voltage) * in_si(tile.read.voltage)),
      decision_energy_(in_si(tile.comparator.energy)),
      select_energy_(in_si(tile.overhead.select)),
      cycle_energy_(in_si(tile.overhead.cycle)) {
  const double each = columns;
  const auto array = ledger.add_component(prefix + ".array", "tracks and MTJs of the devices");
  const auto drivers = ledger.add_component(prefix + ".drivers", "current sources, one a column",
                                            each * tile.overhead.driver_leakage);
  const auto comparators = ledger.add_component(prefix + ".comparators", "one a column",
                                                each * tile.overhead.comparator_leakage);
  const auto ladder = ledger.add_component(prefix + ".ladder", "reference conductances");
  const auto lines = ledger.add_component(prefix + ".select", "row and side select lines");
  const auto controller =
      ledger.add_component(prefix + ".controller", "sequencer", tile.overhead.controller_leakage);
  write_ = ledger.add_account(array, "write");
  read_ = ledger.add_account(array, "read");
  headroom_ = ledger.add_account(drivers, "headroom");
  decision_ = ledger.add_account(comparators, "decision");
  reference_ = ledger.add_account(ladder, "read");
  toggle_ = ledger.add_account(lines, "toggle");
  cycle_ = ledger.add_account(controller, "cycle");
}

void TileAccounts::pulse(Picoseconds start, int code) {
  ledger_->post(write_, start, pulse_duration_, in_si(driver_.track_energy(code)));
  ledger_->post(headroom_, start, pulse_duration_, in_si(driver_.headroom_energy(code)));
}

void TileAccounts::read(Picoseconds start, Picoseconds duration, Conductance devices,
                        Conductance reference) {
  const double each = read_voltage_squared_ * in_si(to_time(duration));
  ledger_->post(read_, start, duration, each * in_si(devices));
  if (in_si(reference) > 0.0) {
    ledger_->post(reference_, start, duration, each * in_si(reference));
  }
}

void TileAccounts::decision(Picoseconds strobe, Picoseconds delay) {
  ledger_->post(decision_, strobe, delay, decision_energy_);
}

void TileAccounts::select(Picoseconds start) { ledger_->post(toggle_, start, 0, select_energy_); }

void TileAccounts::cycles(Picoseconds start, int count) {
  ledger_->post(cycle_, start, count * clock_period_, cycle_energy_ * count);
}

}  // namespace dwmtj
