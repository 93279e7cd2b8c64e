// SPDX-License-Identifier: Apache-2.0
#include "traces/trace_time.h"

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

TEST(TraceTime, IsExactInEveryUnit) {
  EXPECT_EQ(parse_trace_time("0s"), 0);
  EXPECT_EQ(parse_trace_time("7ps"), 7);
  EXPECT_EQ(parse_trace_time("1200ns"), 1'200'000);
  EXPECT_EQ(parse_trace_time("0.5us"), 500'000);
  EXPECT_EQ(parse_trace_time("1.25ms"), 1'250'000'000);
  EXPECT_EQ(parse_trace_time("0.000000000001s"), 1);
  EXPECT_EQ(parse_trace_time("1.5000ns"), 1'500);
  // Not a double: neighbours of 2^53 would be the same.
  EXPECT_EQ(parse_trace_time("8999999999999999ps"), 8'999'999'999'999'999);
}

TEST(TraceTime, EndsWhereSystemcIsExact) {
  EXPECT_EQ(parse_trace_time("9000s"), kLatestTraceTime);
  EXPECT_EQ(parse_trace_time("9000.000000000001s"), -1);
  EXPECT_EQ(parse_trace_time("9001s"), -1);
  EXPECT_EQ(parse_trace_time("99999999999999999999s"), -1);
}

TEST(TraceTime, RefusesWhatIsNone) {
  for (const char* const text : {"", "s", "12", "1 ns", "-1ns", "+1ns", ".5ns", "1.ns", "1e3ns",
                                 "0.5ps", "1.0001ns", "1fs", "1NS", "1ns ", "nan", "0x1ns"}) {
    EXPECT_EQ(parse_trace_time(text), -1) << text;
  }
}

TEST(TraceTime, IsWrittenInTheLargestUnitThatFits) {
  EXPECT_EQ(format_trace_time(0), "0s");
  EXPECT_EQ(format_trace_time(1'200'000), "1200ns");
  EXPECT_EQ(format_trace_time(1'200'001), "1200001ps");
  EXPECT_EQ(format_trace_time(3'000'000'000'000), "3s");
  for (const Picoseconds time : {Picoseconds{1}, Picoseconds{999'999}, kLatestTraceTime}) {
    EXPECT_EQ(parse_trace_time(format_trace_time(time)), time);
  }
}

}  // namespace
}  // namespace dwmtj
