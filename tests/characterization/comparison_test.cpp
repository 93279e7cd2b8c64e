// SPDX-License-Identifier: Apache-2.0
// The comparison can say no: devices that are wrong in one thing each get it in the row that speaks
// of it, and the right ones do not.
#include "characterization/comparison.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <gtest/gtest.h>

#include "characterization/ramp.h"
#include "characterization/write_reset.h"
#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

using test::volts;

constexpr std::uint64_t kDevices = 20;

CycleStatistics count(const DeviceModel& model, const Measurement& measurement, Phase phase) {
  CycleStatistics statistics(model.sites(), phase);
  for (std::uint64_t device = 0; device < kDevices; ++device) {
    measurement(device, Rows::changes, [&](const PulseRecord& row) { statistics.add(row); });
    statistics.finish_device();
  }
  return statistics;
}

std::vector<ComparisonRow> rows_of(const DeviceParameters& parameters, double kelvin = 300.0) {
  const DeviceModel model(parameters, from_si<Temperature>(kelvin));
  const auto& protocol = parameters.protocol;
  const auto sweep = [&](long cycles) {
    return Sweep{
        volts(0), protocol.ramp_stop, protocol.ramp_step, static_cast<int>(cycles), kDevices, 1, 1};
  };
  auto rows =
      compare(parameters, count(model, ramp(model, sweep(protocol.ramp_cycles)), Phase::write),
              Phase::write);
  const auto resets =
      compare(parameters,
              count(model, write_reset(model, sweep(protocol.reset_cycles), protocol.reset_stop),
                    Phase::reset),
              Phase::reset);
  rows.insert(rows.end(), resets.begin(), resets.end());
  return rows;
}

std::vector<std::string> refused(const std::vector<ComparisonRow>& rows) {
  std::vector<std::string> names;
  for (const auto& row : rows) {
    if (!row.agrees) names.push_back(row.quantity);
  }
  return names;
}

TEST(Comparison, TheCatalogAgreesInEveryRow) {
  for (const auto& name : {test::kTrapezoid, test::kStraight}) {
    const auto rows = rows_of(test::catalog_parameters(name));
    EXPECT_GE(rows.size(), 10U);
    EXPECT_EQ(refused(rows), std::vector<std::string>{}) << name;
  }
}

struct Broken {
  const char* what;
  void (*change)(DeviceParameters&);
  const char* row;  // that says no
};

const Broken kBroken[] = {
    {"spread of n6 ten times too large", [](DeviceParameters& d) { d.sites[2].spread *= 10.0; },
     "  its spread"},
    {"spread of n2 a fifth", [](DeviceParameters& d) { d.sites[1].spread *= 0.2; }, "  its spread"},
    {"reset too weak", [](DeviceParameters& d) { d.protocol.reset_stop = volts(3); },
     "V_C reset seen"},
    {"n6 passed over", [](DeviceParameters& d) { d.sites[2].depth *= 21.0 / 36.334; },
     "V_C 93.3 to 76.1 ohm seen"},
    {"ramp too short", [](DeviceParameters& d) { d.protocol.ramp_stop = volts(2); }, "level n7"},
    {"n6 too deep for a reset in one switch",
     [](DeviceParameters& d) {
       d.sites[2].depth *= 2.5;
       d.protocol.ramp_stop = volts(11);
     },
     "V_C reset seen"},
    {"n2 shallow", [](DeviceParameters& d) { d.sites[1].depth *= 0.95; }, "V_C 93.3 to 76.1 ohm"},
    {"n6 deep", [](DeviceParameters& d) { d.sites[2].depth *= 1.06; }, "V_C 76.1 to 67.1 ohm"},
    {"n6 soft", [](DeviceParameters& d) { d.sites[2].barrier = 30.0; },
     "V_C 76.1 to 67.1 ohm"},  // left soon after n2, so its var does not grow
    {"n2 soft", [](DeviceParameters& d) { d.sites[1].barrier = 60.0; }, "  its var"},
    {"n2 hard", [](DeviceParameters& d) { d.sites[1].barrier = 1500.0; }, "  its var"},
    {"n7 soft", [](DeviceParameters& d) { d.sites[3].barrier = 60.0; }, "V_C reset"},
    {"n6 displaced", [](DeviceParameters& d) { d.sites[2].position *= 0.97; }, "level n6"},
    {"MTJ of another resistance",
     [](DeviceParameters& d) { d.readout.parallel = d.readout.parallel * 1.01; }, "level n7"},
    {"reset field of the wrong sign",
     [](DeviceParameters& d) { d.fields.reset = test::millitesla(34); }, "V_C reset"},
    {"slow wall", [](DeviceParameters& d) { d.pinning.wall_velocity = from_si<Velocity>(1e-300); },
     "V_C reset seen"},
    {"noisy instrument", [](DeviceParameters& d) { d.readout.read_noise = 0.02; }, "  its spread"},
};

TEST(Comparison, BrokenDevicesGetTheirNo) {
  for (const auto& broken : kBroken) {
    auto device = test::catalog_parameters(test::kTrapezoid);
    broken.change(device);
    const auto noes = refused(rows_of(device));
    std::printf("  %-40s %zu rows say no\n", broken.what, noes.size());
    EXPECT_NE(std::find(noes.begin(), noes.end(), broken.row), noes.end()) << broken.what;
  }
}

TEST(Comparison, AnotherTemperatureIsNotTheMeasuredOne) {
  EXPECT_FALSE(refused(rows_of(test::catalog_parameters(test::kTrapezoid), 77.0)).empty());
}

TEST(Comparison, RangesOfNormals) {
  const double root_of_pi = std::sqrt(M_PI);
  EXPECT_NEAR(half_range_of_normals(2), 1.0 / root_of_pi, 1e-12);
  EXPECT_NEAR(half_range_of_normals(3), 1.5 / root_of_pi, 1e-12);
  EXPECT_NEAR(half_range_of_normals(13), 1.668, 1e-3);
}

}  // namespace
}  // namespace dwmtj
