// SPDX-License-Identifier: Apache-2.0
// The ledger accounts of one tile, and what each action of its circuits costs: the same prices in
// all three views.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "common/signed_table.h"
#include "ledger/ledger.h"
#include "tile/driver_law.h"
#include "tile/tile_command.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

class TileAccounts {
 public:
  // Opens accounts under `prefix` ("tile0"). Keeps a reference to `ledger`.
  TileAccounts(Ledger& ledger, const std::string& prefix, const TileParameters& tile,
               const DeviceModel& device, int columns);

  // What this tile posts from now on is on behalf of a command of this kind.
  void begin_command(TileOp op);
  // Posted since begin_command().
  [[nodiscard]] Energy command_energy() const { return from_si<Energy>(command_joules_); }

  // A pulse of the driver of a column, by its step: the code, where drivers are alike.
  void pulse(Picoseconds start, int step, DriverGain gain = DriverGain::unity);
  // Pulses of several columns at once; a step of 0 is none.
  void pulses(Picoseconds start, const std::vector<int>& steps,
              DriverGain gain = DriverGain::unity);
  void pulses(Picoseconds start, Energy track, Energy headroom, std::uint64_t count);
  // Columns under the read voltage for `duration`: what their devices, and what their references,
  // conduct together.
  void read(Picoseconds start, Picoseconds duration, Conductance devices, Conductance references,
            std::uint64_t columns = 1);
  void decisions(Picoseconds strobe, std::uint64_t count = 1);
  // The references of sums: a change of code each, then their currents from the supply.
  void sum_references(Picoseconds start, Picoseconds duration, std::uint64_t count);
  // Comparators that store their offset, one a column.
  void auto_zeros(Picoseconds start, std::uint64_t count);
  // The bias field: while it settles to that of pulses in this direction, and while walls are
  // pushed under it.
  void field_change(Picoseconds start, Picoseconds duration, Direction direction);
  void field_pulse(Picoseconds start, Picoseconds duration, Direction direction);
  // Rows that are driven to the read voltage: their lines are charged.
  void rows(Picoseconds start, std::uint64_t count);
  void select(Picoseconds start);
  // Of the controller: the first is clocked, in the others it waits.
  void cycles(Picoseconds start, std::int64_t count);

  [[nodiscard]] Power leakage() const { return leakage_; }  // of all components of the tile
  [[nodiscard]] bool owns(AccountId account) const { return account >= first_ && account < end_; }

 private:
  struct PulsePrice {
    double track = 0.0;     // J
    double headroom = 0.0;  // J
    bool known = false;
  };
  const PulsePrice& price(int step, DriverGain gain);
  void post(AccountId account, Picoseconds start, Picoseconds duration, double joules,
            std::uint64_t count = 1);

  Ledger* ledger_;
  AccountId first_;  // its own were opened in one go
  AccountId end_;
  std::vector<CommandId> commands_;  // by TileOp
  CommandId command_{};
  double command_joules_ = 0.0;
  DriverLaw driver_;
  std::array<SignedTable<PulsePrice>, 2> prices_;  // by gain and step
  Picoseconds pulse_duration_;
  Picoseconds decision_time_;
  Picoseconds clock_period_;
  Power leakage_;
  double bias_energy_;           // of a pulse's bias branch
  double read_voltage_squared_;  // V^2
  double decision_energy_;       // J
  double select_energy_;
  double row_energy_;
  double sum_reference_energy_;
  double sum_reference_power_;  // W
  FieldPrices field_;
  double auto_zero_energy_;
  double clocked_energy_;  // beyond that of a cycle in which the controller waits
  double wait_energy_;
  AccountId write_;      // array: in the tracks
  AccountId read_;       // array: in the MTJs
  AccountId headroom_;   // drivers
  AccountId bias_;       // drivers
  AccountId decision_;   // comparators
  AccountId reference_;  // ladder
  AccountId sum_step_;   // references of sums
  AccountId toggle_;     // select lines
  AccountId drive_;      // row lines
  AccountId zero_;       // comparators
  AccountId change_;     // bias field: to another
  AccountId push_;       // bias field: of pulses
  AccountId cycle_;      // controller
};

}  // namespace dwmtj
