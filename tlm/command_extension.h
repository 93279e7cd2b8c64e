// SPDX-License-Identifier: Apache-2.0
// The one extension of the generic payload: a command for a tile and what became of it. It rides on
// a write to the COMMAND register; the payload's own data are not used.
#pragma once

#include <tlm>

#include "common/picoseconds.h"
#include "common/units.h"
#include "tile/tile_command.h"

namespace dwmtj {

struct CommandExtension : tlm::tlm_extension<CommandExtension> {
  TileCommand command;

  TileResult result;          // filled in by the tile
  Picoseconds started = 0;    // when the tile turned to the command
  Picoseconds completed = 0;  // when its result stood, as at the pins
  Energy energy;              // what the tile posted for it

  tlm::tlm_extension_base* clone() const override { return new CommandExtension(*this); }
  void copy_from(const tlm::tlm_extension_base& other) override {
    *this = static_cast<const CommandExtension&>(other);
  }
};

}  // namespace dwmtj
