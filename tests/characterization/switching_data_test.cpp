// SPDX-License-Identifier: Apache-2.0
// What two cycles up and one back say, by hand.
#include "characterization/switching_data.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

const char* const kRows =
    "device,pulse,voltage_V,resistance_ohm\n"
    "a,0,0,100.01\na,1,0.5,99.99\na,2,0.6,50.005\na,3,0.7,49.995\n"
    "a,0,0,100\na,1,0.5,100.02\na,2,0.6,50\na,3,0.7,50\n"
    "a,0,0,50.01\na,1,-0.3,49.99\na,2,-0.4,100.01\na,3,-0.5,100.03\n";

SwitchingData data_of(const std::string& rows, std::size_t levels = 2) {
  const TemporaryFolder folder;
  return read_switching_data({folder.write("a.csv", rows)}, levels);
}

// A visit is worth the mean of its readings: 100, 100.01 and 100.02 ohm, and 50 three times.
TEST(SwitchingData, LevelsAreThoseOfVisits) {
  const auto data = data_of(kRows);
  ASSERT_EQ(data.levels.size(), 2U);
  EXPECT_NEAR(data.levels[0], 100.01, 1e-10);
  EXPECT_NEAR(data.levels[1], 50.0, 1e-10);
  EXPECT_NEAR(data.spreads[0], 0.01, 1e-10);
  EXPECT_NEAR(data.spreads[1], 0.0, 1e-10);
  EXPECT_EQ(data.visits, (std::vector<std::uint64_t>{3, 3}));
}

// Two readings x off their mean m on both sides are 2 x^2 / m^2 with one degree of freedom.
TEST(SwitchingData, NoiseIsThatWithinVisits) {
  const auto squares = [](double off, double mean) { return 2.0 * off * off / (mean * mean); };
  const double all = squares(0.01, 100) + squares(0.005, 50) + squares(0.01, 100.01) +
                     squares(0.01, 50) + squares(0.01, 100.02);
  EXPECT_NEAR(data_of(kRows).read_noise, std::sqrt(all / 6.0), 1e-9);
  EXPECT_EQ(data_of("voltage_V,resistance_ohm\n,100\n1,100\n2,100\n3,50\n").read_noise, 0.0);
}

// By the level a pulse found the wall at.
TEST(SwitchingData, TrialsAreOfTheLevelBefore) {
  const auto data = data_of(kRows);
  ASSERT_EQ(data.trials.size(), 2U);
  const auto expect = [](const TrialsByVoltage& trials,
                         const std::vector<std::array<double, 3>>& wanted) {
    ASSERT_EQ(trials.size(), wanted.size());
    auto at = trials.begin();
    for (const auto& [voltage, pulses, left] : wanted) {
      EXPECT_DOUBLE_EQ(at->first, voltage);
      EXPECT_EQ(static_cast<double>(at->second.pulses), pulses) << voltage;
      EXPECT_EQ(static_cast<double>(at->second.left), left) << voltage;
      ++at;
    }
  };
  expect(data.trials[0], {{-0.5, 1, 0}, {0.5, 2, 0}, {0.6, 2, 2}});
  expect(data.trials[1], {{-0.4, 1, 1}, {-0.3, 1, 0}, {0.7, 2, 0}});
}

TEST(SwitchingData, CyclesAndProtocolAreThoseOfTheAmplitudes) {
  const auto data = data_of(kRows);
  EXPECT_EQ(data.write.cycles(), 2U);
  EXPECT_EQ(data.reset.cycles(), 1U);
  EXPECT_EQ(data.write.devices(), 1U);
  EXPECT_DOUBLE_EQ(data.write.switching(0, 1).mean.mean(), 0.6);
  EXPECT_DOUBLE_EQ(data.reset.switching(1, 0).mean.mean(), 0.4);
  EXPECT_DOUBLE_EQ(in_si(data.protocol.ramp_stop), 0.7);
  EXPECT_DOUBLE_EQ(in_si(data.protocol.ramp_step), 0.1);
  EXPECT_DOUBLE_EQ(in_si(data.protocol.reset_stop), 0.5);
  EXPECT_EQ(data.protocol.ramp_cycles, 2);
  EXPECT_EQ(data.protocol.reset_cycles, 1);
}

// Where a device has ramps alone, those with resets among them are no ramps.
TEST(SwitchingData, RampsAreOfTheirOwnWhereThereAreSome) {
  const std::string ramp =
      "b,0,0,100\nb,1,0.5,100\nb,2,0.6,50\n"
      "b,0,0,100\nb,1,0.5,100\nb,2,0.6,100\nb,3,0.7,50\n"
      "b,0,0,100\nb,1,0.5,50\n";
  const auto data = data_of(kRows + ramp);
  EXPECT_EQ(data.write.cycles(), 3U);
  EXPECT_EQ(data.write.devices(), 1U);
  EXPECT_EQ(data.reset.cycles(), 1U);
  EXPECT_DOUBLE_EQ(data.write.switching(0, 1).mean.mean(), 0.6);
  EXPECT_EQ(data.trials[0].at(0.5).pulses, 5U);
  EXPECT_EQ(data.trials[0].at(0.5).left, 1U);
}

TEST(SwitchingData, ConductancesAreResistances) {
  const auto data = data_of(
      "amplitude_V,conductance_S\n,0.01\n1,0.01\n1,0.02\n1,0.02\n,0.01\n1,0.01\n1,0.02\n1,0.02\n");
  EXPECT_NEAR(data.levels[0], 100.0, 1e-10);
  EXPECT_NEAR(data.levels[1], 50.0, 1e-10);
  EXPECT_EQ(data.trials[0].at(1.0).left, 2U);
  EXPECT_DOUBLE_EQ(in_si(data.protocol.ramp_step), 1.0) << "of one amplitude, itself";
  EXPECT_DOUBLE_EQ(in_si(data.protocol.reset_stop), 1.0) << "likewise";
  EXPECT_EQ(data.protocol.reset_cycles, 1);
}

}  // namespace
}  // namespace dwmtj
