// SPDX-License-Identifier: Apache-2.0
// The measured numbers of Figs. 2 and 3, from the same protocols on the simulated devices. Every
// row is printed beside the paper's value.
#include <cmath>
#include <cstdio>

#include <gtest/gtest.h>

#include "characterization/cycle_statistics.h"
#include "characterization/ramp.h"
#include "characterization/write_reset.h"
#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

using test::catalog_model;
using test::volts;

constexpr std::uint64_t kSeeds = 200;

void expect_measured(const char* what, double ours, double measured, double tolerance) {
  std::printf("  %-34s measured %8.4g, ours %8.4g (%+.2f %%)\n", what, measured, ours,
              100.0 * (ours / measured - 1.0));
  EXPECT_NEAR(ours / measured, 1.0, tolerance) << what;
}

// The ramps of `cycles` cycles for every seed.
std::vector<DeviceRecord> ramps(const DeviceModel& model, double stop, int cycles) {
  std::vector<DeviceRecord> records;
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    records.push_back(
        record_of(ramp(model, {volts(0), volts(stop), volts(0.05), cycles, 1, seed, 1}), 0));
  }
  return records;
}

CycleStatistics statistics_of(const DeviceModel& model, const std::vector<DeviceRecord>& records,
                              Phase phase = Phase::write) {
  CycleStatistics statistics(model.sites(), phase);
  for (const auto& record : records) statistics.add(record);
  return statistics;
}

double share_with_skip(const CycleStatistics& statistics) {
  return static_cast<double>(statistics.cycles_with_skip()) /
         static_cast<double>(statistics.cycles());
}

class TrapezoidRamp : public ::testing::Test {
 protected:
  static const std::vector<DeviceRecord>& records() {
    static const auto kRecords = ramps(catalog_model(test::kTrapezoid), 4.5, 13);
    return kRecords;
  }
  static CycleStatistics statistics() {
    return statistics_of(catalog_model(test::kTrapezoid), records());
  }
};

TEST_F(TrapezoidRamp, LevelsAndSpreads) {
  const auto levels = statistics().levels();
  expect_measured("93.3 ohm level", levels[1].mean.mean(), 93.3, 0.002);
  expect_measured("76.1 ohm level", levels[2].mean.mean(), 76.1, 0.002);
  expect_measured("67.1 ohm level", levels[3].mean.mean(), 67.1, 0.002);
  expect_measured("93.3 ohm spread", levels[1].spread(), 1.1, 0.15);
  expect_measured("76.1 ohm spread", levels[2].spread(), 0.4, 0.15);
  expect_measured("67.1 ohm spread", levels[3].spread(), 0.3, 0.15);
}

TEST_F(TrapezoidRamp, SwitchingVoltages) {
  const auto leaving = statistics().leaving();
  expect_measured("V_C,avg 93.3 to 76.1 ohm [V]", leaving[1].mean.mean(), 3.0, 0.01);
  expect_measured("V_C,avg 76.1 to 67.1 ohm [V]", leaving[2].mean.mean(), 3.5, 0.01);
  expect_measured("var 93.3 to 76.1 ohm", leaving[1].var.mean(), 0.025, 0.15);
  expect_measured("var 76.1 to 67.1 ohm", leaving[2].var.mean(), 0.057, 0.15);
}

TEST_F(TrapezoidRamp, FirstNotchIsReachedBy1500MillivoltsInEveryCycle) {
  int cycles = 0;
  double latest = 0.0;
  for (const auto& record : records()) {
    for (std::size_t i = 1; i < record.size(); ++i) {
      if (record[i].site > 0 && record[i - 1].site == 0) {
        latest = std::max(latest, record[i].voltage);
        ++cycles;
      }
    }
  }
  std::printf("  first notch reached in %d cycles, at %.2f V at the latest\n", cycles, latest);
  EXPECT_EQ(cycles, 2600);
  EXPECT_LT(latest, 1.5 + 1e-9);
}

