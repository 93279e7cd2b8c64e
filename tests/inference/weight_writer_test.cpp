// SPDX-License-Identifier: Apache-2.0
#include "inference/weight_writer.h"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "common/on_threads.h"
#include "devices/catalog.h"
#include "inference/effective_weights.h"
#include "tests/inference/networks.h"

namespace dwmtj {
namespace {

struct Setting {
  explicit Setting(LevelSet set, std::int64_t outputs = 128, std::int64_t inputs = 64)
      : levels(std::move(set)),
        layer(dense_layer(0, random_weights(outputs, inputs, 3))),
        mapped(map_weights(layer, levels, 100)) {}
  Setting(LevelSet set, const WeightCells& cells) : Setting(std::move(set)) {
    mapped = map_weights(layer, levels, 100, cells);
  }
  [[nodiscard]] LayerToWrite what(ArrayGrid grid = {1, 1, 48, 100, 1}) const {
    return {layer, mapped, tile_layer(layer, grid), 0, 0};
  }
  LevelSet levels;
  Layer layer;
  MappedWeights mapped;
};

DeviceHistory without_history(const LevelSet& levels) { return {levels, nullptr, {}}; }

LevelSet fig6(int bits) { return even_levels(find_in_catalog(level_set_catalog(), "fig6"), bits); }

// facts: a weight is off by sqrt(2) x 2.53 / 160 = 2.236 % of the limit.
TEST(OneShot, IsOffByTheStatedError) {
  const Setting setting(fig6(5), 512, 256);
  WritingRecord statistics;
  const auto pairs = one_shot_writer(setting.levels, without_history(setting.levels), 1.0, 1)
                         ->write(setting.what(), 0, statistics);
  double squares = 0;
  double sum = 0;
  for (std::size_t i = 0; i < pairs.plus.size(); ++i) {
    const double share = (double{pairs.plus[i]} - pairs.minus[i]) / setting.levels.range();
    const double error = share - setting.mapped.share(setting.levels, i);
    squares += error * error;
    sum += error;
  }
  const auto count = static_cast<double>(pairs.plus.size());
  EXPECT_NEAR(std::sqrt(squares / count), 0.02236, 0.02236 * 4 / std::sqrt(2 * count));
  EXPECT_NEAR(sum / count, 0.0, 4 * 0.02236 / std::sqrt(count));
  EXPECT_EQ(statistics.writes.devices, 2 * 512 * 256);
  EXPECT_NEAR(in_si(statistics.writes.rms_error()), 2.53e-6, 0.02e-6);
}

// The errors of the digits add up as their worth squared; those of pairs alike are their own.
TEST(OneShot, OfDigitsIsOffByAllOfThem) {
  const Setting setting(fig6(3), {5, 2, true});
  WritingRecord record;
  const auto pairs = one_shot_writer(setting.levels, without_history(setting.levels), 1.0, 1)
                         ->write(setting.what(), 0, record);
  EXPECT_EQ(record.writes.devices, 2 * 2 * 128 * 64);
  const auto weights = effective_weights(pairs, setting.levels, setting.mapped);
  const auto count = weights.size();
  double squares = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const int whole = setting.mapped.levels[i] + 4 * setting.mapped.levels[count + i];
    squares += std::pow(weights[i] / setting.mapped.limit - whole / 15.0, 2);
    EXPECT_NE(pairs.plus[i], pairs.plus[count + i]);
  }
  const double expected = 0.02236 * std::sqrt(0.2 * 0.2 + 0.8 * 0.8);
  EXPECT_NEAR(std::sqrt(squares / static_cast<double>(count)), expected,
              expected * 4 / std::sqrt(2.0 * static_cast<double>(count)));
}

TEST(OneShot, DiffersByProgrammingAndPairAlone) {
  const Setting setting(fig6(4));
  const auto writer = one_shot_writer(setting.levels, without_history(setting.levels), 1.0, 1);
  WritingRecord statistics;
  const auto first = writer->write(setting.what(), 0, statistics);
  EXPECT_NE(writer->write(setting.what(), 1, statistics).plus, first.plus);
  EXPECT_EQ(writer->write(setting.what({1, 1, 7, 5, 1}), 0, statistics).plus, first.plus);
}

TEST(Ideal, IsTheLevelItself) {
  const Setting setting(fig6(3));
  WritingRecord statistics;
  const auto pairs = ideal_writer(setting.levels, without_history(setting.levels), 1)
                         ->write(setting.what(), 0, statistics);
  EXPECT_EQ(in_si(statistics.writes.rms_error()), 0.0);
  for (std::size_t i = 0; i < pairs.plus.size(); ++i) {
    const float other = setting.mapped.levels[i] < 0 ? pairs.plus[i] : pairs.minus[i];
    EXPECT_FLOAT_EQ(other, 0.94e-3F);
  }
}

class Pulses : public testing::Test {
 protected:
  TileParameters tile_ = TileParameters::load(find_tile("straight"));
  DeviceModel device_{tile_.load_device()};
  Setting setting_{levels_of_device(device_)};
};

// Arrays of 48 x 100 pairs: 2 x 2 blocks, two of them of fewer rows or columns.
TEST_F(Pulses, ReachTheLevelsOfAllBlocks) {
  WritingRecord statistics;
  const auto writer =
      pulse_writer(setting_.levels, without_history(setting_.levels), tile_, device_, 1);
  const auto pairs = writer->write(setting_.what(), 0, statistics);
  EXPECT_EQ(setting_.what().tiling.arrays(), 4);
  EXPECT_EQ(statistics.writes.devices, 2 * 128 * 64);
  EXPECT_GT(statistics.writes.pulses, statistics.writes.devices / 4);
  EXPECT_GT(statistics.joules, 0.0);
  double siemens = 0.0;  // each at 100 mV for the 5 ns that its current settles
  for (const auto* const side : {&pairs.plus, &pairs.minus}) {
    siemens = std::accumulate(side->begin(), side->end(), siemens);
  }
  EXPECT_NEAR(statistics.read_joules, siemens * 0.1 * 0.1 * 5e-9, 1e-6 * statistics.read_joules);
  EXPECT_GT(statistics.seconds, 0.0);
  EXPECT_LE(statistics.writes.flagged, 2);
  // The spread of the five levels is 0.5 to 2.4 uS.
  EXPECT_GT(in_si(statistics.writes.rms_error()), 0.5e-6);
  EXPECT_LT(in_si(statistics.writes.rms_error()), 2.5e-6);
  for (std::size_t i = 0; i < pairs.plus.size(); ++i) {
    const double share = (double{pairs.plus[i]} - pairs.minus[i]) / setting_.levels.range();
    EXPECT_NEAR(share, setting_.mapped.share(setting_.levels, i), 0.2);
  }
  EXPECT_EQ(
      std::accumulate(statistics.histogram.begin(), statistics.histogram.end(), std::int64_t{0}),
      statistics.writes.devices);
}

// Of five levels each: 5 bits on two digits, side by side in arrays of 100 pairs.
TEST_F(Pulses, WriteEachDigit) {
  const Setting digits(levels_of_device(device_), {5, 2, true});
  const auto what = digits.what({1, 1, 48, 100, 2});
  EXPECT_EQ(what.tiling.arrays(), 2 * 3);
  const auto writer =
      pulse_writer(digits.levels, without_history(digits.levels), tile_, device_, 1);
  WritingRecord record;
  const auto pairs = writer->write(what, 0, record);
  EXPECT_EQ(record.writes.devices, 2 * 2 * 128 * 64);
  EXPECT_LE(record.writes.flagged, 4);
  for (std::size_t i = 0; i < pairs.plus.size(); ++i) {
    const double share = (double{pairs.plus[i]} - pairs.minus[i]) / digits.levels.range();
    EXPECT_NEAR(share, digits.mapped.share(digits.levels, i), 0.2);
  }
  const auto apart = [&](std::size_t i) {
    return pairs.plus[i] != pairs.plus[pairs.plus.size() / 2 + i];
  };
  EXPECT_TRUE(apart(0) && apart(1) && apart(100));
  const auto again = on_threads(7, [&] {
    WritingRecord other;
    return writer->write(what, 0, other);
  });
  EXPECT_EQ(again.plus, pairs.plus);
  EXPECT_EQ(again.minus, pairs.minus);
}

TEST_F(Pulses, AreTheSameOnAnyNumberOfThreads) {
  const auto writer =
      pulse_writer(setting_.levels, without_history(setting_.levels), tile_, device_, 1);
  const auto write = [&](int threads) {
    WritingRecord statistics;
    auto pairs = on_threads(threads, [&] { return writer->write(setting_.what(), 2, statistics); });
    return std::tuple(pairs.plus, pairs.minus, statistics.writes.pulses, statistics.joules,
                      statistics.writes.squared_error);
  };
  const auto one = write(1);
  EXPECT_EQ(write(2), one);
  EXPECT_EQ(write(7), one);
}

// No pulse moves them: they rest at a level of their own, most of them flagged.
TEST_F(Pulses, LeaveStuckDevicesWhereTheyAre) {
  tile_.stuck.rate = 0.05;
  tile_.stuck.level = 4;
  WritingRecord record;
  pulse_writer(setting_.levels, without_history(setting_.levels), tile_, device_, 1)
      ->write(setting_.what(), 0, record);
  const double expected = 0.05 * 2 * 128 * 64;
  EXPECT_NEAR(static_cast<double>(record.stuck), expected, 4.5 * std::sqrt(expected));
  EXPECT_GT(record.writes.flagged, static_cast<std::uint64_t>(record.stuck) * 3 / 4);
  EXPECT_LE(record.writes.flagged, static_cast<std::uint64_t>(record.stuck) + 2);
}

// A second at a heat that the barriers of 60 kT at room temperature do not hold.
TEST_F(Pulses, AreForgottenInTheHeat) {
  HistorySettings settings;
  settings.hold = 1.0 * si::seconds;
  settings.temperature = 1000.0 * si::kelvin;
  WritingRecord record;
  pulse_writer(setting_.levels, {setting_.levels, &device_, settings}, tile_, device_, 1)
      ->write(setting_.what(), 0, record);
  EXPECT_GT(record.moved, 0);
  EXPECT_EQ(record.stuck, 0);
}

TEST_F(Pulses, DifferByProgramming) {
  const auto writer =
      pulse_writer(setting_.levels, without_history(setting_.levels), tile_, device_, 1);
  WritingRecord statistics;
  const auto first = writer->write(setting_.what(), 0, statistics);
  EXPECT_NE(writer->write(setting_.what(), 1, statistics).plus, first.plus);
}

// From a quarter of the range below the least level to as much above the largest: 1.5 of it in 400.
TEST(WritingRecord, HistogramHasItsBinsWhereItSaysTheyAre) {
  const LevelSet levels{"two", 1.0, 3.0, {1.0, 3.0}, {0.1}, {}};
  EXPECT_DOUBLE_EQ(histogram_bin(levels, 0), 1.0 + 2.0 * (0.5 * 1.5 / 400 - 0.25));
  EXPECT_DOUBLE_EQ(histogram_bin(levels, 399), 3.0 + 2.0 * (0.25 - 0.5 * 1.5 / 400));
  WritingRecord record;
  for (int bin = 0; bin < kHistogramBins; bin += 57) {
    record.add_to_histogram(levels, histogram_bin(levels, bin));
    EXPECT_EQ(record.histogram.at(static_cast<std::size_t>(bin)), 1) << bin;
  }
  record.add_to_histogram(levels, -9.0);
  record.add_to_histogram(levels, 9.0);
  EXPECT_EQ(record.histogram.front(), 2);
  EXPECT_EQ(record.histogram.back(), 2);
}

}  // namespace
}  // namespace dwmtj
