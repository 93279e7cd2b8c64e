// SPDX-License-Identifier: Apache-2.0
#include "characterization/state_map.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "characterization/ramp.h"
#include "tests/support/catalog_model.h"
#include "tests/support/statistics.h"

namespace dwmtj {
namespace {

using test::catalog_model;

Sweep sweep_of(const DeviceModel& model) {
  const auto& protocol = model.parameters().protocol;
  const auto none = 0.0 * si::volts;
  return {none, protocol.ramp_stop, protocol.ramp_step, 20, 200, 3, 1};
}

TEST(StateMap, EveryAmplitudeIsADistribution) {
  for (const auto& name : test::law_device_names()) {
    const auto& model = catalog_model(name);
    const StateMap map(model, sweep_of(model));
    ASSERT_EQ(map.sites(), model.sites());
    for (std::size_t i = 0; i < map.amplitudes().size(); ++i) {
      double sum = 0.0;
      for (int site = 0; site < map.sites(); ++site) {
        EXPECT_GE(map.probability(i, site), 0.0);
        sum += map.probability(i, site);
      }
      EXPECT_NEAR(sum, 1.0, 1e-11) << name;
    }
  }
}

TEST(StateMap, StartsAtTheFirstSiteAndEndsAtTheLast) {
  for (const auto& name : test::law_device_names()) {
    const auto& model = catalog_model(name);
    const StateMap map(model, sweep_of(model));
    EXPECT_NEAR(map.probability(0, 0), 1.0, 1e-9) << name;
    EXPECT_NEAR(map.probability(map.amplitudes().size() - 1, map.sites() - 1), 1.0, 1e-6) << name;
  }
}

TEST(StateMap, AmplitudesAreThoseOfTheSweep) {
  const auto& model = catalog_model(test::kStraight);
  const StateMap map(model, sweep_of(model));
  ASSERT_EQ(map.amplitudes().size(), 110U);
  EXPECT_NEAR(in_si(map.amplitudes().front()), 0.05, 1e-12);
  EXPECT_NEAR(in_si(map.amplitudes().back()), 5.5, 1e-12);
}

// Amplitudes of one ramp hang together, so the 1 % is shared out among them (Bonferroni). The map
// is of the device of the file; devices that differ from it: device_variation_test.
TEST(StateMap, SampledRampsAgree) {
  for (const auto& name : test::law_device_names()) {
    const auto& model = catalog_model(name);
    if (!model.variation().identical()) continue;
    const Sweep sweep = sweep_of(model);
    StateMap map(model, sweep);
    const auto measurement = ramp(model, sweep);
    const auto count = [](StateMap& into) {
      return [&into](const PulseRecord& row) { into.add(row); };
    };
    StateMap of_changes = map.fresh();
    for (std::uint64_t device = 0; device < sweep.devices; ++device) {
      measurement(device, Rows::all, count(map));
      measurement(device, Rows::changes, count(of_changes));
    }
    EXPECT_EQ(of_changes.found(20, 0), map.found(20, 0));
    EXPECT_EQ(of_changes.found(60, 1), map.found(60, 1));
    EXPECT_EQ(map.samples(), 4000U);
    double least_p = 1.0;
    for (std::size_t i = 0; i < map.amplitudes().size(); ++i) {
      std::vector<double> probability;
      std::vector<std::uint64_t> found;
      for (int site = 0; site < map.sites(); ++site) {
        probability.push_back(map.probability(i, site));
        found.push_back(map.found(i, site));
      }
      test::ChiSquare chi_square;
      chi_square.add(probability, found);
      least_p = std::min(least_p, chi_square.p());
    }
    EXPECT_GT(least_p, 0.01 / static_cast<double>(map.amplitudes().size())) << name;
  }
}

}  // namespace
}  // namespace dwmtj
