// SPDX-License-Identifier: Apache-2.0
// A tile: controller, select lines, drivers, array, reference ladder and comparators, wired up. Its
// pins are those of tile_controller.h, with commands and results as bundles of C++; flat_tile.h has
// them as hardware does.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <systemc>

#include "rtl_models/bias_field.h"
#include "rtl_models/binary_comparator.h"
#include "rtl_models/current_source_driver.h"
#include "rtl_models/energy_probe.h"
#include "rtl_models/handshake_monitor.h"
#include "rtl_models/read_source.h"
#include "rtl_models/row_decoder.h"
#include "rtl_models/sum_references.h"
#include "rtl_models/synapse_array.h"
#include "rtl_models/tile_controller.h"
#include "tile/fitted_tile.h"
#include "tile/instance_claim.h"

namespace dwmtj {

struct TileOptions {
  ArrayShape shape;
  std::uint64_t seed = 1;
  std::uint64_t first_device = 0;       // tiles of one simulation must not share devices ...
  std::uint64_t first_comparator = 0;   // ... nor comparators ...
  bool twin = false;                    // ... unless this is to do what another does, to compare
  std::string accounts = {};            // what its accounts are called; empty: as the module
  WaveformWriter* waveforms = nullptr;  // must outlive the tile
  Stall stall = {};                     // of drivers and comparators; for tests
  ProtocolCheck protocol = ProtocolCheck::off;  // of all handshakes
  Picoseconds patience = 0;                     // for a response to be taken, if watched; 0: any
  const TileState* initial = nullptr;           // null: saturated; used by the constructor alone
};

class SynapseTile : public sc_core::sc_module {
 public:
  ClockPin clk;    // the clock of the tile; unbound: one of its own, which costs no events
  ClockPin rst_n;  // unbound: never reset
  sc_core::sc_in<bool> cmd_valid;
  sc_core::sc_in<TileCommand> cmd;
  sc_core::sc_out<bool> cmd_ready;
  sc_core::sc_out<bool> rsp_valid;
  sc_core::sc_out<TileResult> rsp;
  sc_core::sc_in<bool> rsp_ready;

  // Keeps references to parameters, device and ledger.
  SynapseTile(sc_core::sc_module_name name, const TileParameters& parameters,
              const DeviceModel& device, Ledger& ledger, const TileOptions& options);

  // A wait without power, while no command is under way: how many walls have moved.
  std::size_t hold(const Holding& holding) { return array_.hold(holding); }
  [[nodiscard]] const PairArray& pairs() const { return array_.pairs(); }
  [[nodiscard]] TileState state() const;
  [[nodiscard]] const TileController& controller() const { return controller_; }
  [[nodiscard]] const BinaryComparator& comparator(int column) const {
    return comparators_[static_cast<std::size_t>(column)];
  }
  [[nodiscard]] const CurrentSourceDriver& driver(int column) const {
    return drivers_[static_cast<std::size_t>(column)];
  }
  // Inputs of comparators at the supply, in products.
  [[nodiscard]] std::uint64_t clipped_inputs() const { return references_.clipped(); }
  [[nodiscard]] const ProtocolLog& protocol() const { return protocol_; }
  [[nodiscard]] std::uint64_t commands_taken() const { return controller_.taken(); }
  // Posted for the last command.
  [[nodiscard]] Energy command_energy() const { return accounts_.command_energy(); }
  [[nodiscard]] std::uint64_t activations() const { return context_.activations; }

 private:
  template <typename T>
  using Wire = sc_core::sc_signal<T>;
  template <typename T>
  using Wires = sc_core::sc_vector<sc_core::sc_signal<T>>;

  void bind_pins();
  void bind_columns(int columns);
  void end_of_elaboration() override;
  void show_clock();
  void show_pins();
  void show_columns();

  std::optional<InstanceClaim> claim_;  // none of a twin
  FittedTile fitted_;
  TileAccounts accounts_;
  ProtocolLog protocol_;
  TileContext context_;
  ReferenceLadder ladder_;
  SumReadout readout_;
  ReadNoise noise_;
  EnergyProbe energy_;

  TileController controller_;
  HandshakeMonitor<TileCommand> command_monitor_;
  HandshakeMonitor<TileResult> result_monitor_;
  RowDecoder decoder_;
  BiasField field_;
  ReadSource source_;
  SumReferences references_;
  SynapseArray array_;
  sc_core::sc_vector<CurrentSourceDriver> drivers_;
  sc_core::sc_vector<BinaryComparator> comparators_;

  Wire<std::uint32_t> row_;
  Wire<bool> minus_;
  Wire<bool> reverse_field_;
  Wire<bool> read_on_;
  Wire<RowInputs> inputs_;
  Wire<std::uint32_t> sample_;
  Wires<std::int16_t> code_;
  Wire<bool> boost_;
  Wires<bool> enable_;
  Wires<bool> driver_ready_;
  Wires<std::int16_t> reference_;
  Wires<std::int16_t> sum_reference_;
  Wires<bool> strobe_;
  Wires<bool> decision_;
  Wires<bool> valid_;
};

}  // namespace dwmtj
