// SPDX-License-Identifier: Apache-2.0
// The ledger accounts of one tile, and what each action of its circuits costs: the same prices in
// all three views.
#pragma once

#include <string>

#include "ledger/ledger.h"
#include "tile/driver_law.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

class TileAccounts {
 public:
  // Opens accounts under `prefix` ("tile0"). Keeps a reference to `ledger`.
  TileAccounts(Ledger& ledger, const std::string& prefix, const TileParameters& tile,
               const DeviceModel& device, int columns);

  // One pulse of the driver of a column.
  void pulse(Picoseconds start, int code);
  // The devices (and reference) of a column under the read voltage for `duration`.
  void read(Picoseconds start, Picoseconds duration, Conductance devices, Conductance reference);
  // One decision of a comparator.
  void decision(Picoseconds strobe, Picoseconds delay);
  void select(Picoseconds start);
  void cycles(Picoseconds start, int count);

  [[nodiscard]] bool owns(AccountId account) const {
    return account >= write_ && account <= cycle_;  // opened in one go
  }
  [[nodiscard]] Ledger& ledger() { return *ledger_; }

 private:
  Ledger* ledger_;
  DriverLaw driver_;
  Picoseconds pulse_duration_;
  Picoseconds clock_period_;
  double read_voltage_squared_;  // V^2
  double decision_energy_;       // J
  double select_energy_;
  double cycle_energy_;
  AccountId write_;      // array: in the tracks
  AccountId read_;       // array: in the MTJs
  AccountId headroom_;   // drivers
  AccountId decision_;   // comparators
  AccountId reference_;  // ladder
  AccountId toggle_;     // select lines
  AccountId cycle_;      // controller
};

}  // namespace dwmtj
