// SPDX-License-Identifier: Apache-2.0
// The transaction-level view of a tile. Loosely timed: b_transport carries a command out at once
// and adds its time to the delay. Approximately timed: the four phases of the base protocol,
// BEGIN_RESP at the very picosecond at which the pins would hand the result over.
#pragma once

#include "tlm/command_extension.h"
#include "tlm/register_file.h"
#include "tlm/timed_target.h"

namespace dwmtj {

struct TlmTileOptions {
  BulkTileOptions tile;
  Time access_time = 1e-9 * si::seconds;       // of a register or window access
  Energy access_energy = 50e-15 * si::joules;  // likewise; assumption: a 32-bit on-chip access
};

class TlmTile : public TimedTarget {
 public:
  sc_core::sc_out<bool> interrupt;

  TlmTile(sc_core::sc_module_name name, const TileParameters& parameters, const DeviceModel& device,
          Ledger& ledger, const TlmTileOptions& options);

  [[nodiscard]] const BulkTile& tile() const { return tile_; }

 private:
  SC_HAS_PROCESS(TlmTile);
  // TimedTarget
  Picoseconds perform(tlm::tlm_generic_payload& payload, Picoseconds time) override;
  bool get_direct_mem_ptr(tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi) override;
  unsigned transport_dbg(tlm::tlm_generic_payload& payload) override;

  Picoseconds perform_command(CommandExtension& extension, Picoseconds time);
  void access(tlm::tlm_generic_payload& payload, Picoseconds time);
  static void access_window(tlm::tlm_generic_payload& payload, unsigned char* window,
                            bool writable);
  unsigned read_weights(tlm::tlm_generic_payload& payload) const;
  void raise_interrupt();

  Ledger& ledger_;
  BulkTile tile_;
  RegisterFile registers_;
  Picoseconds access_time_;
  double access_energy_;
  AccountId access_;
  sc_core::sc_event interrupt_due_;
};

}  // namespace dwmtj
