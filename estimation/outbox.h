// SPDX-License-Identifier: Apache-2.0
// Sends messages of one module over the interconnect, one request after the other, and waits for no
// answer.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include <systemc>
#include <tlm>
#include <tlm_utils/simple_initiator_socket.h>

#include "chip/message_extension.h"

namespace dwmtj {

class Outbox : public sc_core::sc_module, private tlm::tlm_mm_interface {
 public:
  tlm_utils::simple_initiator_socket<Outbox> socket;

  explicit Outbox(sc_core::sc_module_name name);

  void send(std::uint64_t address, std::int64_t bytes, const MessageExtension& message);
  // To each of these: one packet, where routers can copy it.
  void send(const std::vector<std::uint64_t>& addresses, std::int64_t bytes,
            const MessageExtension& message);

 private:
  using Payload = tlm::tlm_generic_payload;
  void free(Payload* payload) override { idle_.push_back(payload); }
  Payload& take();
  void queue(std::uint64_t address, std::int64_t bytes, const MessageExtension& message);
  void send_next();
  tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay);

  std::vector<std::unique_ptr<Payload>> payloads_;
  std::vector<Payload*> idle_;
  std::deque<Payload*> queue_;
  bool requesting_ = false;
  std::vector<unsigned char> data_;  // of all messages: nobody looks at them
};

}  // namespace dwmtj
