// SPDX-License-Identifier: Apache-2.0
#include "tile/sum_readout.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/statistics.h"
#include "tile/sum_search.h"

namespace dwmtj {
namespace {

// 0.1 V over the MTJs, 1 kohm, 0.8 V supply; +-128 uA in 8 bits: 1 uA, or 10 uS, a code.
TileParameters ideal_tile() {
  auto tile = TileParameters::load(find_tile("straight"));
  tile.comparator.offset = tile.comparator.noise = {};
  tile.sum_reference.full_scale = from_si<Current>(128e-6);
  tile.sum_reference.mismatch = 0.0;
  return tile;
}

constexpr double kCode = 10e-6;  // S

int read(const TileParameters& tile, double siemens, int bits) {
  ComparatorLaw comparator(tile.comparator, 1, 0);
  return SumReadout(tile, 1, 1, 0)
      .read(0, from_si<Conductance>(siemens), bits, comparator, tile.period())
      .code;
}

TEST(SumReadout, CodeIsTheLargestThatTheSumExceeds) {
  const auto tile = ideal_tile();
  for (int code = -128; code < 128; ++code) {
    EXPECT_EQ(read(tile, (code + 0.01) * kCode, 8), code);
    EXPECT_EQ(read(tile, (code + 0.99) * kCode, 8), code);
  }
  for (int bits = 2; bits <= 8; ++bits) {
    const double step = 256.0 / (1 << bits) * kCode;
    for (int code = -(1 << (bits - 1)); code < 1 << (bits - 1); ++code) {
      EXPECT_EQ(read(tile, (code + 0.5) * step, bits), code) << bits;
    }
  }
}

TEST(SumReadout, EndsOfTheRangeStandForAllBeyond) {
  const auto tile = ideal_tile();
  EXPECT_EQ(read(tile, 1.0, 8), 127);
  EXPECT_EQ(read(tile, -1.0, 8), -128);
  EXPECT_EQ(read(tile, 1.0, 2), 1);
  EXPECT_EQ(read(tile, -1.0, 2), -2);
}

TEST(SumReadout, OfOneBitIsTheSign) {
  const auto tile = ideal_tile();
  EXPECT_EQ(read(tile, 1e-9, 1), 1);
  EXPECT_EQ(read(tile, -1e-9, 1), -1);
}

TEST(SumReadout, LsbFollowsFromTheBits) {
  const auto& reference = ideal_tile().sum_reference;
  EXPECT_DOUBLE_EQ(in_si(reference.lsb(1)), 128e-6);
  EXPECT_DOUBLE_EQ(in_si(reference.lsb(4)), 16e-6);
  EXPECT_DOUBLE_EQ(in_si(reference.lsb(8)), 1e-6);
}

// At 1 kohm a code of 1 uA is 1 mV.
TEST(SumReadout, OffsetOfTheComparatorMovesTheCode) {
  auto tile = ideal_tile();
  tile.comparator.offset = from_si<Voltage>(1e-3);
  for (std::uint64_t instance = 0; instance < 50; ++instance) {
    ComparatorLaw comparator(tile.comparator, 1, instance);
    const double seen = 30.5 + in_si(comparator.offset()) / 1e-3;
    const auto sum = SumReadout(tile, 1, 1, 0)
                         .read(0, from_si<Conductance>(30.5 * kCode), 8, comparator, tile.period());
    EXPECT_EQ(sum.code, static_cast<int>(std::floor(seen)));
    EXPECT_EQ(comparator.decisions(), 8U);
  }
}

// 0.9 S x 0.1 V x 1 kohm is 90 V; of eight references the nearest leaves 89.9 V.
TEST(SumReadout, InputsAreClippedAtTheSupplyAndCounted) {
  const auto tile = ideal_tile();
  const SumReadout readout(tile, 1, 1, 0);
  ComparatorLaw comparator(tile.comparator, 1, 0);
  const auto read = [&](double siemens, int bits) {
    return readout.read(0, from_si<Conductance>(siemens), bits, comparator, tile.period()).clipped;
  };
  EXPECT_EQ(read(0.9, 8), 8);
  EXPECT_EQ(read(0.9, 1), 1);
  EXPECT_EQ(read(0.0079, 1), 0);  // 0.79 V
  EXPECT_EQ(read(-0.0081, 1), 1);
  EXPECT_EQ(in_si(readout.input(0, from_si<Conductance>(-1.0), 0).voltage), -0.8);
}

TEST(SumReference, SourcesAreOffByTheirSize) {
  auto parameters = ideal_tile().sum_reference;
  parameters.mismatch = 0.02;
  std::vector<double> unit, largest, sum;
  for (std::uint64_t instance = 0; instance < 20000; ++instance) {
    const SumReference reference(parameters, 7, instance);
    const auto error = [&](int code) { return in_si(reference.current(code)) / 1e-6 - code; };
    unit.push_back(error(1) / 0.02);
    largest.push_back(error(64) / (0.02 * std::sqrt(64.0)));
    sum.push_back(error(127) / (0.02 * std::sqrt(127.0)));
    ASSERT_EQ(in_si(reference.current(0)), 0.0);
    ASSERT_EQ(reference.current(-99), -reference.current(99));
    ASSERT_NEAR(error(96), error(64) + error(32), 1e-9);
  }
  EXPECT_GT(test::standard_normal_p(unit), 0.01);
  EXPECT_GT(test::standard_normal_p(largest), 0.01);
  EXPECT_GT(test::standard_normal_p(sum), 0.01);
}

TEST(SumReference, BelongsToItsColumn) {
  auto tile = ideal_tile();
  tile.sum_reference.mismatch = 0.02;
  const SumReadout both(tile, 2, 5, 10);
  const SumReadout second(tile, 1, 5, 11);
  const auto nothing = from_si<Conductance>(0.0);
  EXPECT_EQ(both.input(1, nothing, 77).voltage, second.input(0, nothing, 77).voltage);
  EXPECT_NE(both.input(0, nothing, 77).voltage, second.input(0, nothing, 77).voltage);
}

// No code is missed while the error of the largest source is below its neighbours' step.
TEST(SumSearch, MismatchMovesThresholdsByItsSources) {
  auto tile = ideal_tile();
  tile.sum_reference.mismatch = 0.05;
  const SumReference reference(tile.sum_reference, 3, 0);
  const SumReadout readout(tile, 1, 3, 0);
  for (const int code : {-100, -64, -1, 1, 64, 100}) {
    const double threshold = in_si(reference.current(code)) / 0.1;
    ComparatorLaw comparator(tile.comparator, 1, 0);
    const auto read = [&](double siemens) {
      return readout.read(0, from_si<Conductance>(siemens), 8, comparator, tile.period()).code;
    };
    EXPECT_GE(read(threshold + 1e-9), code);
    EXPECT_LT(read(threshold - 1e-9), code);
  }
}

}  // namespace
}  // namespace dwmtj
