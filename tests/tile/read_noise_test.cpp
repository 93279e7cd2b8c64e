// SPDX-License-Identifier: Apache-2.0
#include "tile/read_noise.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "common/random_stream.h"
#include "tests/support/catalog_model.h"
#include "tests/support/statistics.h"

namespace dwmtj {
namespace {

// 0.1 V, integrated for 5 ns, sensed by 1 kohm.
TileParameters tile() { return TileParameters::load(find_tile("straight")); }

DeviceModel noisy_model(double read_noise) {
  auto parameters = test::catalog_parameters("straight");
  parameters.readout.read_noise = read_noise;
  return DeviceModel(parameters);
}

// 4 k T x 1 mS in 100 MHz at 300 K: 40.7 nA; over 0.1 V that is 0.407 uS. The resistance that
// senses makes as much again.
TEST(ReadNoise, OfOneKilohmFollowsFromTemperatureAndTime) {
  const ReadNoise noise(tile(), noisy_model(0.0), 1, 0);
  EXPECT_NEAR(noise.deviation({0.0, 1e-3}), std::sqrt(2.0) * 4.070e-7, 1e-9);
  EXPECT_NEAR(noise.deviation({0.0, 0.0}), 4.070e-7, 1e-9);
}

TEST(ReadNoise, OfDevicesIsInProportionToThem) {
  const ReadNoise noise(tile(), noisy_model(0.01), 1, 0);
  const double thermal = noise.deviation({0.0, 1e-3});
  EXPECT_NEAR(std::pow(noise.deviation({1e-6, 1e-3}), 2), thermal * thermal + 1e-10, 1e-16);
}

TEST(ReadNoise, FallsWithTheRootOfTimeAndWithTheVoltage) {
  auto slow = tile();
  slow.timing.read_settle = from_si<Time>(20e-9);
  auto low = tile();
  low.read.voltage = from_si<Voltage>(0.02);
  const auto of = [](const TileParameters& tile) {
    return ReadNoise(tile, noisy_model(0.0), 1, 0).deviation({0.0, 1e-3});
  };
  EXPECT_NEAR(of(slow) / of(tile()), 0.5, 1e-12);
  EXPECT_NEAR(of(low) / of(tile()), 5.0, 1e-12);
}

TEST(ReadNoise, CanBeLeftOutByName) {
  auto quiet = tile();
  quiet.read.noise = false;
  const ReadNoise noise(quiet, noisy_model(0.01), 1, 0);
  EXPECT_EQ(noise.deviation({1.0, 1.0}), 0.0);
  EXPECT_EQ(in_si(noise.drawn(0, 0, {1.0, 1.0})), 0.0);
}

TEST(ReadNoise, IsNormalOverReadingsAndColumns) {
  const ReadNoise noise(tile(), noisy_model(0.01), 7, 100);
  const ReadNoise::Cells cells{4e-6, 2e-3};
  std::vector<double> drawn;
  for (int column = 0; column < 100; ++column) {
    for (std::uint32_t decision = 0; decision < 200; ++decision) {
      drawn.push_back(in_si(noise.drawn(column, decision, cells)) / noise.deviation(cells));
    }
  }
  EXPECT_GT(test::standard_normal_p(drawn), 0.01);
  EXPECT_EQ(noise.drawn(3, 5, cells),
            ReadNoise(tile(), noisy_model(0.01), 7, 103).drawn(0, 5, cells));
}

// One normal a column against a draw for each of its devices: 64 devices of two levels, 20000
// reads.
TEST(ReadNoise, OfAColumnIsThatOfItsDevices) {
  auto cold = tile();
  cold.timing.read_settle = from_si<Time>(1.0);  // no Johnson noise to speak of
  const ReadNoise noise(cold, noisy_model(0.01), 3, 0);
  ReadNoise::Cells cells{0.0, 0.0};
  std::vector<double> devices;
  for (int i = 0; i < 64; ++i) {
    devices.push_back(i % 3 == 0 ? 1.1e-3 : 0.94e-3);
    cells.squares += devices.back() * devices.back();
  }
  std::vector<double> by_device, by_column;
  for (std::uint32_t read = 0; read < 20000; ++read) {
    double sum = 0.0;
    for (std::size_t i = 0; i < devices.size(); ++i) {
      const Draw drawn = draw(3, Stream::instrument, i, read);
      sum += 0.01 * devices[i] * normal(drawn.words[0], drawn.words[1]);
    }
    by_device.push_back(sum / noise.deviation(cells));
    by_column.push_back(in_si(noise.drawn(0, read, cells)) / noise.deviation(cells));
  }
  EXPECT_GT(test::standard_normal_p(by_device), 0.01);
  EXPECT_GT(test::standard_normal_p(by_column), 0.01);
}

TEST(ReadNoise, OfOneDeviceIsBelowItsBound) {
  for (const double relative : {0.0, 1e-4, 0.05}) {
    const ReadNoise noise(tile(), noisy_model(relative), 1, 0);
    const auto bound = noise.largest_of_one(from_si<Conductance>(1e-3));
    for (const double siemens : {1e-6, 0.5e-3, 1e-3, 1.1e-3, 5e-3}) {
      const double largest = kLargestNormal * noise.deviation(ReadNoise::one(siemens));
      EXPECT_GE(bound.constant + bound.slope * siemens, largest) << siemens;
    }
    const double there = bound.constant + bound.slope * 1e-3;
    EXPECT_LE(there, 1.5 * kLargestNormal * noise.deviation(ReadNoise::one(1e-3)));
  }
}

}  // namespace
}  // namespace dwmtj
