// SPDX-License-Identifier: Apache-2.0
#include "devices/catalog.h"

#include <algorithm>
#include <utility>

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"
#include "tests/support/input_error_of.h"

namespace dwmtj {
namespace {

TEST(Catalog, HoldsTheDevicesOfThePaper) {
  const auto names = device_names();
  for (const auto* const name :
       {"scaled-50nm", "straight", "straight-16", "straight-32", "trapezoidal", "trapezoidal-5"}) {
    EXPECT_NE(std::find(names.begin(), names.end(), name), names.end()) << name;
  }
}

TEST(Catalog, FileNameAndNameInTheFileAgree) {
  for (const auto& name : device_names()) {
    EXPECT_EQ(test::catalog_parameters(name).name, name);
    EXPECT_EQ(find_device(name).filename(), name + ".yaml");
  }
}

TEST(Catalog, EveryNumberHasASource) {
  for (const auto& name : device_names()) {
    const auto parameters = test::catalog_parameters(name);
    EXPECT_FALSE(parameters.constants.empty()) << name;
    for (const auto& constant : parameters.constants) {
      EXPECT_FALSE(constant.source.empty()) << name << ": " << constant.path;
    }
  }
}

TEST(Catalog, StateCountsAreThoseOfThePaper) {
  EXPECT_EQ(test::catalog_model("trapezoidal").sites(), 4);
  EXPECT_EQ(test::catalog_model("trapezoidal-5").sites(), 6);
  EXPECT_EQ(test::catalog_model("straight").sites(), 5);
  EXPECT_GT(test::catalog_model("scaled-50nm").sites(), 32);
  EXPECT_EQ(test::catalog_model("straight-16").sites(), 16);
  EXPECT_EQ(test::catalog_model("straight-32").sites(), 32);
}

// Fig. 6: even from 0.94 to 1.1 mS, each arrival off by 2.53 uS.
TEST(Catalog, NetworkStudyDevicesHaveEvenConductances) {
  for (const auto* const name : {"straight-16", "straight-32"}) {
    const auto& law = test::catalog_model(name).readout();
    const double step = 160e-6 / (law.sites() - 1);
    for (int i = 0; i < law.sites(); ++i) {
      EXPECT_NEAR(in_si(law.level_conductance(i)), 940e-6 + i * step, 1e-9) << name;
      EXPECT_NEAR(in_si(law.spread_conductance(i)), 2.53e-6, 1e-15) << name;
    }
  }
}

TEST(Catalog, ScaledDevicesKeepTheirRatios) {
  const std::pair<std::string, double> scales[] = {
      {"straight", 100.0}, {"straight-16", 100.0}, {"trapezoidal", 1000.0}};
  for (const auto& [name, scale] : scales) {
    const auto& device = test::catalog_model(name).readout();
    const auto& scaled = test::catalog_model(name + "-100k").readout();
    for (int i = 0; i < device.sites(); ++i) {
      EXPECT_NEAR(scaled.level(i) / device.level(i), scale, 1e-9 * scale);
      EXPECT_NEAR(scaled.spread(i) / device.spread(i), scale, 1e-9 * scale);
    }
  }
}

TEST(Catalog, MeasuredLevelsAreTheLevelsOfTheLaw) {
  for (const auto& name : device_names()) {
    const auto& model = test::catalog_model(name);
    for (const auto& level : model.parameters().measured.levels) {
      const auto site = static_cast<int>(level.site);
      EXPECT_NEAR(in_si(model.readout().level(site)), in_si(level.mean), 0.05) << name;
      EXPECT_EQ(model.readout().spread(site), level.spread) << name;
    }
  }
}

TEST(Catalog, PathIsTakenAsItIs) {
  EXPECT_EQ(find_device("some/where/mine.yaml"), "some/where/mine.yaml");
}

TEST(Catalog, UnknownNameIsAnsweredWithTheKnownOnes) {
  const auto message = input_error_of([] { return find_device("straigth"); });
  EXPECT_NE(message.find("straigth"), std::string::npos) << message;
  for (const auto& name : device_names()) {
    EXPECT_NE(message.find(name), std::string::npos) << message;
  }
}

}  // namespace
}  // namespace dwmtj
