// SPDX-License-Identifier: Apache-2.0
// Switching data of devices of the catalog, fitted: the constants that made them come back.
#include "characterization/switching_fit.h"

#include <gtest/gtest.h>

#include "characterization/csv_tables.h"
#include "characterization/fitted_file.h"
#include "characterization/level_clusters.h"
#include "characterization/ramp.h"
#include "characterization/write_reset.h"
#include "tests/support/catalog_model.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

TEST(LevelClusters, SplitBetweenTheLevels) {
  // Two close levels of few values beside one of many.
  std::vector<double> values(1000);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 100.0 + 1e-3 * static_cast<double>(i);
  values.insert(values.end(), {50.0, 50.5, 40.0, 41.0, 40.5});
  const auto limits = split_into_levels(values, 3);
  ASSERT_EQ(limits.size(), 2U);
  EXPECT_DOUBLE_EQ(limits[0], 45.5);
  EXPECT_DOUBLE_EQ(limits[1], 75.25);
}

TEST(LevelClusters, AsManyPartsAsValues) {
  EXPECT_EQ(split_into_levels({3.0, 1.0, 2.0}, 3), (std::vector<double>{1.5, 2.5}));
  EXPECT_EQ(split_into_levels({3.0, 1.0}, 1), std::vector<double>());
  EXPECT_EQ(input_error_of([] {
              return split_into_levels({1.0, 1.0, 2.0}, 3);
            }),
            "3 levels; the readings have 2 different values");
}

class Fit : public ::testing::Test {
 protected:
  // Both protocols of a device as its files.
  [[nodiscard]] std::vector<std::filesystem::path> measured(const DeviceModel& model,
                                                            std::uint64_t devices) const {
    const auto& protocol = model.parameters().protocol;
    const auto write = [&](const char* name, RowTable::Columns columns,
                           const Measurement& measure) {
      RowTable table(folder_ / name, columns);
      for (std::uint64_t device = 0; device < devices; ++device) {
        for (const auto& row : record_of(measure, device)) table.add(row);
      }
      table.commit();
      return folder_ / name;
    };
    const auto sweep = [&](long cycles) {
      return Sweep{{}, protocol.ramp_stop, protocol.ramp_step, static_cast<int>(cycles), devices, 3,
                   1};
    };
    return {write("ramp.csv", RowTable::Columns::ramp, ramp(model, sweep(protocol.ramp_cycles))),
            write("write_reset.csv", RowTable::Columns::phases,
                  write_reset(model, sweep(protocol.reset_cycles), protocol.reset_stop))};
  }

  TemporaryFolder folder_;
};

TEST_F(Fit, GivesTheTrapezoidBack) {
  const auto& model = test::catalog_model(test::kTrapezoid);
  const auto& truth = model.parameters();
  const auto data = read_switching_data(measured(model, 30), 4);
  EXPECT_NEAR(data.read_noise, 1e-4, 2e-6);
  EXPECT_DOUBLE_EQ(in_si(data.protocol.ramp_step), 0.05);
  EXPECT_EQ(data.protocol.ramp_cycles, 13);
  EXPECT_EQ(data.protocol.reset_cycles, 3);
  const auto fit = fit_device(truth, data);
  for (std::size_t i = 0; i < 4; ++i) {
    const auto& site = fit.device.sites[i];
    EXPECT_NEAR(data.levels[i], in_si(model.readout().level(static_cast<int>(i))), 0.15) << i;
    EXPECT_NEAR(data.spreads[i] / in_si(truth.sites[i].spread), 1.0, 0.1) << i;
    EXPECT_NEAR(in_si(site.position), in_si(truth.sites[i].position), 15e-9) << i;
    ASSERT_TRUE(fit.sites[i].fitted) << i;
    // The width at the site is a little off with its position, and the depth with it.
    EXPECT_NEAR(in_si(site.depth), in_si(truth.sites[i].depth),
                4.5 * fit.sites[i].depth_error + 0.01 * in_si(truth.sites[i].depth))
        << i;
    EXPECT_NEAR(site.barrier, truth.sites[i].barrier, 4.5 * fit.sites[i].barrier_error) << i;
    EXPECT_LT(fit.sites[i].barrier_error, 0.2 * site.barrier) << i;
    EXPECT_GT(fit.sites[i].p, 1e-4) << i;
  }
}

TEST_F(Fit, SaysWhereTheLawDoesNotFit) {
  const auto& model = test::catalog_model(test::kStraight);
  auto like = model.parameters();
  like.pinning.attempt_time *=
      1e-6;  // another law: as if escapes were a million times as often tried
  like.pinning.barrier_exponent = 1.0;
  const auto files = measured(model, 30);
  const auto right = fit_device(model.parameters(), read_switching_data(files, 5));
  const auto wrong = fit_device(like, read_switching_data(files, 5));
  for (int i = 0; i < 4; ++i) {
    EXPECT_GT(right.sites[static_cast<std::size_t>(i)].p, 1e-4) << i;
  }
  EXPECT_GT(wrong.sites[1].chi_square, right.sites[1].chi_square);
}

TEST_F(Fit, IsADeviceFile) {
  const auto& model = test::catalog_model(test::kStraight);
  const auto data = read_switching_data(measured(model, 10), 5);
  const auto fit = fit_device(model.parameters(), data);
  const auto text = fitted_file(fit, data, model.parameters(), {"straight", "mine", "ramp.csv"});
  const auto device = DeviceParameters::load(folder_.write("mine.yaml", text));
  EXPECT_EQ(device.name, "mine");
  ASSERT_EQ(device.sites.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_NEAR(device.sites[i].depth / fit.device.sites[i].depth, 1.0, 1e-5);
    EXPECT_NEAR(device.sites[i].barrier / fit.device.sites[i].barrier, 1.0, 1e-5);
  }
  EXPECT_EQ(device.measured.levels.size(), 4U);
}

TEST_F(Fit, RefusesWhatItCannotUse) {
  const auto refusal_of = [&](const std::string& text, std::size_t levels = 2) {
    const auto file = folder_.write("a.csv", text);
    const auto message = input_error_of([&] {
      return fit_device(test::catalog_parameters(test::kStraight),
                        read_switching_data({file}, levels))
          .points.size();
    });
    return message.rfind(file.string(), 0) == 0 ? message.substr(file.string().size() + 1)
                                                : message;
  };
  const std::string head = "pulse,voltage_V,resistance_ohm\n";
  EXPECT_EQ(refusal_of("a,b\n"), "1: no column voltage_V or amplitude_V");
  EXPECT_EQ(refusal_of(head), "the files have no pulse");
  EXPECT_EQ(refusal_of(head + "1,2,100\n"),
            "2: a cycle begins with a reading alone: pulse 0, or no amplitude");
  EXPECT_EQ(refusal_of(head + "0,0,100\n1,0,100\n"), "3: a pulse of 0 V");
  EXPECT_EQ(refusal_of(head + "0,0,100\n1,1,100\n2,-1,100\n"),
            "4: a pulse of the other sign within a cycle; expected a reading alone before it");
  EXPECT_EQ(refusal_of(head + "0,0,0\n"), "2: resistance_ohm: expected more than 0");
  EXPECT_EQ(refusal_of(head + "0,0,100\n1,1,100\n2,2,50\n"),
            "the level at 100 ohm is left 1 times; expected 2 at least");
  EXPECT_EQ(refusal_of(head + "0,0,100\n1,1,100\n2,2,50\n", 3),
            "3 levels; the readings have 2 different values");
}

}  // namespace
}  // namespace dwmtj
