// SPDX-License-Identifier: Apache-2.0
#include "traces/trace_reader.h"

#include <fmt/format.h>

#include "common/input_error.h"

namespace dwmtj {

TraceReader::TraceReader(const std::filesystem::path& file, std::uint32_t tiles, std::FILE* copy)
    : source_(file, copy), tiles_(tiles) {
  std::string_view line;
  source_.next(line);
  const auto text = line.substr(0, line.find_last_not_of(" \t") + 1);
  if (text != kTraceHeader) source_.fail(fmt::format("expected '{}'", kTraceHeader));
}

bool TraceReader::next(TraceEntry& entry) {
  std::string_view line;
  do {
    if (!source_.next(line)) return false;
  } while (!is_trace_command(line));
  try {
    parse_trace_line(line, tiles_, entry);
  } catch (const InputError& error) {
    source_.fail(error.what());
  }
  return true;
}

std::vector<TraceEntries> read_trace(const std::filesystem::path& file, std::uint32_t tiles,
                                     std::FILE* copy) {
  std::vector<TraceEntries> entries(tiles);
  TraceReader reader(file, tiles, copy);
  TraceEntry entry;
  while (reader.next(entry)) entries[entry.tile].push_back(entry);
  return entries;
}

}  // namespace dwmtj
