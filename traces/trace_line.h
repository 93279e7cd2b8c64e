// SPDX-License-Identifier: Apache-2.0
// The one line of text of one trace entry (docs/traces/command_trace.md), both ways.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "traces/trace_entry.h"

namespace dwmtj {

inline constexpr std::string_view kTraceHeader = "dwmtj-trace 1";
inline constexpr std::uint32_t kAnyTile = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::size_t kMostTraceData = 4096;  // values of one command

// Neither a comment nor empty.
bool is_trace_command(std::string_view line);

// Reads `line` into `entry`, whose memory is used again; its tile must be below `tiles`. Throws
// InputError that says what was expected, without the place.
void parse_trace_line(std::string_view line, std::uint32_t tiles, TraceEntry& entry);

// Appends the line of `entry`, without its end.
void append_trace_line(const TraceEntry& entry, std::string& text);

// "0,1,3*64,_": the values of a command or of a result.
void append_trace_data(const std::vector<std::int16_t>& data, std::string& text);
// "2*8,5": what a result counts.
void append_trace_data(const std::vector<std::uint16_t>& data, std::string& text);

}  // namespace dwmtj
