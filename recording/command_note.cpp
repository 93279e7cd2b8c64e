// SPDX-License-Identifier: Apache-2.0
#include "recording/command_note.h"

namespace dwmtj {

CommandNote note_of(const TileCommand& command) {
  CommandNote note;
  note.op = name_of(command.op);
  note.row = command.row;
  note.side = name_of(command.side);
  return note;
}

void note_answer(CommandNote& note, const CommandExtension& extension) {
  note.status = name_of(extension.result.status);
  note.joules = in_si(extension.energy);
}

}  // namespace dwmtj
