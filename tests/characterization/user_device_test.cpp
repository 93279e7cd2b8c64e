// SPDX-License-Identifier: Apache-2.0
// A user's own device: a copy of a file of the catalog with other numbers in it.
#include <set>

#include <gtest/gtest.h>

#include "characterization/ramp.h"
#include "tests/support/catalog_model.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

class UserDevice : public ::testing::Test {
 protected:
  void SetUp() override {
    text_ = read_text(find_device(test::kScaled));
    replace("name: scaled-50nm", "name: mine");
    replace("width_in: {value: 50 nm", "width_in: {value: 80 nm");
    replace("width_clk: {value: 50 nm", "width_clk: {value: 80 nm");
    replace("count: {value: 33", "count: {value: 8");
    replace("pitch: {value: 30 nm", "pitch: {value: 120 nm");
    replace("spread:\n    {value: 5 ohm", "spread:\n    {value: 0 ohm");
    file_ = folder_.write("mine.yaml", text_);
  }

  void replace(const std::string& from, const std::string& to) {
    const auto at = text_.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text_.replace(at, from.size(), to);
  }

  std::string text_;
  TemporaryFolder folder_;
  std::filesystem::path file_;
};

TEST_F(UserDevice, HasItsOwnNotches) {
  const auto parameters = DeviceParameters::load(find_device(file_.string()));
  EXPECT_EQ(parameters.name, "mine");
  ASSERT_EQ(parameters.sites.size(), 8U);
  EXPECT_EQ(parameters.sites.back().name, "n7");
  EXPECT_NEAR(in_si(parameters.sites.back().position), 860e-9, 1e-18);
}

TEST_F(UserDevice, WiderTrackNeedsMoreCurrent) {
  const SwitchingLaw mine(DeviceParameters::load(file_), kRoomTemperature);
  const Field none = test::millitesla(0);
  EXPECT_NEAR(in_si(mine.critical_current(3, Direction::forward, none)), 580.0 * 80e-9, 1e-12);
}

TEST_F(UserDevice, ClimbsItsLevelsOnARamp) {
  const DeviceModel model(DeviceParameters::load(file_));
  const Sweep sweep = {test::volts(0), test::volts(0.4), test::volts(0.0025), 10, 1, 5, 1};
  const auto record = record_of(ramp(model, sweep), 0);
  EXPECT_EQ(record.size(), 10U * 161U);
  std::set<int> seen;
  for (std::size_t i = 0; i < record.size(); ++i) {
    const auto& row = record[i];
    seen.insert(row.site);
    EXPECT_NEAR(row.resistance / in_si(model.readout().level(row.site)), 1.0, 6e-4);  // 6 sigma
    if (row.pulse > 0) {
      EXPECT_GE(row.site, record[i - 1].site);
    }
    if (row.pulse == 160) {
      EXPECT_EQ(row.site, 7);
    }
  }
  EXPECT_EQ(seen.size(), 8U);
}

}  // namespace
}  // namespace dwmtj