TEST_F(TrapezoidRamp, HardlyEverSkipsANotch) {
  std::printf("  cycles that skip a notch: %.2f %%\n", 100.0 * share_with_skip(statistics()));
  EXPECT_LT(share_with_skip(statistics()), 0.01);
}

class TrapezoidWriteReset : public ::testing::Test {
 protected:
  static constexpr std::uint64_t kDevices = 2000;  // of three cycles
  static const std::vector<DeviceRecord>& records() {
    static const auto kRecords = [] {
      std::vector<DeviceRecord> all;
      for (std::uint64_t seed = 0; seed < kDevices; ++seed) {
        all.push_back(
            record_of(write_reset(catalog_model(test::kTrapezoid),
                                  {volts(0), volts(4.5), volts(0.05), 3, 1, seed, 1}, volts(4.5)),
                      0));
      }
      return all;
    }();
    return kRecords;
  }
  static CycleStatistics statistics() {
    return statistics_of(catalog_model(test::kTrapezoid), records(), Phase::reset);
  }
};

TEST_F(TrapezoidWriteReset, ResetIsOneSwitchFromTheLastLevelToTheFirst) {
  int cycles = 0;
  int single = 0;
  for (const auto& record : records()) {
    for (std::size_t i = 1; i < record.size(); ++i) {
      if (record[i].phase != Phase::reset || record[i].pulse == 0) continue;
      if (record[i].site == record[i - 1].site) continue;
      single += record[i - 1].site == 3 && record[i].site == 0 ? 1 : 0;
    }
    cycles += 3;
  }
  std::printf("  resets in one switch: %d of %d\n", single, cycles);
  EXPECT_EQ(cycles, 6000);
  EXPECT_GE(single, 0.999 * cycles);
  EXPECT_EQ(statistics().cycles(), 6000U);
  EXPECT_GE(static_cast<double>(statistics().cycles_in_one_switch()), 0.999 * cycles);
}

TEST_F(TrapezoidWriteReset, VoltageVarAndLevel) {
  const auto leaving = statistics().leaving();
  expect_measured("V_C,avg reset [V]", leaving[3].mean.mean(), 3.7, 0.01);
  expect_measured("var reset, 3 cycles", leaving[3].var.mean(), 0.0135, 0.20);
  expect_measured("level after reset [ohm]", statistics().levels()[0].mean.mean(), 100.0, 0.002);
}

class StraightRamp : public ::testing::Test {
 protected:
  static const std::vector<DeviceRecord>& records() {
    static const auto kRecords = ramps(catalog_model(test::kStraight), 5.5, 10);
    return kRecords;
  }
  static CycleStatistics statistics() {
    return statistics_of(catalog_model(test::kStraight), records());
  }
};

TEST_F(StraightRamp, LevelsAndSpreads) {
  const auto levels = statistics().levels();
  const double means[] = {1061.0, 1043.3, 989.0, 929.5, 913.1};
  const double spreads[] = {1.1, 2.6, 2.1, 0.8, 0.4};
  for (std::size_t i = 0; i < 5; ++i) {
    expect_measured("level [ohm]", levels[i].mean.mean(), means[i], 0.002);
    expect_measured("spread [ohm]", levels[i].spread(), spreads[i], 0.15);
  }
}

TEST_F(StraightRamp, AllLevelsAreSeenWithinTenCycles) {
  std::printf("  seeds with all five levels: %.1f %%\n",
              100.0 * static_cast<double>(statistics().devices_with_all_sites()) / kSeeds);
  EXPECT_GE(static_cast<double>(statistics().devices_with_all_sites()), 0.95 * kSeeds);
}

TEST_F(StraightRamp, OftenSkipsNotches) {
  std::printf("  cycles that skip a notch: %.1f %%\n", 100.0 * share_with_skip(statistics()));
  EXPECT_GT(share_with_skip(statistics()), 0.30);
}

TEST_F(StraightRamp, EveryRampEndsAtTheLastNotch) {
  for (const auto& record : records()) {
    for (const auto& row : record) {
      if (row.pulse == 110) {
        EXPECT_EQ(row.site, 4);
      }
    }
  }
}

}  // namespace
}  // namespace dwmtj
