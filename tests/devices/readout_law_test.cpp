// SPDX-License-Identifier: Apache-2.0
#include "devices/readout_law.h"

#include <cmath>
#include <cstdio>

#include <gtest/gtest.h>

#include "devices/dw_mtj.h"
#include "devices/spread_scale.h"
#include "tests/support/catalog_model.h"
#include "tests/support/input_error_of.h"
#include "tests/support/statistics.h"

namespace dwmtj {
namespace {

using test::catalog_model;

std::string printed(double value, int decimals) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

std::vector<std::string> levels(const std::string& name) {
  const auto& law = catalog_model(name).readout();
  std::vector<std::string> result;
  for (int i = 0; i < law.sites(); ++i) result.push_back(printed(in_si(law.level(i)), 1));
  return result;
}

std::vector<std::string> fractions(const std::string& name) {
  const auto parameters = test::catalog_parameters(name);
  std::vector<std::string> result;
  for (const auto& site : parameters.sites) {
    result.push_back(printed(parameters.geometry.switched_fraction(site.position), 3));
  }
  return result;
}

using Printed = std::vector<std::string>;

TEST(ReadoutLaw, LevelsAreThePrintedOnes) {
  EXPECT_EQ(levels(test::kStraight), (Printed{"1061.0", "1043.3", "989.0", "929.5", "913.1"}));
  EXPECT_EQ(levels(test::kTrapezoid), (Printed{"100.0", "93.3", "76.1", "67.1"}));
}

TEST(ReadoutLaw, StraightConductancesAndSpreadsAreTheDerivedOnes) {
  const auto& law = catalog_model(test::kStraight).readout();
  Printed millisiemens;
  Printed microsiemens;
  for (int i = 0; i < law.sites(); ++i) {
    millisiemens.push_back(printed(in_si(law.level_conductance(i)) * 1e3, 4));
    microsiemens.push_back(printed(in_si(law.spread_conductance(i)) * 1e6, 2));
  }
  EXPECT_EQ(millisiemens, (Printed{"0.9425", "0.9585", "1.0111", "1.0758", "1.0952"}));
  EXPECT_EQ(microsiemens, (Printed{"0.98", "2.39", "2.15", "0.93", "0.48"}));
}

TEST(ReadoutLaw, SwitchedFractionsAreTheDerivedOnes) {
  EXPECT_EQ(fractions(test::kStraight), (Printed{"0.000", "0.105", "0.449", "0.873", "1.000"}));
  EXPECT_EQ(fractions(test::kTrapezoid), (Printed{"0.000", "0.146", "0.641", "1.000"}));
}

TEST(ReadoutLaw, ConductanceIsLinearInTheSwitchedFraction) {
  for (const auto& name : test::law_device_names()) {
    const auto& model = catalog_model(name);
    const auto& readout = model.parameters().readout;
    const double low = 1.0 / in_si(readout.antiparallel);
    const double high = 1.0 / in_si(readout.parallel);
    for (int i = 0; i < model.sites(); ++i) {
      const auto& site = model.parameters().sites[static_cast<std::size_t>(i)];
      const double share = model.parameters().geometry.switched_fraction(site.position);
      EXPECT_NEAR(in_si(model.readout().level_conductance(i)), low + share * (high - low),
                  1e-12 * high);
      if (in_si(site.conductance_spread) > 0.0) {
        EXPECT_EQ(model.readout().spread_conductance(i), site.conductance_spread);
      } else {
        EXPECT_EQ(model.readout().spread(i), site.spread);
      }
    }
  }
}

TEST(ReadoutLaw, ArrivalsSpreadNormally) {
  for (const auto& name : device_names()) {
    const auto& law = catalog_model(name).readout();
    std::vector<double> deviations;
    for (std::uint64_t device = 0; device < 20000; ++device) {
      const auto site = static_cast<int>(device % static_cast<std::uint64_t>(law.sites()));
      const auto arrival = draw(1, Stream::device, device, 3);
      deviations.push_back(law.draws_conductance()
                               ? (law.conductance(site, arrival) - law.level_conductance(site)) /
                                     law.spread_conductance(site)
                               : (law.resistance(site, arrival) - law.level(site)) /
                                     law.spread(site));
    }
    EXPECT_GT(test::standard_normal_p(deviations), 0.01) << name;
  }
}

// Where the draw sent the wall says nothing about the resistance it finds there.
TEST(ReadoutLaw, ArrivalSpreadDoesNotDependOnTheMove) {
  const auto& model = catalog_model(test::kStraight);
  const auto& table = model.table(model.pad_pulse(test::volts(4.2)));
  std::vector<std::vector<double>> deviations(5);  // by site
  for (std::uint64_t index = 0; index < 20000; ++index) {
    DwMtj device(model, 2, index);
    device.saturate();
    device.apply(table);
    deviations[static_cast<std::size_t>(device.site())].push_back(
        (device.resistance() - model.readout().level(device.site())) /
        model.readout().spread(device.site()));
  }
  for (int site = 1; site < 5; ++site) {
    const auto& here = deviations[static_cast<std::size_t>(site)];
    EXPECT_GT(here.size(), 500U);
    EXPECT_GT(test::standard_normal_p(here), 0.01 / 4.0) << site;
  }
}

TEST(SpreadScale, ScalesWhateverTheSpreadIsGivenIn) {
  for (const auto* const name : {"straight", "straight-16"}) {
    auto device = test::catalog_parameters(name);
    scale_spreads(device, 10.0);
    const ReadoutLaw scaled(device);
    for (int i = 0; i < scaled.sites(); ++i) {
      const auto& law = catalog_model(name).readout();
      EXPECT_NEAR(scaled.spread_conductance(i) / law.spread_conductance(i), 10.0, 1e-9);
      EXPECT_EQ(scaled.level(i), law.level(i));
    }
  }
  auto device = test::catalog_parameters("straight-16");
  EXPECT_EQ(input_error_of([&] {
              scale_spreads(device, 100.0);
              return 0;
            }),
            "100 times the spread of 'n0' of the device 'straight-16' could draw less than 0");
}

TEST(ReadoutLaw, OneVisitAlwaysReadsTheSame) {
  const auto& model = catalog_model(test::kTrapezoid);
  DwMtj device(model, 3, 17);
  device.saturate();
  device.apply(model.pad_pulse(test::volts(2.0)));
  ASSERT_EQ(device.site(), 1);
  const auto resistance = device.resistance();
  for (int i = 0; i < 100; ++i) {
    device.apply(model.pad_pulse(test::volts(i % 2 == 0 ? 1.0 : -0.5)));
    ASSERT_EQ(device.site(), 1);
    EXPECT_EQ(device.resistance(), resistance);
  }
}

TEST(ReadoutLaw, NextVisitOfTheSameSiteReadsAnotherValue) {
  const auto& model = catalog_model(test::kTrapezoid);
  DwMtj device(model, 3, 17);
  device.saturate();
  const auto first = device.resistance();
  device.saturate();
  EXPECT_NE(device.resistance(), first);
}

TEST(ReadoutLaw, ReadingHasTheStatedNoise) {
  for (const auto& name : device_names()) {
    const auto& model = catalog_model(name);
    const double noise = model.parameters().readout.read_noise;
    EXPECT_DOUBLE_EQ(noise, 1e-4);
    const Resistance resistance = model.readout().level(1);
    std::vector<double> deviations;
    for (std::uint32_t reading = 0; reading < 20000; ++reading) {
      const auto shown =
          model.readout().reading(resistance, draw(5, Stream::instrument, 9, reading));
      deviations.push_back((shown / resistance - 1.0) / noise);
    }
    EXPECT_GT(test::standard_normal_p(deviations), 0.01) << name;
  }
}

TEST(ReadoutLaw, NoNoiseReadsTheResistanceItself) {
  auto parameters = test::catalog_parameters(test::kStraight);
  parameters.readout.read_noise = 0.0;
  const ReadoutLaw law(parameters);
  EXPECT_EQ(law.reading(law.level(2), draw(5, Stream::instrument, 9, 0)), law.level(2));
}

}  // namespace
}  // namespace dwmtj
