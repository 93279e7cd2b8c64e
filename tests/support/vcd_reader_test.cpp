// SPDX-License-Identifier: Apache-2.0
#include "tests/support/vcd_reader.h"

#include <fstream>
#include <stdexcept>
#include <unistd.h>

#include <gtest/gtest.h>

namespace dwmtj::test {
namespace {

class VcdReader : public ::testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(file_); }

  [[nodiscard]] VcdFile read(const std::string& text) const {
    std::ofstream(file_) << text;
    return read_vcd(file_);
  }

  // The sound text with one part replaced is refused at `line` for `reason`.
  void expect_refused(const std::string& part, const std::string& by, const std::string& reason) {
    std::string text = text_;
    text.replace(text.find(part), part.size(), by);
    try {
      static_cast<void>(read(text));
      FAIL() << "accepted: " << reason;
    } catch (const std::runtime_error& error) {
      EXPECT_EQ(error.what(), file_.string() + ":" + reason);
    }
  }

  std::filesystem::path file_ =
      std::filesystem::temp_directory_path() /
      ("dwmtj_vcd_reader_" + std::to_string(::getpid()) + "_" +
       ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".vcd");
  std::string text_ =
      "$date today $end\n"
      "$timescale\n"
      "  1 ns\n"
      "$end\n"
      "$scope module top $end\n"
      "$var real 64 ! level $end\n"
      "$scope module deep $end\n"
      "$var wire 4 \" count [3:0] $end\n"
      "$upscope $end\n"
      "$var string 1 # state $end\n"
      "$upscope $end\n"
      "$comment two words $end\n"
      "$enddefinitions $end\n"
      "#2\n"
      "$dumpvars\n"
      "r0 !\n"
      "bx \"\n"
      "s #\n"
      "$end\n"
      "#5\n"
      "r-1.5e-12 !\n"
      "b0101 \"\n"
      "sto\\040site\\0409 #\n"
      "#7\n";
};

TEST_F(VcdReader, ReadsWhatIsThere) {
  const VcdFile file = read(text_);
  ASSERT_EQ(file.signals.size(), 3U);
  EXPECT_EQ(file.comment, "two words\n");
  EXPECT_EQ(file.first_ps, 2000);
  EXPECT_EQ(file.last_ps, 7000);
  EXPECT_EQ(file.signal("top.level").type, "real");
  EXPECT_EQ(file.signal("top.deep.count").bits, 4);
  EXPECT_EQ(file.changes("top.level"), (VcdChanges{{2000, "0"}, {5000, "-1.5e-12"}}));
  EXPECT_EQ(file.changes("top.deep.count"), (VcdChanges{{2000, "x"}, {5000, "101"}}));
  EXPECT_EQ(file.changes("top.state"), (VcdChanges{{2000, ""}, {5000, "to site 9"}}));
}

TEST_F(VcdReader, LooksUpTheValueThatHolds) {
  const VcdFile file = read(text_);
  EXPECT_EQ(file.real_at("top.level", 4999), 0.0);
  EXPECT_EQ(file.real_at("top.level", 5000), -1.5e-12);
  EXPECT_EQ(file.integer_at("top.deep.count", 99999), 5U);
  EXPECT_THROW(static_cast<void>(file.integer_at("top.deep.count", 4000)), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(file.value_at("top.level", 1999)), std::out_of_range);
  EXPECT_THROW(static_cast<void>(file.value_at("top.nothing", 5000)), std::out_of_range);
}

TEST_F(VcdReader, RefusesMalformedHeaders) {
  expect_refused("$upscope $end\n$comment", "$comment", "12: a scope has no $upscope");
  expect_refused("  1 ns", "  1 hour", "4: unknown timescale 1hour");
  expect_refused("# state", "! state", "10: the code of top.state is taken");
  expect_refused("# state", "# level", "10: top.level is declared twice");
  expect_refused("wire 4", "wire four", "8: four bits");
  expect_refused("$var wire", "$variable wire", "8: unknown keyword $variable");
  expect_refused("$enddefinitions $end\n#2", "#2", "18: unknown keyword #2");
}

TEST_F(VcdReader, RefusesMalformedChanges) {
  expect_refused("#7", "#5", "24: time does not grow");
  expect_refused("#7", "#4", "24: time does not grow");
  expect_refused("#7", "#x", "24: not a time: #x");
  expect_refused("b0101 \"", "b01011 \"", "22: too many bits: b01011 \"");
  expect_refused("b0101 \"", "b0121 \"", "22: not a number: b0121 \"");
  expect_refused("b0101 \"", "b0101 $", "22: no signal has the code $");
  expect_refused("b0101 \"", "b0101\"", "22: not a change: b0101\"");
  expect_refused("r-1.5e-12 !", "r1.5V !", "21: not a real: r1.5V !");
  expect_refused("r-1.5e-12 !", "sone !", "21: not a real: sone !");
  expect_refused("bx \"\n", "", "18: top.deep.count has no initial value");
  expect_refused("$dumpvars\n", "", "15: a change before $dumpvars");
  expect_refused("#7\n", "#7", "24: the last line has no end");
}

TEST_F(VcdReader, RefusesAFileThatIsNotThere) {
  EXPECT_THROW(static_cast<void>(read_vcd(file_)), std::runtime_error);
}

}  // namespace
}  // namespace dwmtj::test
