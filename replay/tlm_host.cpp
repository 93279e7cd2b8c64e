// SPDX-License-Identifier: Apache-2.0
#include "replay/tlm_host.h"

#include "common/sim_time.h"

namespace dwmtj {

TlmHost::TlmHost(sc_core::sc_module_name name, const std::string& tile, const TraceEntries& entries,
                 InitiatorPort& port, std::uint64_t base)
    : sc_module(name), ReplayHost(tile, entries), port_(port), base_(base) {
  SC_THREAD(run);
}

void TlmHost::run() {
  keeper_.reset();
  while (const TraceEntry* const entry = next()) carry_out(*entry);
  keeper_.sync();
}

void TlmHost::carry_out(const TraceEntry& entry) {
  wait_until(entry.at);
  const Picoseconds started = local_now();
  auto& payload = port_.pool.make(entry.command, base_);
  auto delay = keeper_.get_local_time();
  port_.transport(payload, delay, *this);
  keeper_.set(delay);
  if (payload.is_response_ok()) {
    const auto& answer = *payload.get_extension<CommandExtension>();
    complete({answer.result, started, local_now(), answer.energy});
  } else {
    fail("the bus says " + payload.get_response_string());
  }
  payload.release();
  if (port_.timing() == TlmTiming::lt && keeper_.need_sync()) synchronise();
}

void TlmHost::wait_until(Picoseconds time) {
  if (time <= local_now()) return;
  keeper_.inc(to_sc_time(time - local_now()));
  if (port_.timing() == TlmTiming::at) synchronise();
}

void TlmHost::synchronise() {
  wait_for("its time", local_now());
  keeper_.sync();
}

void TlmHost::waits_for(const char* what) { wait_for(what, now_ps()); }

Picoseconds TlmHost::local_now() const { return to_picoseconds(keeper_.get_current_time()); }

}  // namespace dwmtj
