// SPDX-License-Identifier: Apache-2.0
// The transaction-level view of a tile. Loosely timed: b_transport carries a command out at once
// and adds its time to the delay. Approximately timed: the four phases of the base protocol,
// BEGIN_RESP at the very picosecond at which the pins would hand the result over.
#pragma once

#include <deque>

#include <systemc>
#include <tlm>
#include <tlm_utils/peq_with_cb_and_phase.h>
#include <tlm_utils/simple_target_socket.h>

#include "tlm/command_extension.h"
#include "tlm/register_file.h"

namespace dwmtj {

struct TlmTileOptions {
  BulkTileOptions tile;
  Time access_time = 1e-9 * si::seconds;       // of a register or window access
  Energy access_energy = 50e-15 * si::joules;  // likewise; assumption: a 32-bit on-chip access
};

class TlmTile : public sc_core::sc_module {
 public:
  tlm_utils::simple_target_socket<TlmTile> socket;
  sc_core::sc_out<bool> interrupt;

  TlmTile(sc_core::sc_module_name name, const TileParameters& parameters, const DeviceModel& device,
          Ledger& ledger, const TlmTileOptions& options);

  [[nodiscard]] const BulkTile& tile() const { return tile_; }

 private:
  SC_HAS_PROCESS(TlmTile);
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  tlm::tlm_sync_enum nb_transport_fw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay);
  bool get_direct_mem_ptr(tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi);
  unsigned transport_dbg(tlm::tlm_generic_payload& payload);

  // Carries a transaction out that arrives at `time`; when it is complete.
  Picoseconds perform(tlm::tlm_generic_payload& payload, Picoseconds time);
  Picoseconds perform_command(CommandExtension& extension, Picoseconds time);
  void access(tlm::tlm_generic_payload& payload, Picoseconds time);
  void access_registers(tlm::tlm_generic_payload& payload, Picoseconds time);
  void access_window(tlm::tlm_generic_payload& payload, unsigned char* window, bool writable);
  unsigned read_weights(tlm::tlm_generic_payload& payload) const;

  // Approximately timed.
  void on_phase(tlm::tlm_generic_payload& payload, const tlm::tlm_phase& phase);
  void begin_request(tlm::tlm_generic_payload& payload);
  void accept(tlm::tlm_generic_payload& payload);
  void schedule_response();
  void begin_response();
  void end_response();
  void raise_interrupt();

  Ledger& ledger_;
  BulkTile tile_;
  RegisterFile registers_;
  sc_core::sc_time access_time_;
  double access_energy_;
  AccountId access_;

  struct Response {
    tlm::tlm_generic_payload* payload;
    Picoseconds due;
  };
  tlm_utils::peq_with_cb_and_phase<TlmTile> phases_;
  std::deque<Response> responses_;                 // accepted, in order
  std::deque<tlm::tlm_generic_payload*> waiting_;  // the queue is full: END_REQ is held back
  bool responding_ = false;                        // BEGIN_RESP sent, END_RESP not seen
  sc_core::sc_event response_due_;
  sc_core::sc_event interrupt_due_;
};

}  // namespace dwmtj
