// SPDX-License-Identifier: Apache-2.0
// The one place where recording knows a model: what the command of a tile says about itself.
#pragma once

#include "recording/transaction.h"
#include "tlm/command_extension.h"

namespace dwmtj {

CommandNote note_of(const TileCommand& command);
void note_answer(CommandNote& note, const CommandExtension& extension);

}  // namespace dwmtj
