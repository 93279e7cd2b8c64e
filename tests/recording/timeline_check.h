// SPDX-License-Identifier: Apache-2.0
// Reads a timeline back and holds it to what viewers expect: slices of a track are disjoint or
// nested, and both ends of an arrow lie within a slice that has come before in the file.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "common/picoseconds.h"

namespace dwmtj::test {

using Json = nlohmann::json;

struct Span {
  Picoseconds start;
  Picoseconds end;
};

// Whole, from the digits in the file.
inline Picoseconds picoseconds(const Json& microseconds) {
  return std::llround(microseconds.get<double>() * 1e6);
}

inline Span span_of(const Json& event) {
  const Picoseconds start = picoseconds(event["ts"]);
  return {start, start + picoseconds(event["dur"])};
}

inline bool nested_or_disjoint(const Span& a, const Span& b) {
  const bool disjoint = a.end <= b.start || b.end <= a.start;
  const bool nested =
      (a.start <= b.start && b.end <= a.end) || (b.start <= a.start && a.end <= b.end);
  return disjoint || nested;
}

// All pairs: for small files.
inline void expect_valid_timeline(const Json& events) {
  std::map<int, std::vector<Span>> tracks;
  for (const auto& event : events) {
    const std::string phase = event["ph"];
    if (phase == "M") continue;
    auto& spans = tracks[event["tid"]];
    if (phase == "X") {
      const Span span = span_of(event);
      for (const auto& other : spans) EXPECT_TRUE(nested_or_disjoint(span, other)) << event;
      spans.push_back(span);
      continue;
    }
    const Picoseconds time = picoseconds(event["ts"]);
    bool within = false;
    for (const auto& span : spans) within = within || (span.start <= time && time <= span.end);
    EXPECT_TRUE(within) << event;
  }
}

}  // namespace dwmtj::test
