// SPDX-License-Identifier: Apache-2.0
#include "testbenches/tile_host.h"

#include "common/interrupt.h"
#include "common/sim_time.h"

namespace dwmtj {

TileHost::TileHost(sc_core::sc_module_name name, std::vector<TileCommand> commands,
                   const Ledger& ledger, Stall stall)
    : sc_module(name), commands_(std::move(commands)), ledger_(ledger), stall_(std::move(stall)) {
  SC_THREAD(run);
}

void TileHost::run() {
  for (const auto& command : commands_) {
    if (interrupted()) break;
    records_.push_back(carry_out(command));
  }
}

CommandRecord TileHost::carry_out(const TileCommand& command) {
  while (!cmd_ready.read()) wait(cmd_ready.posedge_event());
  if (stall_) wait(stall_());
  const Picoseconds start = now_ps();
  const Energy before = ledger_.posted();
  cmd.write(command);
  cmd_valid.write(true);
  wait(cmd_ready.negedge_event());
  cmd_valid.write(false);
  if (intrusions_.count(records_.size()) > 0) intrude();
  while (!rsp_valid.read()) wait(rsp_valid.posedge_event());
  if (stall_) wait(stall_());
  rsp_ready.write(true);
  wait(rsp_valid.negedge_event());
  rsp_ready.write(false);
  return {command, rsp.read(), start, now_ps() - start, ledger_.posted() - before};
}

void TileHost::intrude() {
  wait(sc_core::SC_ZERO_TIME);  // cmd_valid falls first
  cmd_valid.write(true);
  wait(sc_core::SC_ZERO_TIME);
  cmd_valid.write(false);
}

HostedTile::HostedTile(const std::string& name, const TileParameters& parameters,
                       const DeviceModel& device, Ledger& ledger, const TileOptions& options,
                       std::vector<TileCommand> commands, Stall host_stall)
    : tile(name.c_str(), parameters, device, ledger, options),
      host((name + "_host").c_str(), std::move(commands), ledger, std::move(host_stall)),
      wires(tile, host) {}

}  // namespace dwmtj
