// SPDX-License-Identifier: Apache-2.0
#include "rtl_models/pin_host.h"

#include <utility>

#include "common/sim_time.h"

namespace dwmtj {

PinHost::PinHost(sc_core::sc_module_name name, const SynapseTile& tile, Stall stall)
    : sc_module(name),
      cmd_valid("cmd_valid"),
      cmd("cmd"),
      cmd_ready("cmd_ready"),
      rsp_valid("rsp_valid"),
      rsp("rsp"),
      rsp_ready("rsp_ready"),
      tile_(tile),
      stall_(std::move(stall)) {}

CommandOutcome PinHost::carry_out(const TileCommand& command) {
  waits_for("cmd_ready to rise");
  while (!cmd_ready.read()) wait(cmd_ready.posedge_event());
  if (stall_) wait(stall_());
  const Picoseconds started = now_ps();
  cmd.write(command);
  cmd_valid.write(true);
  waits_for("cmd_ready to fall");
  wait(cmd_ready.negedge_event());
  cmd_valid.write(false);
  taken();
  waits_for("rsp_valid to rise");
  while (!rsp_valid.read()) wait(rsp_valid.posedge_event());
  if (stall_) wait(stall_());
  rsp_ready.write(true);
  answered({rsp.read(), started, now_ps(), tile_.command_energy()});
  waits_for("rsp_valid to fall");
  wait(rsp_valid.negedge_event());
  rsp_ready.write(false);
  return {rsp.read(), started, now_ps(), tile_.command_energy()};
}

}  // namespace dwmtj
