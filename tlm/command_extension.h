// SPDX-License-Identifier: Apache-2.0
// The one extension of the generic payload: a command for a tile and what became of it. It rides on
// a write to the COMMAND register; the payload's own data are not used.
#pragma once

#include <tlm>

#include "tile/command_outcome.h"

namespace dwmtj {

// The tile fills in the outcome.
struct CommandExtension : tlm::tlm_extension<CommandExtension>, CommandOutcome {
  TileCommand command;

  tlm::tlm_extension_base* clone() const override { return new CommandExtension(*this); }
  void copy_from(const tlm::tlm_extension_base& other) override {
    *this = static_cast<const CommandExtension&>(other);
  }
};

}  // namespace dwmtj
