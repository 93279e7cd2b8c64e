// SPDX-License-Identifier: Apache-2.0
#include "tile/reference_ladder.h"

#include <vector>

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"
#include "tests/support/statistics.h"

namespace dwmtj {
namespace {

ReadParameters with_error(double error) {
  return {test::volts(0.02), from_si<Resistance>(1000.0), error};
}

TEST(ReferenceLadder, LiesHalfwayBetweenNeighbours) {
  for (const auto& name : {test::kTrapezoid, test::kStraight, test::kScaled}) {
    const auto& readout = test::catalog_model(name).readout();
    const ReferenceLadder ladder(with_error(0.0), readout, 1, 0);
    ASSERT_EQ(ladder.size(), readout.sites() - 1) << name;
    for (int i = 0; i < ladder.size(); ++i) {
      const double below = in_si(readout.level_conductance(i));
      const double above = in_si(readout.level_conductance(i + 1));
      ASSERT_LT(below, above) << name << " " << i;
      EXPECT_NEAR(in_si(ladder.reference(i)), (below + above) / 2.0, 1e-12 * above) << name;
    }
  }
}

TEST(ReferenceLadder, ErrorsAreNormalOverReferencesAndInstances) {
  const auto& readout = test::catalog_model(test::kScaled).readout();
  const ReferenceLadder exact(with_error(0.0), readout, 1, 0);
  std::vector<double> errors;
  for (std::uint64_t instance = 0; instance < 500; ++instance) {
    const ReferenceLadder ladder(with_error(0.02), readout, 1, instance);
    for (int i = 0; i < ladder.size(); ++i) {
      errors.push_back((ladder.reference(i) / exact.reference(i) - 1.0) / 0.02);
    }
  }
  EXPECT_GT(test::standard_normal_p(errors), 0.01);
}

TEST(ReferenceLadder, IsFixedBySeedAndInstance) {
  const auto& readout = test::catalog_model(test::kTrapezoid).readout();
  const ReferenceLadder ladder(with_error(0.01), readout, 3, 4);
  const ReferenceLadder again(with_error(0.01), readout, 3, 4);
  const ReferenceLadder other_seed(with_error(0.01), readout, 4, 4);
  const ReferenceLadder other_instance(with_error(0.01), readout, 3, 5);
  for (int i = 0; i < ladder.size(); ++i) {
    EXPECT_EQ(ladder.reference(i), again.reference(i));
    EXPECT_NE(ladder.reference(i), other_seed.reference(i));
    EXPECT_NE(ladder.reference(i), other_instance.reference(i));
  }
}

}  // namespace
}  // namespace dwmtj
