// SPDX-License-Identifier: Apache-2.0
#include "replay/pins_host.h"

#include "common/sim_time.h"

namespace dwmtj {

PinsHost::PinsHost(sc_core::sc_module_name name, const SynapseTile& tile,
                   const TraceEntries& entries)
    : PinHost(name, tile), ReplayHost(tile.name(), entries) {
  SC_THREAD(run);
}

void PinsHost::run() {
  while (const TraceEntry* const entry = next()) {
    wait_until(entry->at);
    complete(carry_out(entry->command));
  }
}

void PinsHost::wait_until(Picoseconds time) {
  if (time <= now_ps()) return;
  wait_for("its time", time);
  wait(to_sc_time(time - now_ps()));
}

void PinsHost::waits_for(const char* what) { wait_for(what, now_ps()); }

}  // namespace dwmtj
