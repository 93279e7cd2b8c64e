// SPDX-License-Identifier: Apache-2.0
// The interconnect of a chip as TLM-2.0 sees it: finds the target of an address and turns requests
// and responses into packets of the network (docs/chip/interconnect.md).
#pragma once

#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

#include <systemc>
#include <tlm>
#include <tlm_utils/multi_passthrough_initiator_socket.h>
#include <tlm_utils/multi_passthrough_target_socket.h>
#include <tlm_utils/peq_with_cb_and_phase.h>

#include "chip/packet_network.h"

namespace dwmtj {

class Interconnect : public sc_core::sc_module {
 public:
  tlm_utils::multi_passthrough_target_socket<Interconnect> initiators;
  tlm_utils::multi_passthrough_initiator_socket<Interconnect> targets;

  Interconnect(sc_core::sc_module_name name, const InterconnectParameters& parameters,
               Ledger& ledger);
  ~Interconnect() override;
  Interconnect(const Interconnect&) = delete;
  Interconnect& operator=(const Interconnect&) = delete;

  // Before the simulation: one call for each socket bound, in the order of binding. Throws
  // std::logic_error: ranges overlap.
  void place_initiator(int router);
  void place_target(int router, std::uint64_t first, std::uint64_t bytes);

  [[nodiscard]] const PacketNetwork& network() const { return network_; }

 private:
  SC_HAS_PROCESS(Interconnect);
  using Payload = tlm::tlm_generic_payload;
  struct Transaction;
  struct Initiator {
    int port = 0;
    std::deque<Transaction*> responses;  // delivered
    Transaction* responding = nullptr;   // BEGIN_RESP sent, no END_RESP yet
    Packet* companions = nullptr;        // of a message that has more targets to come
  };
  struct Target {
    int port = 0;
    std::uint64_t first = 0;
    std::uint64_t bytes = 0;
    std::deque<Transaction*> requests;  // delivered
    bool requesting = false;            // BEGIN_REQ sent, no END_REQ yet
  };

  // The transport interfaces.
  void b_transport(int initiator, Payload& payload, sc_core::sc_time& delay);
  tlm::tlm_sync_enum nb_transport_fw(int initiator, Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay);
  tlm::tlm_sync_enum nb_transport_bw(int target, Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay);
  bool get_direct_mem_ptr(int initiator, Payload& payload, tlm::tlm_dmi& dmi);
  unsigned transport_dbg(int initiator, Payload& payload);
  void invalidate_direct_mem_ptr(int which, sc_dt::uint64 first, sc_dt::uint64 last);

  // The target of the payload's address; -1 where there is none.
  [[nodiscard]] int decode(const Payload& payload) const;
  [[nodiscard]] CommandId command_of(const Payload& payload) const;
  [[nodiscard]] bool waits_for_more(const Payload& payload) const;

  // Approximately timed. No phase is sent from within a call that brings one.
  void run();
  void wake() { work_.notify(sc_core::SC_ZERO_TIME); }
  void on_request_phase(Payload& payload, const tlm::tlm_phase& phase);
  void on_response_phase(Payload& payload, const tlm::tlm_phase& phase);
  bool begin_request(int initiator, int target, Payload& payload, Picoseconds time);
  void begin_response(Transaction& transaction, Picoseconds time);
  void injected(Transaction& transaction);
  void delivered(Transaction& transaction);
  void serve(int which);
  void serve_initiator(int which);
  void finish(Initiator& initiator);
  Transaction& new_transaction();
  void remember(Transaction& transaction);

  InterconnectParameters parameters_;
  PacketNetwork network_;
  std::vector<CommandId> commands_;  // by TileOp
  std::deque<Initiator> initiators_;
  std::deque<Target> targets_;  // by address
  mutable std::size_t last_hit_ = 0;
  tlm_utils::peq_with_cb_and_phase<Interconnect> request_phases_;
  tlm_utils::peq_with_cb_and_phase<Interconnect> response_phases_;
  sc_core::sc_event work_;
  std::unordered_map<const Payload*, Transaction*> under_way_;  // in four phases
  std::deque<Transaction> transactions_;
  std::vector<Transaction*> idle_;
};

}  // namespace dwmtj
