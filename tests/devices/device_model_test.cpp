// SPDX-License-Identifier: Apache-2.0
#include "devices/device_model.h"

#include <thread>

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

using test::volts;

TEST(DeviceModel, TableOfAPulseIsMadeOnce) {
  const DeviceModel model(test::catalog_parameters(test::kTrapezoid));
  const TransitionTable& first = model.table(model.pad_pulse(volts(3.0)));
  for (const double other : {-3.0, 2.95, 3.05}) {
    EXPECT_NE(&model.table(model.pad_pulse(volts(other))), &first);
  }
  EXPECT_EQ(&model.table(model.pad_pulse(volts(3.0))), &first);
}

TEST(DeviceModel, ShapeAndFieldAreOtherPulses) {
  const DeviceModel model(test::catalog_parameters(test::kTrapezoid));
  const Pulse pulse = model.pad_pulse(volts(3.0));
  Pulse longer = pulse;
  longer.shape.width = 2.0 * pulse.shape.width;
  Pulse biased = pulse;
  biased.bias = test::millitesla(-10);
  EXPECT_NE(&model.table(pulse), &model.table(longer));
  EXPECT_NE(&model.table(pulse), &model.table(biased));
  EXPECT_LT(model.table(pulse).probability(1, 2), model.table(longer).probability(1, 2));
  EXPECT_GT(model.table(pulse).probability(1, 2), model.table(biased).probability(1, 2));
}

TEST(DeviceModel, ThreadsShareTheTables) {
  const DeviceModel model(test::catalog_parameters(test::kStraight));
  constexpr int kPulses = 20;
  std::vector<std::vector<const TransitionTable*>> seen(4);
  std::vector<std::thread> threads;
  for (auto& mine : seen) {
    threads.emplace_back([&model, &mine] {
      for (int i = 0; i < kPulses; ++i) {
        mine.push_back(&model.table(model.pad_pulse(volts(0.25 * i))));
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& mine : seen) EXPECT_EQ(mine, seen.front());
}

TEST(DeviceModel, PadPulseIsTheNominalOneWithTheFieldOfItsDirection) {
  const auto& model = test::catalog_model(test::kTrapezoid);
  const Pulse write = model.pad_pulse(volts(3.5));
  EXPECT_NEAR(in_si(write.amplitude), 12.4e-6, 1e-18);
  EXPECT_EQ(write.bias, model.parameters().fields.write);
  EXPECT_EQ(write.shape.width, test::nanoseconds(50));
  const Pulse reset = model.pad_pulse(volts(-3.5));
  EXPECT_NEAR(in_si(reset.amplitude), -12.4e-6, 1e-18);
  EXPECT_EQ(reset.bias, model.parameters().fields.reset);
}

TEST(DeviceModel, HotterDeviceSwitchesAtLowerVoltage) {
  const DeviceModel hot(test::catalog_parameters(test::kTrapezoid), 400.0 * si::kelvin);
  const auto& room = test::catalog_model(test::kTrapezoid);
  const Pulse pulse = room.pad_pulse(volts(2.9));
  EXPECT_GT(hot.table(pulse).probability(1, 2), 2.0 * room.table(pulse).probability(1, 2));
}

}  // namespace
}  // namespace dwmtj
