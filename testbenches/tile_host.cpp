// SPDX-License-Identifier: Apache-2.0
#include "testbenches/tile_host.h"

#include "common/interrupt.h"

namespace dwmtj {

TileHost::TileHost(sc_core::sc_module_name name, const SynapseTile& tile,
                   std::vector<TileCommand> commands, Stall stall)
    : PinHost(name, tile, std::move(stall)), commands_(std::move(commands)) {
  SC_THREAD(run);
}

void TileHost::run() {
  for (const auto& command : commands_) {
    if (interrupted()) break;
    records_.push_back({carry_out(command), command});
  }
}

void TileHost::taken() {
  if (intrusions_.count(records_.size()) == 0) return;
  wait(sc_core::SC_ZERO_TIME);  // cmd_valid falls first
  cmd_valid.write(true);
  wait(sc_core::SC_ZERO_TIME);
  cmd_valid.write(false);
}

HostedTile::HostedTile(const std::string& name, const TileParameters& parameters,
                       const DeviceModel& device, Ledger& ledger, const TileOptions& options,
                       std::vector<TileCommand> commands, Stall host_stall)
    : tile(name.c_str(), parameters, device, ledger, options),
      host((name + "_host").c_str(), tile, std::move(commands), std::move(host_stall)),
      wires(tile, host) {}

}  // namespace dwmtj
