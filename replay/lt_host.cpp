// SPDX-License-Identifier: Apache-2.0
#include "replay/lt_host.h"

#include "kernel/sim_time.h"

namespace dwmtj {

LtHost::LtHost(sc_core::sc_module_name name, const std::string& tile,
               const std::vector<TraceEntry>& entries)
    : sc_module(name), ReplayHost(tile, entries), socket("socket") {
  SC_THREAD(run);
}

void LtHost::run() {
  keeper_.reset();
  while (const TraceEntry* const entry = next()) carry_out(*entry);
  keeper_.sync();
}

void LtHost::carry_out(const TraceEntry& entry) {
  if (entry.at > local_now()) keeper_.inc(to_sc_time(entry.at - local_now()));
  const Picoseconds started = local_now();
  auto& payload = pool_.make(entry.command);
  wait_for("the end of b_transport", now_ps());
  auto delay = keeper_.get_local_time();
  socket->b_transport(payload, delay);
  keeper_.set(delay);
  if (payload.is_response_ok()) {
    const auto& answer = *payload.get_extension<CommandExtension>();
    complete({answer.result, started, local_now(), answer.energy});
  } else {
    fail("the bus says " + payload.get_response_string());
  }
  payload.release();
  sync_if_needed();
}

void LtHost::sync_if_needed() {
  if (!keeper_.need_sync()) return;
  wait_for("its time", local_now());
  keeper_.sync();
}

Picoseconds LtHost::local_now() const { return to_picoseconds(keeper_.get_current_time()); }

}  // namespace dwmtj
