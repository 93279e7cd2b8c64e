// SPDX-License-Identifier: Apache-2.0
#include "arrays/write_study.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

// Six straight devices, all at site 0, and what a write might say of them.
struct Study {
  TileParameters parameters = TileParameters::load(find_tile("straight"));
  Ledger ledger;
  BulkTile tile{"tile0", parameters, test::catalog_model(parameters.device), ledger,
                BulkTileOptions{{1, 3}, 1}};
  ArrayResult result{
      TileStatus::flagged, {0, 1, 0, 1, 1, 1}, {2, 3, 5, 7, 11, 13}, {1, 1, 2, 4, 3, 9}};

  [[nodiscard]] double squared_error(std::size_t device, int level) const {
    const auto wanted = tile.device().readout().level_conductance(level);
    const double error = in_si(tile.array().conductance(device)) - in_si(wanted);
    return error * error;
  }
};

TEST(WriteStudy, CountsByLevel) {
  const Study study;
  const auto levels = write_statistics(study.tile, {0, 0, 1, 1, 1, kSkip}, study.result);
  ASSERT_EQ(levels.size(), 5U);
  EXPECT_EQ(levels[0].devices, 2U);
  EXPECT_EQ(levels[0].pulses, 5U);
  EXPECT_EQ(levels[0].attempts, 2U);
  EXPECT_EQ(levels[0].flagged, 1U);
  EXPECT_EQ(levels[0].wrong_sites, 0U);
  EXPECT_EQ(levels[1].devices, 3U);
  EXPECT_EQ(levels[1].pulses, 23U);
  EXPECT_EQ(levels[1].attempts, 9U);
  EXPECT_EQ(levels[1].retries(), 6U);
  EXPECT_EQ(levels[1].flagged, 2U);
  EXPECT_EQ(levels[1].wrong_sites, 3U);
  EXPECT_DOUBLE_EQ(levels[1].each(levels[1].pulses), 23.0 / 3.0);
  EXPECT_EQ(levels[2].devices, 0U);
}

TEST(WriteStudy, ErrorsAreFromTheLevel) {
  const Study study;
  const auto levels = write_statistics(study.tile, {0, 0, 1, 1, 1, kSkip}, study.result);
  const double of_two = study.squared_error(0, 0) + study.squared_error(1, 0);
  EXPECT_DOUBLE_EQ(levels[0].squared_error, of_two);
  EXPECT_DOUBLE_EQ(in_si(levels[0].rms_error()), std::sqrt(of_two / 2.0));
  // A whole level away, by far more than the spread.
  const auto& readout = study.tile.device().readout();
  const double step = in_si(readout.level_conductance(1) - readout.level_conductance(0));
  EXPECT_NEAR(in_si(levels[1].rms_error()), std::abs(step), 0.1 * std::abs(step));
}

TEST(WriteStudy, SumsOfStatistics) {
  WriteStatistics sum{1, 2, 3, 4, 5, 6.0};
  sum.add({10, 20, 30, 40, 50, 60.0});
  EXPECT_EQ(sum.devices, 11U);
  EXPECT_EQ(sum.pulses, 22U);
  EXPECT_EQ(sum.attempts, 33U);
  EXPECT_EQ(sum.flagged, 44U);
  EXPECT_EQ(sum.wrong_sites, 55U);
  EXPECT_EQ(sum.squared_error, 66.0);
}

TEST(WriteStudy, RandomLevelsAreAllLevelsAboutEquallyOften) {
  const auto levels = random_levels(5000, 5, 7);
  EXPECT_EQ(levels, random_levels(5000, 5, 7));
  EXPECT_NE(levels, random_levels(5000, 5, 8));
  std::vector<int> counts(5, 0);
  for (const auto level : levels) ++counts.at(static_cast<std::size_t>(level));
  for (const int count : counts) EXPECT_NEAR(count, 1000, 4 * std::sqrt(800.0));
}

}  // namespace
}  // namespace dwmtj
