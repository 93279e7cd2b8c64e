// SPDX-License-Identifier: Apache-2.0
#include "replay/at_host.h"

#include "kernel/sim_time.h"

namespace dwmtj {

AtHost::AtHost(sc_core::sc_module_name name, const std::string& tile,
               const std::vector<TraceEntry>& entries)
    : sc_module(name), ReplayHost(tile, entries), socket("socket") {
  socket.register_nb_transport_bw(this, &AtHost::nb_transport_bw);
  SC_THREAD(run);
}

void AtHost::run() {
  while (const TraceEntry* const entry = next()) carry_out(*entry);
}

void AtHost::carry_out(const TraceEntry& entry) {
  if (entry.at > now_ps()) {
    wait_for("its time", entry.at);
    wait(to_sc_time(entry.at - now_ps()));
  }
  const Picoseconds started = now_ps();
  auto& payload = pool_.make(entry.command);
  transfer(payload);
  if (payload.is_response_ok()) {
    const auto& answer = *payload.get_extension<CommandExtension>();
    complete({answer.result, started, now_ps(), answer.energy});
  } else {
    fail("the bus says " + payload.get_response_string());
  }
  payload.release();
}

void AtHost::transfer(tlm::tlm_generic_payload& payload) {
  tlm::tlm_phase phase = tlm::BEGIN_REQ;
  sc_core::sc_time delay;
  wait_for("END_REQ", now_ps());
  const auto answer = socket->nb_transport_fw(payload, phase, delay);
  if (answer == tlm::TLM_COMPLETED) {
    wait(delay);
    return;
  }
  if (answer == tlm::TLM_UPDATED) on_phase(phase, delay);
  wait(responded_);
  phase = tlm::END_RESP;
  delay = sc_core::SC_ZERO_TIME;
  socket->nb_transport_fw(payload, phase, delay);
}

tlm::tlm_sync_enum AtHost::nb_transport_bw(tlm::tlm_generic_payload&, tlm::tlm_phase& phase,
                                           sc_core::sc_time& delay) {
  on_phase(phase, delay);
  return tlm::TLM_ACCEPTED;
}

// BEGIN_RESP implies END_REQ.
void AtHost::on_phase(const tlm::tlm_phase& phase, const sc_core::sc_time& delay) {
  if (phase == tlm::END_REQ) wait_for("BEGIN_RESP", now_ps());
  if (phase == tlm::BEGIN_RESP) responded_.notify(delay);
}

}  // namespace dwmtj
