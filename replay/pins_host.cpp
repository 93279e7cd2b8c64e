// SPDX-License-Identifier: Apache-2.0
#include "replay/pins_host.h"

#include "common/sim_time.h"

namespace dwmtj {

PinsHost::PinsHost(sc_core::sc_module_name name, const std::string& tile,
                   const TraceEntries& entries, Ledger& ledger)
    : sc_module(name), ReplayHost(tile, entries), meter_(ledger) {
  SC_THREAD(run);
}

void PinsHost::run() {
  while (const TraceEntry* const entry = next()) carry_out(*entry);
}

void PinsHost::carry_out(const TraceEntry& entry) {
  if (entry.at > now_ps()) {
    wait_for("its time", entry.at);
    wait(to_sc_time(entry.at - now_ps()));
  }
  const Picoseconds started = now_ps();
  meter_.restart();
  cmd.write(entry.command);
  cmd_valid.write(true);
  wait_for("cmd_ready to fall", started);
  wait(cmd_ready.negedge_event());
  cmd_valid.write(false);
  wait_for("rsp_valid to rise", now_ps());
  while (!rsp_valid.read()) wait(rsp_valid.posedge_event());
  rsp_ready.write(true);
  wait_for("rsp_valid to fall", now_ps());
  wait(rsp_valid.negedge_event());
  rsp_ready.write(false);
  complete({rsp.read(), started, now_ps(), meter_.energy()});
}

}  // namespace dwmtj
