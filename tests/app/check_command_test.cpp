// SPDX-License-Identifier: Apache-2.0
// `dwmtj check`: what it says would fit leaves no warning, and runs say what it says.
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/program.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

using ::testing::HasSubstr;

class Check : public ::testing::Test {
 protected:
  [[nodiscard]] Outcome check(std::vector<std::string> words) const {
    words.insert(words.begin(), "check");
    return dwmtj_in(folder_.path(), words);
  }
  // Warned of, and mended by the very command that it prints.
  void expect_mended(const std::vector<std::string>& words, const std::string& part) const {
    const auto outcome = check(words);
    EXPECT_EQ(outcome.status, 1) << outcome.out << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr(part));
    const auto mended = check(suggested(outcome.out));
    EXPECT_EQ(mended.status, 0) << outcome.out << mended.out << mended.err;
    EXPECT_THAT(mended.out, HasSubstr("\nno warning\n"));
  }
  // The words after `dwmtj check` of its last line, quotes taken off.
  static std::vector<std::string> suggested(const std::string& text) {
    const auto at = text.find("none with\n  dwmtj check ");
    EXPECT_NE(at, std::string::npos) << text;
    if (at == std::string::npos) return {};
    std::vector<std::string> words(1);
    bool quoted = false;
    for (const char c : text.substr(at + 24, text.find('\n', at + 12) - at - 24)) {
      if (c == '\'') {
        quoted = !quoted;
      } else if (c == ' ' && !quoted) {
        words.emplace_back();
      } else {
        words.back() += c;
      }
    }
    return words;
  }

  TemporaryFolder folder_;
};

TEST_F(Check, ABuildableTileIsFine) {
  const auto outcome = check({"straight-65nm"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "straight-65nm, 64 x 64 pairs of 'straight-100k-film'\nno warning\n");
}

TEST_F(Check, SaysWhatWouldFit) {
  expect_mended({"straight-65nm", "--rows", "256"}, "longer than lambda / 4, 150 cells");
  expect_mended({"straight-65nm", "--rows", "128", "--columns", "128"}, "read row: ");
  expect_mended({"straight-28nm", "--set", "wires.row_resistance=1 ohm"}, "wires: ");
  expect_mended({"straight-65nm", "--set", "read.voltage=0.9 V"}, "read current: ");
  expect_mended({"straight-65nm", "--set", "read.load=20 kohm"}, "noise: ");
  expect_mended({"straight-65nm", "--set", "comparator.auto_zero.residue=20 %"}, "offset: ");
  expect_mended({"straight-65nm", "--set", "read.load=500 kohm"}, "clipping: ");
  expect_mended({"straight-130nm", "--set", "row_driver.area=30 um^2"}, "row driver: ");
  expect_mended({"trapezoidal-65nm", "--set", "sum_reference.bits=12"}, "resolution: ");
}

// Resistances of 100 ohm are no matter of circuits.
TEST_F(Check, ThePrototypesCannotBeMended) {
  const auto outcome = check({"trapezoidal"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out, HasSubstr("trapezoidal, 64 x 64 pairs of 'trapezoidal', circuits as "
                                     "measured\n"));
  EXPECT_THAT(outcome.out, HasSubstr("20 mV drive 298 uA along the track"));
  EXPECT_THAT(outcome.out, HasSubstr("kT/C: a comparator's noise of 50 uV and its energy of 10 fJ "
                                     "exclude each other at 800 mV"));
  EXPECT_THAT(outcome.out, HasSubstr("field: -4 mT and -42 mT come from a laboratory's magnet"));
}

// 190 uV of reading are less than the tile's file lets it be, 1 mV.
TEST_F(Check, SaysNothingWouldFitThatItsFileRefuses) {
  const auto outcome = check({"trapezoidal"});
  EXPECT_THAT(outcome.out,
              HasSubstr("moves a wall with a chance of 1\n  fits: nothing in this tile\n"));
  EXPECT_THAT(outcome.out, HasSubstr("10 um^2 allow 100 ohm\n  fits: nothing in this tile\n"));
  EXPECT_THAT(outcome.out, HasSubstr("at 800 mV\n  fits: comparator.noise=730 uV\n"));
}

TEST_F(Check, TilesOfChipsAndCores) {
  EXPECT_THAT(check({"mesh-16"}).out, HasSubstr("64 x 64 pairs of '"));
  EXPECT_THAT(check({"bus-4"}).out, HasSubstr("8 x 8 pairs of '"));
  EXPECT_THAT(check({"binary-comparator"}).out, HasSubstr("64 x 64 pairs of '"));
  EXPECT_THAT(check({"mesh-16", "--set", "tiles.tile=straight-16", "--set", "tiles.rows=8"}).out,
              HasSubstr("straight-16, 8 x 64 pairs of 'straight-16'"));
  expect_mended({"mesh-16", "--set", "tile.read.load=500 kohm"}, "clipping: ");
  expect_mended({"binary-comparator", "--set", "core.tile.read.load=500 kohm"}, "clipping: ");
  const auto outcome = check({"isaac-ce"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("its core is an inventory of its own"));
}

TEST_F(Check, WrongInputIsOneLine) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"nowhere"},
           {"straight-65nm", "--set", "wires.row_resistance=0 ohm"},
           {"straight-65nm", "--set", "row_driver.area=-1 um^2"},
           {"straight-65nm", "--set", "comparator.noise=1 uV"},
           {"straight-65nm", "--set", "cell.read_path=up"},
           {"straight-65nm", "--set", "field.source=external-coil", "--set",
            "device=trapezoidal-100k"}}) {
    const auto outcome = check(words);
    EXPECT_EQ(outcome.status, 2) << outcome.out;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  }
}

// Not of prototypes, whose files say that their circuits are as measured.
TEST_F(Check, RunsWarnOfTheirTiles) {
  const auto program = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "program");
    words.insert(words.end(), {"--rows", "4", "--columns", "4"});
    const auto outcome = dwmtj_in(folder_.path(), words);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return outcome.err;
  };
  EXPECT_EQ(program({"straight-65nm", "--set", "read.load=20 kohm"})
                .find("dwmtj: warning: tile 'straight-65nm': noise: the noise of a reading is "),
            0U);
  EXPECT_EQ(program({"straight-65nm"}), "");
  EXPECT_EQ(program({"trapezoidal"}), "");
}

}  // namespace
}  // namespace dwmtj
