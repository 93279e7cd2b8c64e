// SPDX-License-Identifier: Apache-2.0
// Times of a trace: whole picoseconds, read and written without passing through a double.
#pragma once

#include <string>
#include <string_view>

#include "common/picoseconds.h"

namespace dwmtj {

// Up to 2.5 hours: beyond, a SystemC time made from a double is no longer exact.
inline constexpr Picoseconds kLatestTraceTime = 9'000'000'000'000'000;

// "1200ns", "0.5us": the time, or -1 where the text is none that a trace can hold.
Picoseconds parse_trace_time(std::string_view text);

// In the largest unit that leaves a whole number: "1200ns".
std::string format_trace_time(Picoseconds time);

}  // namespace dwmtj
