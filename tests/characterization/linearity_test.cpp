// SPDX-License-Identifier: Apache-2.0
#include "characterization/linearity.h"

#include <cmath>
#include <cstdio>

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

using test::catalog_model;

std::vector<double> curve(double nu, int pulses) {
  std::vector<double> values;
  for (int i = 0; i <= pulses; ++i) {
    const double p = static_cast<double>(i) / pulses;
    values.push_back((1.0 - std::exp(-nu * p)) / (1.0 - std::exp(-nu)));
  }
  return values;
}

TEST(Linearity, FindsTheNonlinearityOfItsOwnCurve) {
  for (const double nu : {-51.7, -2.22, -0.81, 0.04, 0.8, 3.0, 668.0}) {
    EXPECT_NEAR(nonlinearity(curve(nu, 500)) / nu, 1.0, 1e-3) << nu;
  }
}

TEST(Linearity, OfAStraightLineIsZero) {
  EXPECT_NEAR(nonlinearity({0.0, 0.25, 0.5, 0.75, 1.0}), 0.0, 1e-4);
}

// All notches alike: both directions are mirror images.
TEST(Linearity, OfTheScaledDevice) {
  const auto& model = catalog_model(test::kScaled);
  const auto up = pulse_train(model, Direction::forward);
  const auto down = pulse_train(model, Direction::reverse);
  ASSERT_TRUE(up.complete);
  ASSERT_TRUE(down.complete);
  std::printf("  nu %+.3f in %zu pulses, %+.3f in %zu; Table 1 +0.80 / -0.81\n", up.nonlinearity,
              up.conductance.size() - 1, down.nonlinearity, down.conductance.size() - 1);
  EXPECT_EQ(up.conductance.size(), down.conductance.size());
  EXPECT_NEAR(up.nonlinearity, -down.nonlinearity, 1e-3);
  EXPECT_GT(up.nonlinearity, 0.0);
  EXPECT_GT(up.conductance.back(), up.conductance.front());
  EXPECT_LT(down.conductance.back(), down.conductance.front());
  EXPECT_GT(up.lost, 0.0);
  EXPECT_LT(up.lost, 0.5);
}

TEST(Linearity, ATrainThatNeverArrivesHasNone) {
  auto parameters = test::catalog_parameters(test::kScaled);
  parameters.operating_point.track_current = 1e-6 * parameters.operating_point.track_current;
  EXPECT_FALSE(pulse_train(DeviceModel(parameters), Direction::forward).complete);
}

}  // namespace
}  // namespace dwmtj
