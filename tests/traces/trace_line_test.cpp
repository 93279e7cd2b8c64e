// SPDX-License-Identifier: Apache-2.0
#include "traces/trace_line.h"

#include <gtest/gtest.h>

#include "tests/support/input_error_of.h"

namespace dwmtj {
namespace {

TraceEntry parse(std::string_view line, std::uint32_t tiles = kAnyTile) {
  TraceEntry entry;
  // What an earlier line left behind must not show.
  entry.command = {TileOp::pulse, 99, Side::minus, {1, 2, 3}};
  parse_trace_line(line, tiles, entry);
  return entry;
}

std::string error_of(std::string_view line, std::uint32_t tiles = 4) {
  return input_error_of([&] { return parse(line, tiles); });
}

std::string written(const TraceEntry& entry) {
  std::string text;
  append_trace_line(entry, text);
  return text;
}

TEST(TraceLine, HasWhenTileOpAndKeys) {
  const auto entry = parse("@1200ns tile3 program row=7 side=minus data=0,1,3*4,_,-2");
  EXPECT_EQ(entry.at, 1'200'000);
  EXPECT_EQ(entry.tile, 3U);
  EXPECT_EQ(entry.command.op, TileOp::program);
  EXPECT_EQ(entry.command.row, 7U);
  EXPECT_EQ(entry.command.side, Side::minus);
  EXPECT_EQ(entry.command.data, (std::vector<std::int16_t>{0, 1, 3, 3, 3, 3, kSkip, -2}));
}

TEST(TraceLine, LeavesOutWhatHasADefault) {
  const auto entry = parse("- tile0 read row=2");
  EXPECT_EQ(entry, (TraceEntry{kWhenFree, 0, {TileOp::read, 2, Side::plus, {}}}));
  EXPECT_EQ(parse("- tile0 multiply data=1"),
            (TraceEntry{kWhenFree, 0, {TileOp::multiply, 0, Side::plus, {1}}}));
}

TEST(TraceLine, TakesKeysInAnyOrderAndAnyBlanks) {
  EXPECT_EQ(parse(" \t-  tile0\tpulse data=1  side=minus row=5 \t"),
            parse("- tile0 pulse row=5 side=minus data=1"));
}

TEST(TraceLine, CanSayWhatIsIllegal) {
  EXPECT_EQ(parse("- tile0 op6").command.op, TileOp::count_of_ops);
  EXPECT_EQ(parse("- tile0 op255").command.op, TileOp::count_of_ops);
  EXPECT_EQ(parse("- tile0 read row=4294967295").command.row, 4294967295U);
  EXPECT_EQ(parse("- tile0 program row=0").command.data.size(), 0U);
  EXPECT_EQ(parse("- tile0 update row=0 data=32767,-32767").command.data[1], -32767);
}

TEST(TraceLine, SaysWhatWasExpected) {
  const std::string when = "expected - or @TIME, such as @1200ns: whole picoseconds up to 9000s, ";
  EXPECT_EQ(error_of("now tile0 read row=0"), when + "not 'now'");
  EXPECT_EQ(error_of("@12 tile0 read row=0"), when + "not '@12'");
  EXPECT_EQ(error_of("@"), when + "not '@'");
  EXPECT_EQ(error_of("-"), "expected tile0 to tile3, found nothing");
  EXPECT_EQ(error_of("- tile4 read row=0"), "expected tile0 to tile3, not 'tile4'");
  EXPECT_EQ(error_of("- tile1 read row=0", 1), "expected tile0, not 'tile1'");
  EXPECT_EQ(error_of("- tile read row=0", kAnyTile), "expected a tile such as tile0, not 'tile'");
  EXPECT_EQ(error_of("- tile0x read row=0"), "expected tile0 to tile3, not 'tile0x'");
  EXPECT_EQ(error_of("- tile-1 read row=0"), "expected tile0 to tile3, not 'tile-1'");
  const std::string op =
      "expected reset, pulse, program, update, read, multiply, or op6 to op255 for an illegal "
      "one, ";
  EXPECT_EQ(error_of("- tile0"), op + "found nothing");
  EXPECT_EQ(error_of("- tile0 wriet row=0"), op + "not 'wriet'");
  EXPECT_EQ(error_of("- tile0 op5 row=0"), op + "not 'op5'");
  EXPECT_EQ(error_of("- tile0 op256 row=0"), op + "not 'op256'");
}

TEST(TraceLine, SaysWhatWasExpectedOfKeys) {
  EXPECT_EQ(error_of("- tile0 read"), "expected row= for read, found nothing");
  EXPECT_EQ(error_of("- tile0 read row="),
            "expected row= with a number from 0 to 4294967295, found nothing");
  EXPECT_EQ(error_of("- tile0 read row=-1"),
            "expected row= with a number from 0 to 4294967295, not '-1'");
  EXPECT_EQ(error_of("- tile0 read row=4294967296"),
            "expected row= with a number from 0 to 4294967295, not '4294967296'");
  EXPECT_EQ(error_of("- tile0 read row=0 side=both"),
            "expected side=plus or side=minus, not 'both'");
  EXPECT_EQ(error_of("- tile0 read row=0 column=1"),
            "expected row=, side=, bits= or data=, not 'column=1'");
  EXPECT_EQ(error_of("- tile0 read row=0 row=0"), "expected each key once, not 'row=0'");
  EXPECT_EQ(error_of("- tile0 read row=0 # all"), "expected row=, side=, bits= or data=, not '#'");
}

TEST(TraceLine, CarriesTheBitsOfAResult) {
  EXPECT_EQ(parse("- tile0 multiply data=1").command.bits, 1);
  EXPECT_EQ(parse("- tile0 multiply bits=4 data=1").command.bits, 4);
  EXPECT_EQ(parse("- tile0 multiply bits=0 data=1").command.bits, 0);  // the tile refuses it
  const std::string bits = "expected bits= with a number from 0 to 255, ";
  EXPECT_EQ(error_of("- tile0 multiply bits="), bits + "found nothing");
  EXPECT_EQ(error_of("- tile0 multiply bits=256"), bits + "not '256'");
  EXPECT_EQ(error_of("- tile0 multiply bits=-1"), bits + "not '-1'");
  EXPECT_EQ(error_of("- tile0 multiply bits=2 bits=2"), "expected each key once, not 'bits=2'");
  EXPECT_EQ(written({kWhenFree, 0, {TileOp::multiply, 0, Side::plus, {1}, 12}}),
            "- tile0 multiply bits=12 data=1");
}

TEST(TraceLine, SaysWhatWasExpectedOfData) {
  const std::string values =
      "expected in data= values from -32767 to 32767 or _, each alone or as VALUE*COUNT, ";
  const auto data = [](const std::string& text) {
    return error_of("- tile0 pulse row=0 data=" + text);
  };
  EXPECT_EQ(data(""), values + "found nothing");
  EXPECT_EQ(data("1,"), values + "found nothing");
  EXPECT_EQ(data(",1"), values + "found nothing");
  EXPECT_EQ(data("1,two,3"), values + "not 'two'");
  EXPECT_EQ(data("1,2x,3"), values + "not '2x'");
  EXPECT_EQ(data("32768"), values + "not '32768'");
  EXPECT_EQ(data("-32768"), values + "not '-32768'");
  EXPECT_EQ(data("1*0"), values + "not '1*0'");
  EXPECT_EQ(data("1*"), values + "not '1*'");
  EXPECT_EQ(data("1*2*3"), values + "not '1*2*3'");
  EXPECT_EQ(data("1*-2"), values + "not '1*-2'");
  EXPECT_EQ(data("1.5"), values + "not '1.5'");
  const std::string long_word(100, 'x');
  EXPECT_EQ(data(long_word), values + "not '" + long_word.substr(0, 40) + "...'");
}

TEST(TraceLine, BoundsItsData) {
  EXPECT_EQ(parse("- tile0 multiply data=0*4096").command.data.size(), kMostTraceData);
  const std::string most = "expected at most 4096 values in data=";
  EXPECT_EQ(error_of("- tile0 multiply data=0*4097"), most);
  EXPECT_EQ(error_of("- tile0 multiply data=0*4096,1"), most);
  EXPECT_EQ(error_of("- tile0 multiply data=0*18446744073709551615"), most);
}

TEST(TraceLine, IsWrittenShort) {
  EXPECT_EQ(written({kWhenFree, 0, {TileOp::read, 2, Side::minus, {}}}),
            "- tile0 read row=2 side=minus");
  EXPECT_EQ(written({1'200'000, 12, {TileOp::multiply, 0, Side::plus, {1, 1, 1, kSkip, -1}}}),
            "@1200ns tile12 multiply data=1*3,_,-1");
  EXPECT_EQ(written({kWhenFree, 0, {TileOp::count_of_ops, 1, Side::plus, {}}}),
            "- tile0 op6 row=1");
}

}  // namespace
}  // namespace dwmtj
