// SPDX-License-Identifier: Apache-2.0
#include "characterization/cycle_statistics.h"

#include <cmath>

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

// Rows of one cycle: (voltage, site, resistance), the first before any pulse.
struct Row {
  double voltage;
  int site;
  double resistance;
};

void append(DeviceRecord& record, int cycle, Phase phase, const std::vector<Row>& rows) {
  int pulse = 0;
  for (const auto& row : rows) {
    record.push_back({0, cycle, phase, pulse++, row.voltage, row.site, row.resistance});
  }
}

// Three sites, two cycles of writing; the second skips site 1.
DeviceRecord two_writes() {
  DeviceRecord record;
  append(record, 0, Phase::write, {{0, 0, 100}, {1, 0, 102}, {2, 1, 90}, {3, 1, 92}, {4, 2, 80}});
  append(record, 1, Phase::write, {{0, 0, 105}, {1, 0, 105}, {2, 0, 105}, {3, 2, 84}, {4, 2, 84}});
  return record;
}

CycleStatistics of(const DeviceRecord& record, Phase phase = Phase::write) {
  CycleStatistics statistics(3, phase);
  statistics.add(record);
  return statistics;
}

TEST(CycleStatistics, LevelIsTheMeanOverCyclesOfTheirFirstReading) {
  const auto levels = of(two_writes()).levels();
  EXPECT_DOUBLE_EQ(levels[0].mean.mean(), (100.0 + 105.0) / 2.0);
  EXPECT_DOUBLE_EQ(levels[1].mean.mean(), 90.0);
  EXPECT_DOUBLE_EQ(levels[2].mean.mean(), (80.0 + 84.0) / 2.0);
  EXPECT_EQ(levels[0].visits, 2U);
  EXPECT_EQ(levels[1].visits, 1U);
}

TEST(CycleStatistics, SpreadIsTheDeviationOverCycles) {
  const auto levels = of(two_writes()).levels();
  EXPECT_DOUBLE_EQ(levels[0].spread(), std::sqrt(12.5));  // 100 and 105, n - 1
  EXPECT_DOUBLE_EQ(levels[2].spread(), std::sqrt(8.0));
  EXPECT_EQ(levels[1].freedom, 0U);  // one visit has no spread
}

TEST(CycleStatistics, SwitchIsThePulseThatEndedTheStay) {
  const auto leaving = of(two_writes()).leaving();
  EXPECT_DOUBLE_EQ(leaving[0].mean.mean(), 2.5);
  EXPECT_DOUBLE_EQ(leaving[0].var.mean(), (3.0 - 2.0) / (2.0 * 2.5));
  EXPECT_EQ(leaving[0].voltages.count(), 2U);
  EXPECT_EQ(leaving[0].voltages.least(), 2.0);
  EXPECT_EQ(leaving[0].voltages.most(), 3.0);
  EXPECT_DOUBLE_EQ(leaving[1].mean.mean(), 4.0);
  EXPECT_EQ(leaving[1].var.count(), 0U);
  EXPECT_EQ(leaving[2].voltages.count(), 0U);
}

TEST(CycleStatistics, SkippedNotchesAreCounted) {
  const auto statistics = of(two_writes());
  EXPECT_EQ(statistics.cycles(), 2U);
  EXPECT_EQ(statistics.notches_skipped(), 1U);
  EXPECT_EQ(statistics.cycles_with_skip(), 1U);
  EXPECT_EQ(statistics.cycles_in_one_switch(), 1U);
  EXPECT_EQ(statistics.devices_with_all_sites(), 1U);
}

TEST(CycleStatistics, PhasesAreKeptApartAndVoltagesUnsigned) {
  DeviceRecord record;
  append(record, 0, Phase::write, {{0, 0, 100}, {1, 2, 80}});
  append(record, 0, Phase::reset, {{-0.0, 2, 80}, {-1, 2, 80}, {-2, 0, 99}});
  append(record, 1, Phase::write, {{0, 0, 99}, {1, 2, 81}});
  append(record, 1, Phase::reset, {{-0.0, 2, 81}, {-1, 0, 101}, {-2, 0, 101}});
  const auto reset = of(record, Phase::reset);
  EXPECT_EQ(reset.cycles(), 2U);
  EXPECT_EQ(reset.cycles_in_one_switch(), 2U);
  EXPECT_EQ(reset.notches_skipped(), 2U);
  EXPECT_DOUBLE_EQ(reset.leaving()[2].mean.mean(), 1.5);
  EXPECT_DOUBLE_EQ(reset.leaving()[2].var.mean(), 1.0 / 3.0);
  EXPECT_DOUBLE_EQ(reset.levels()[0].mean.mean(), 100.0);
  EXPECT_EQ(reset.devices_with_all_sites(), 0U);
  EXPECT_DOUBLE_EQ(of(record, Phase::write).leaving()[0].mean.mean(), 1.0);
}

