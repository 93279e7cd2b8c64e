// SPDX-License-Identifier: Apache-2.0
#include "tile/column_driver.h"

#include <cmath>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/random_stream.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"
#include "tile/driver_law.h"
#include "tile/driver_linearity.h"

namespace dwmtj {
namespace {

using ::testing::HasSubstr;

constexpr int kColumns = 4000;

TileParameters tile_of(double gain, double unit) {
  auto tile = TileParameters::load(find_tile("straight"));
  tile.driver.mismatch = {gain, unit};
  return tile;
}

TEST(ColumnDriver, WithoutMismatchAStepIsACode) {
  const auto tile = tile_of(0.0, 0.0);
  const ColumnDriver driver(tile.driver, 1, 7);
  EXPECT_EQ(tile.driver.steps_a_code(), 1);
  for (const int code : {-255, -1, 0, 3, 255}) EXPECT_EQ(driver.step(code), code);
}

// 16 steps a code: by hand from the draws of the column's stream.
TEST(ColumnDriver, IsOffByItsDraws) {
  const auto tile = tile_of(0.01, 0.05);
  const ColumnDriver driver(tile.driver, 3, 9);
  const auto error = [](std::uint32_t count) {
    const Draw words = draw(3, Stream::write_driver, 9, count);
    return normal(words.words[0], words.words[1]);
  };
  const double gain = 1.0 + 0.01 * error(0);
  const double four = 16 * 4 * gain * (1.0 + 0.05 / 2.0 * error(3));
  const double one = 16 * gain * (1.0 + 0.05 * error(1));
  EXPECT_NEAR(driver.exact(5), four + one, 1e-12);
  EXPECT_EQ(driver.step(5), std::lround(four + one));
  EXPECT_EQ(driver.step(-5), -driver.step(5));
  EXPECT_EQ(driver.step(0), 0);
}

// A gain of g, and sources of c units together off by u sqrt(c) units.
TEST(ColumnDriver, ErrorsHaveTheirDeviations) {
  const auto tile = tile_of(0.01, 0.08);
  double gain = 0.0, codes = 0.0;
  for (int column = 0; column < kColumns; ++column) {
    const ColumnDriver driver(tile.driver, 1, static_cast<std::uint64_t>(column));
    gain += std::pow(driver.exact(255) / (16 * 255.0) - 1.0, 2);
    codes += std::pow(driver.exact(16) / 16.0 - 16.0, 2);
  }
  const double sampling = 4.0 / std::sqrt(2.0 * kColumns);
  const double of_gain = std::hypot(0.01, 0.08 / std::sqrt(255.0));
  const double of_codes = std::hypot(0.16, 0.08 * std::sqrt(16.0));
  EXPECT_NEAR(std::sqrt(gain / kColumns), of_gain, sampling * of_gain);
  EXPECT_NEAR(std::sqrt(codes / kColumns), of_codes, sampling * of_codes);
}

TEST(ColumnDriver, NoCodeIsWithoutCurrent) {
  const auto tile = tile_of(0.2, 0.2);
  for (int column = 0; column < kColumns; ++column) {
    const ColumnDriver driver(tile.driver, 1, static_cast<std::uint64_t>(column));
    EXPECT_GE(driver.step(1), 4) << column;
    EXPECT_LE(driver.step(-1), -4) << column;
  }
}

// A step is the sixteenth of a code to the last bit, so that drivers that are off by nothing would
// do what nominal ones do.
TEST(ColumnDriver, StepsAreACodesShare) {
  auto tile = tile_of(0.01, 0.0);
  tile.driver.asymmetry = 1.3;
  const auto device = tile.load_device();
  const DriverLaw by_code(tile.driver, device), by_step(tile.driver.in_steps(), device);
  for (const int code : {-255, -124, 1, 124, 255}) {
    for (const auto gain : {DriverGain::unity, DriverGain::asymmetry}) {
      EXPECT_EQ(by_step.current(16 * code, gain), by_code.current(code, gain)) << code;
      EXPECT_EQ(by_step.track_energy(16 * code, gain), by_code.track_energy(code, gain)) << code;
    }
  }
}

TEST(DriverLinearity, OfAGainAloneIsALine) {
  const auto of = linearity_of(tile_of(0.02, 0.0), kColumns, 1);
  EXPECT_NEAR(of.gain, 0.02, 4.0 * 0.02 / std::sqrt(2.0 * kColumns));
  EXPECT_LT(of.worst_inl, 1e-9);
  EXPECT_LT(of.worst_dnl, 1e-9);
  EXPECT_EQ(of.falling, 0.0);
}

// Of sources of one bit and another: the step from 1 to 2 of three bits, by hand.
TEST(DriverLinearity, IsWorstWhereTheLargestSourceTakesOver) {
  auto tile = tile_of(0.0, 0.1);
  tile.driver.code_bits = 3;
  const ColumnDriver driver(tile.driver, 5, 0);
  const double one = driver.exact(1), two = driver.exact(2), mean = (one + two) / 3.0;
  const auto of = linearity_of(tile, 1, 5);
  EXPECT_NEAR(of.worst_inl, std::max(std::abs(one / mean - 1), std::abs(two / mean - 2)), 1e-12);
  EXPECT_NEAR(of.worst_dnl, std::max(std::abs(one / mean - 1), std::abs((two - one) / mean - 1)),
              1e-12);
  EXPECT_EQ(of.mean_inl, of.worst_inl);
}

// The step to the largest source is off by sqrt(2^(bits - 1) - 1) units.
TEST(DriverLinearity, FallsWhereStepsAreOffByMoreThanACode) {
  const auto of = linearity_of(tile_of(0.0, 0.05), kColumns, 1);
  const double step = 0.05 * std::sqrt(255.0);
  EXPECT_GT(of.mean_dnl, 0.6 * step);
  EXPECT_LT(of.mean_dnl, 1.2 * step);
  EXPECT_GT(of.falling, 0.05);
  EXPECT_LT(of.falling, 0.2);
}

TEST(DriverMismatch, IsRefusedWhereItMakesNoSense) {
  const auto refused = [](const std::string& tile, const std::string& change) {
    return input_error_of(
        [&] { return TileParameters::load(find_tile(tile), ParameterOverrides({change})); });
  };
  EXPECT_THAT(refused("straight", "driver.mismatch.gain=30 %"),
              HasSubstr("out of range [0 %, 20 %]"));
  EXPECT_THAT(refused("straight", "driver.mismatch.unit=-1 %"),
              HasSubstr("out of range [0 %, 20 %]"));
  EXPECT_THAT(refused("straight", "driver.bias=-1 uA"), HasSubstr("out of range [0 A, 1 mA]"));
  EXPECT_THAT(refused("scaled-50nm-table", "driver.mismatch.gain=1 %"),
              HasSubstr("driver.mismatch: codes number pulses, which are as measured"));
}

TEST(DriverMismatch, OfAFileHasALimitToo) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "mine.yaml";
  std::ofstream(file) << "extends: straight\nname: mine\ntitle: mine\ndriver:\n  mismatch:\n"
                         "    gain: {value: 30 %, range: [0 %, 50 %], source: none}\n";
  EXPECT_THAT(input_error_of([&] { return TileParameters::load(file); }),
              HasSubstr("mine.yaml:6: driver.mismatch.gain: expected at most 20 %"));
}

}  // namespace
}  // namespace dwmtj
