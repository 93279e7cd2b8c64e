// SPDX-License-Identifier: Apache-2.0
#include "traces/trace_time.h"

#include <array>
#include <charconv>
#include <cstdint>

namespace dwmtj {
namespace {

struct Unit {
  std::string_view symbol;
  Picoseconds scale;
};

constexpr std::array<Unit, 5> kUnits = {
    {{"s", 1'000'000'000'000}, {"ms", 1'000'000'000}, {"us", 1'000'000}, {"ns", 1'000}, {"ps", 1}}};
constexpr Picoseconds kNone = -1;

Picoseconds scale_of(std::string_view symbol) {
  for (const auto& unit : kUnits) {
    if (unit.symbol == symbol) return unit.scale;
  }
  return kNone;
}

// Removes leading digits from `text`.
std::string_view take_digits(std::string_view& text) {
  const auto digits = text.substr(0, text.find_first_not_of("0123456789"));
  text.remove_prefix(digits.size());
  return digits;
}

// The decimals of a number, in picoseconds; kNone where a picosecond is too coarse for them.
Picoseconds fraction(std::string_view digits, Picoseconds scale) {
  Picoseconds sum = 0;
  for (const char digit : digits) {
    scale /= 10;
    if (scale == 0 && digit != '0') return kNone;
    sum += scale * (digit - '0');
  }
  return sum;
}

}  // namespace

Picoseconds parse_trace_time(std::string_view text) {
  const auto whole_digits = take_digits(text);
  std::string_view decimals;
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    decimals = take_digits(text);
    if (decimals.empty()) return kNone;
  }
  const Picoseconds scale = scale_of(text);
  std::uint64_t whole = 0;
  const auto parsed =
      std::from_chars(whole_digits.data(), whole_digits.data() + whole_digits.size(), whole);
  if (scale == kNone || parsed.ec != std::errc{}) return kNone;
  const Picoseconds part = fraction(decimals, scale);
  if (part == kNone || whole > static_cast<std::uint64_t>(kLatestTraceTime / scale)) return kNone;
  const Picoseconds time = static_cast<Picoseconds>(whole) * scale + part;
  return time <= kLatestTraceTime ? time : kNone;
}

std::string format_trace_time(Picoseconds time) {
  for (const auto& unit : kUnits) {
    if (time % unit.scale == 0) return std::to_string(time / unit.scale) + std::string(unit.symbol);
  }
  return {};  // never: the last unit is a picosecond
}

}  // namespace dwmtj
