// SPDX-License-Identifier: Apache-2.0
// One command as it went: what was asked, what came back, and what that took.
#pragma once

#include "tile/command_outcome.h"

namespace dwmtj {

struct CommandRecord : CommandOutcome {
  TileCommand command;
};

}  // namespace dwmtj