// The first row of a phase is no switch, wherever the phase before has left the wall.
TEST(CycleStatistics, NothingSwitchesBetweenCycles) {
  DeviceRecord record;
  append(record, 0, Phase::write, {{0, 0, 100}, {1, 2, 80}});
  append(record, 1, Phase::write, {{0, 0, 100}, {1, 0, 100}});
  EXPECT_EQ(of(record).leaving()[2].voltages.count(), 0U);
  EXPECT_EQ(of(record).leaving()[0].voltages.count(), 1U);
}

TEST(CycleStatistics, DevicesWeighAlike) {
  DeviceRecord one;
  append(one, 0, Phase::write, {{0, 0, 100}, {2, 1, 90}});
  CycleStatistics statistics(3, Phase::write);
  statistics.add(two_writes());  // 102.5 ohm over two cycles, leaving at 2.5 V
  statistics.add(one);           // 100 ohm in one cycle, at 2 V
  EXPECT_EQ(statistics.devices(), 2U);
  EXPECT_EQ(statistics.cycles(), 3U);
  EXPECT_DOUBLE_EQ(statistics.levels()[0].mean.mean(), 101.25);
  EXPECT_DOUBLE_EQ(statistics.leaving()[0].mean.mean(), 2.25);
  EXPECT_EQ(statistics.levels()[2].mean.count(), 1U);
  EXPECT_EQ(statistics.devices_with_all_sites(), 1U);
}

TEST(CycleStatistics, SwitchesAreToldApartByWhereTheyLead) {
  const auto statistics = of(two_writes());
  EXPECT_EQ(statistics.switching(0, 1).voltages.count(), 1U);
  EXPECT_EQ(statistics.switching(0, 2).voltages.count(), 1U);
  EXPECT_DOUBLE_EQ(statistics.switching(0, 2).mean.mean(), 3.0);
  EXPECT_EQ(statistics.switching(2, 0).voltages.count(), 0U);
}

// A reset that ends half way is none, in one switch or not.
TEST(CycleStatistics, OneSwitchGoesAllTheWay) {
  DeviceRecord record;
  append(record, 0, Phase::reset, {{-0.0, 2, 80}, {-1, 2, 80}, {-2, 1, 90}});
  append(record, 1, Phase::reset, {{-0.0, 2, 80}, {-1, 2, 80}, {-2, 0, 99}});
  EXPECT_EQ(of(record, Phase::reset).cycles_in_one_switch(), 1U);
}

TEST(CycleStatistics, PartsAddUpToTheWhole) {
  CycleStatistics whole(3, Phase::write);
  auto part = whole.fresh();
  DeviceRecord one;
  append(one, 0, Phase::write, {{0, 0, 107}, {2, 1, 90}});
  append(one, 1, Phase::write, {{0, 0, 100}, {3, 1, 93}});
  whole.add(two_writes());
  auto sum = whole;
  whole.add(one);
  part.add(one);
  sum.add(part);
  EXPECT_EQ(sum.devices(), whole.devices());
  EXPECT_DOUBLE_EQ(sum.levels()[0].mean.mean(), whole.levels()[0].mean.mean());
  EXPECT_DOUBLE_EQ(sum.levels()[0].spread(), whole.levels()[0].spread());
  EXPECT_DOUBLE_EQ(sum.leaving()[0].var.mean(), whole.leaving()[0].var.mean());
  EXPECT_EQ(sum.switching(0, 1).voltages.count(), 3U);
}

TEST(CycleStatistics, OfNothingIsNothing) {
  const auto statistics = of({});
  EXPECT_EQ(statistics.cycles(), 0U);
  EXPECT_EQ(statistics.levels()[0].mean.mean(), 0.0);
  EXPECT_EQ(statistics.leaving()[0].var.mean(), 0.0);
}

}  // namespace
}  // namespace dwmtj
