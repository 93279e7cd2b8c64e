// SPDX-License-Identifier: Apache-2.0
#include "inference/device_history.h"

#include <cmath>

#include <gtest/gtest.h>

#include "devices/catalog.h"
#include "devices/retention.h"
#include "tests/support/input_error_of.h"

namespace dwmtj {
namespace {

class DeviceHistoryTest : public testing::Test {
 protected:
  [[nodiscard]] DeviceHistory history() const { return {levels_, &device_, settings_}; }
  // The share of 20,000 devices at `site` that have moved.
  [[nodiscard]] double moved(int site) const {
    const auto past = history();
    int count = 0;
    for (std::uint64_t i = 0; i < kDevices; ++i) count += past.aged(1, {i, site, {}}) ? 1 : 0;
    return static_cast<double>(count) / kDevices;
  }
  [[nodiscard]] double expected(int site) const {
    const SwitchingLaw law(device_.parameters(), settings_.temperature);
    const auto sites = static_cast<std::size_t>(device_.sites());
    const auto bias = device_.parameters().pinning.compensation_field;
    const auto at = static_cast<std::size_t>(site) * (sites + 1);
    return 1 - resting_chances(law, settings_.hold, 0.0 * si::amperes, bias)[at];
  }

  static constexpr int kDevices = 20000;
  DeviceModel device_{DeviceParameters::load(find_device("straight"))};
  LevelSet levels_ = levels_of_device(device_);
  HistorySettings settings_;
};

TEST_F(DeviceHistoryTest, WithoutOneNothingHappens) {
  EXPECT_FALSE(history().stuck(1, 5));
  EXPECT_FALSE(history().aged(1, {5, 2, {}}));
}

TEST_F(DeviceHistoryTest, MovesAsManyAsTheLawSays) {
  settings_.temperature = 600.0 * si::kelvin;
  settings_.hold = 500.0 * si::seconds;
  for (const int site : {1, 2, 3}) {
    const double share = expected(site);
    EXPECT_GT(share, 0.01);
    EXPECT_NEAR(moved(site), share, 4.5 * std::sqrt(share * (1 - share) / kDevices)) << site;
  }
}

TEST_F(DeviceHistoryTest, TenYearsAtRoomTemperatureMoveNone) {
  settings_.hold = 3.156e8 * si::seconds;
  EXPECT_LT(expected(2), 1e-3);
  EXPECT_LT(moved(2), 2e-3);
}

// Reads push the wall: their time counts as one, under their current.
TEST_F(DeviceHistoryTest, ReadsDisturb) {
  settings_.reads = 1'000'000'000;
  settings_.read_time = 5e-9 * si::seconds;
  settings_.read_current = 0.2 * device_.pad_pulse(4.0 * si::volts).amplitude;
  const double gentle = moved(2);
  settings_.read_current = 0.6 * device_.pad_pulse(4.0 * si::volts).amplitude;
  EXPECT_GT(moved(2), gentle + 0.5);
}

TEST_F(DeviceHistoryTest, SticksAShareAtAnyLevelOrOne) {
  settings_.stuck_rate = 0.1;
  std::vector<int> at(5, 0);
  const auto any = history();
  for (std::uint64_t i = 0; i < kDevices; ++i) {
    const auto stuck = any.stuck(1, i);
    for (std::size_t level = 0; stuck && level < at.size(); ++level) {
      at[level] += *stuck == levels_.conductance[level] ? 1 : 0;
    }
  }
  for (const int count : at) EXPECT_NEAR(count, 400, 4.5 * 20);
  settings_.stuck_level = 3;
  const auto one = history();
  for (std::uint64_t i = 0; i < 200; ++i) {
    EXPECT_EQ(one.stuck(1, i).value_or(levels_.conductance[3]), levels_.conductance[3]);
  }
}

TEST_F(DeviceHistoryTest, RefusesWhatDoesNotFit) {
  settings_.stuck_rate = 0.1;
  settings_.stuck_level = 5;
  EXPECT_EQ(input_error_of([&] { return history(); }),
            "--stuck-level 5: 'straight' has levels 0 to 4");
  settings_ = {};
  settings_.hold = 1.0 * si::seconds;
  EXPECT_NE(input_error_of([&] {
              return DeviceHistory(levels_, nullptr, settings_);
            }).find("is a set of levels"),
            std::string::npos);
  settings_.reads = 1;
  settings_.read_time = 1e-9 * si::seconds;
  settings_.read_current = 1.0 * si::amperes;
  EXPECT_NE(input_error_of([&] { return history(); }).find("leaves no barrier"), std::string::npos);
}

}  // namespace
}  // namespace dwmtj
