// SPDX-License-Identifier: Apache-2.0
#include "devices/catalog.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"
#include "tests/support/input_error_of.h"

namespace dwmtj {
namespace {

TEST(Catalog, HoldsTheDevicesOfThePaper) {
  const auto names = device_names();
  for (const auto* const name : {"scaled-50nm", "straight", "trapezoidal", "trapezoidal-5"}) {
    EXPECT_EQ(std::count(names.begin(), names.end(), name), 1) << name;
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
    EXPECT_GT(parameters.constants.size(), 35U) << name;
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
}

TEST(Catalog, MeasuredLevelsAreTheLevelsOfTheLaw) {
  for (const auto& name : device_names()) {
    const auto& model = test::catalog_model(name);
    for (const auto& level : model.parameters().measured.levels) {
      const int site = static_cast<int>(level.site);
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
