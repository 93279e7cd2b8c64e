// SPDX-License-Identifier: Apache-2.0
// Reads a command trace (docs/traces/command_trace.md), plain or gzip, in constant memory.
#pragma once

#include <filesystem>
#include <vector>

#include "common/line_source.h"
#include "traces/trace_entry.h"
#include "traces/trace_line.h"

namespace dwmtj {

class TraceReader {
 public:
  // Tiles are 0 to `tiles` - 1. Throws InputError when the file is no trace. `copy`, if any, gets
  // the bytes of the file.
  explicit TraceReader(const std::filesystem::path& file, std::uint32_t tiles = kAnyTile,
                       std::FILE* copy = nullptr);

  // The next command; false after the last. `entry` keeps its memory. Throws InputError:
  // file:line, what was expected.
  bool next(TraceEntry& entry);
  [[nodiscard]] std::uint64_t line() const { return source_.number(); }  // of that command

 private:
  LineSource source_;
  std::uint32_t tiles_;
};

// A whole trace, by tile, each in the order of the file; `copy` as above.
std::vector<TraceEntries> read_trace(const std::filesystem::path& file, std::uint32_t tiles,
                                     std::FILE* copy = nullptr);

}  // namespace dwmtj
