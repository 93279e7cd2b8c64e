// SPDX-License-Identifier: Apache-2.0
// One line of a command trace: a command, which tile it is for, and when.
#pragma once

#include <cstdint>

#include "common/picoseconds.h"
#include "common/spool.h"
#include "tile/tile_command.h"

namespace dwmtj {

inline constexpr Picoseconds kWhenFree = -1;

struct TraceEntry {
  Picoseconds at = kWhenFree;  // not before this time, and not before the tile is free
  std::uint32_t tile = 0;
  TileCommand command;
};

inline bool operator==(const TraceEntry& a, const TraceEntry& b) {
  return a.at == b.at && a.tile == b.tile && a.command == b.command;
}

// As common/spool.h wants it.
inline void write_record(const TraceEntry& entry, std::string& bytes) {
  const auto& command = entry.command;
  append_bytes(entry.at, bytes);
  append_bytes(entry.tile, bytes);
  append_bytes(command.op, bytes);
  append_bytes(command.row, bytes);
  append_bytes(command.side, bytes);
  append_bytes(command.data, bytes);
  append_bytes(command.bits, bytes);
}
inline void read_record(const char*& from, TraceEntry& entry) {
  auto& command = entry.command;
  take_bytes(from, entry.at);
  take_bytes(from, entry.tile);
  take_bytes(from, command.op);
  take_bytes(from, command.row);
  take_bytes(from, command.side);
  take_bytes(from, command.data);
  take_bytes(from, command.bits);
}

using TraceEntries = Spooled<TraceEntry>;

}  // namespace dwmtj
