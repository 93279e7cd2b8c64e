// SPDX-License-Identifier: Apache-2.0
#include "devices/device_variation.h"

#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "devices/dw_mtj.h"
#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

constexpr VariationParameters kVaried{0.03, 0.07, 0.05, 5};

TEST(ClassValues, AreQuantilesOfUnitDeviation) {
  EXPECT_EQ(class_values(1), std::vector<double>{0.0});
  const auto two = class_values(2);
  EXPECT_NEAR(two[0], -1.0, 1e-12);
  EXPECT_NEAR(two[1], 1.0, 1e-12);
  // Middles of three thirds: -0.96742, 0, 0.96742; their deviation is 0.96742 sqrt(2/3).
  const auto three = class_values(3);
  EXPECT_NEAR(three[0], -std::sqrt(1.5), 1e-12);
  EXPECT_NEAR(three[1], 0.0, 1e-12);
  EXPECT_NEAR(three[2], std::sqrt(1.5), 1e-12);
}

TEST(DeviceVariation, IdenticalDevicesAreTheNominalOne) {
  const DeviceVariation variation(VariationParameters{});
  EXPECT_TRUE(variation.identical());
  EXPECT_EQ(variation.grades(), 1);
  EXPECT_EQ(variation.traits(1, 5).grade, kNominalGrade);
  EXPECT_EQ(variation.traits(1, 5).conductance, 1.0);
}

TEST(DeviceVariation, DrawsWhatIsAskedFor) {
  const DeviceVariation variation(kVaried);
  ASSERT_EQ(variation.grades(), 26);
  constexpr int kDevices = 50000;
  std::map<int, int> counts;
  double sum = 0.0;
  double squares = 0.0;
  for (std::uint64_t i = 0; i < kDevices; ++i) {
    const auto traits = variation.traits(3, i);
    ++counts[traits.grade];
    const double resistance = 1.0 / traits.conductance;
    sum += resistance;
    squares += resistance * resistance;
  }
  EXPECT_NEAR(sum / kDevices, 1.0, 5.0 * 0.03 / std::sqrt(kDevices));
  const double mean = sum / kDevices;
  EXPECT_NEAR(std::sqrt(squares / kDevices - mean * mean), 0.03, 0.0005);
  ASSERT_EQ(counts.size(), 25U);
  for (const auto& [grade, count] : counts) {
    EXPECT_GE(grade, 1);
    EXPECT_NEAR(count, kDevices / 25.0, 5.0 * std::sqrt(kDevices / 25.0)) << grade;
  }
}

TEST(DeviceVariation, GradesSpreadTheLaw) {
  const auto nominal = test::catalog_parameters(test::kStraight);
  const DeviceVariation variation(kVaried);
  double currents = 0.0;
  double barriers = 0.0;
  for (int grade = 1; grade < variation.grades(); ++grade) {
    const auto device = variation.of_grade(nominal, grade);
    const double current =
        device.pinning.critical_line_current / nominal.pinning.critical_line_current - 1.0;
    const double barrier = device.sites[2].barrier / nominal.sites[2].barrier - 1.0;
    currents += current * current;
    barriers += barrier * barrier;
  }
  EXPECT_NEAR(std::sqrt(currents / 25.0), 0.07, 1e-12);
  EXPECT_NEAR(std::sqrt(barriers / 25.0), 0.05, 1e-12);
}

// What a person would measure: thresholds of single devices scatter as the file says.
TEST(DeviceVariation, ShowsInTheDevices) {
  auto parameters = test::catalog_parameters(test::kStraight);
  parameters.variation = {0.02, 0.07, 0.0, 8};
  const DeviceModel model(parameters);
  const auto pulse = model.pad_pulse(test::volts(4.0));
  int seldom = 0;
  int often = 0;
  for (std::uint64_t i = 0; i < 200; ++i) {
    const double leaves =
        1.0 - model.table(pulse, model.variation().traits(1, i).grade).probability(1, 1);
    seldom += leaves < 0.1 ? 1 : 0;
    often += leaves > 0.9 ? 1 : 0;
    DwMtj device(model, 1, i);
    DwMtj again(model, 1, i);
    for (int k = 0; k < 5; ++k) {
      device.apply(pulse);
      again.apply(pulse);
    }
    EXPECT_EQ(device.state(), again.state());
  }
  EXPECT_GT(seldom, 20);
  EXPECT_GT(often, 20);
}

}  // namespace
}  // namespace dwmtj
