// SPDX-License-Identifier: Apache-2.0
#include "characterization/trains.h"

#include <cmath>

#include <gtest/gtest.h>

#include "characterization/csv_tables.h"
#include "devices/pulse_sources.h"
#include "tests/support/catalog_model.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

Sweep sweep_of(int cycles) { return {{}, {}, {}, cycles, 1, 5, 1}; }

TEST(Trains, GoUpFromTheFirstLevelAndBackDown) {
  const auto& model = test::catalog_model(test::kScaled);
  const auto plan = plan_trains(model);
  EXPECT_EQ(plan.pulses_up, 62);  // twice the 31 of docs/characterization/linearity.md
  EXPECT_EQ(plan.pulses_down, 62);
  const auto rows = record_of(pulse_trains(model, sweep_of(2), plan), 3);
  ASSERT_EQ(rows.size(), 2U * 2U * 63U);
  EXPECT_EQ(rows[0].site, 0);
  EXPECT_EQ(rows[62].site, 32);
  EXPECT_EQ(rows[63].pulse, 0);
  EXPECT_EQ(rows[63].site, 32);
  EXPECT_EQ(rows[125].site, 0);
  EXPECT_GT(rows[1].voltage, 0.0);
  EXPECT_EQ(rows[64].voltage, -rows[1].voltage);
  for (std::size_t i = 1; i < 63; ++i) EXPECT_GE(rows[i].site, rows[i - 1].site);
}

// 1.25 +- 1.02 notches of 32 a pulse, as docs/devices/catalog.md has it, but at the far end.
TEST(Trains, CountTheChangesOfPulses) {
  const auto& model = test::catalog_model(test::kScaled);
  TrainStatistics all(model);
  const auto measurement = pulse_trains(model, sweep_of(10), plan_trains(model));
  for (std::uint64_t device = 0; device < 20; ++device) {
    TrainStatistics one = all.fresh();
    for (const auto& row : record_of(measurement, device)) one.add(row);
    all.add(one);
  }
  const auto& up = all.changes(Phase::write);
  EXPECT_GT(up.count(), 4000U);
  EXPECT_NEAR(up.mean(), 1.25 / 32.0, 0.1 / 32.0);
  EXPECT_NEAR(up.deviation(), 1.02 / 32.0, 0.1 / 32.0);
  EXPECT_NEAR(all.changes(Phase::reset).mean(), -1.25 / 32.0, 0.1 / 32.0);
}

// What is written down makes a device with the chances of the one that was measured.
TEST(Trains, MakeADeviceOfMeasuredPulses) {
  const auto& model = test::catalog_model(test::kScaled);
  const auto plan = plan_trains(model);
  const TemporaryFolder folder;
  RowTable table(folder / "trains.csv", RowTable::Columns::trains, plan.up.shape.width);
  const auto measurement = pulse_trains(model, sweep_of(10), plan);
  for (std::uint64_t device = 0; device < 50; ++device) {
    for (const auto& row : record_of(measurement, device)) table.add(row);
  }
  table.commit();
  const auto trains = read_pulse_trains(folder / "trains.csv");
  EXPECT_EQ(trains.pulses.size(), 50U * 10U * 124U);
  const ConductanceLevels levels{in_si(model.readout().level_conductance(0)),
                                 in_si(model.readout().level_conductance(32)), 33};
  const auto changes =
      changes_of(trains, in_si(model.pads_of(plan.up)), plan.up.shape.width, levels);
  const auto chances = changes.chances();
  const auto& law = model.table(plan.up);
  for (int from = 0; from < 32; ++from) {
    const auto row = std::size_t{33} * static_cast<std::size_t>(from);
    double mean = 0.0;
    double expected = 0.0;
    double squares = 0.0;
    for (int to = 0; to < 33; ++to) {
      const double hops = to - from;
      mean += hops * chances[row + static_cast<std::size_t>(to)];
      expected += hops * law.probability(from, to);
      squares += hops * hops * law.probability(from, to);
    }
    // Of as many pulses as the level was left by, and what readings are off by.
    const double error = std::sqrt((squares - expected * expected) / changes.weight(from));
    EXPECT_NEAR(mean, expected, 4.5 * error + 0.01) << from;
  }
}

}  // namespace
}  // namespace dwmtj
