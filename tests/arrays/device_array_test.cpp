// SPDX-License-Identifier: Apache-2.0
#include "arrays/device_array.h"

#include <algorithm>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

using test::catalog_model;

constexpr std::uint64_t kSeed = 0x123456789abcdef0;

// Random amplitudes around the thresholds, both ways, and a saturation now and then (no pulse).
struct Step {
  bool saturate = false;
  Pulse pulse;
};

std::vector<Step> random_trace(const DeviceModel& model, int steps, unsigned seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> share(0.4, 1.4);
  std::vector<Step> trace;
  for (int i = 0; i < steps; ++i) {
    const double sign = random() % 4 == 0 ? -1.0 : 1.0;
    const auto pads = model.parameters().operating_point.pad_voltage;
    const auto pulse =
        model.parameters().pulses
            ? model.nominal_pulse(sign > 0.0 ? Direction::forward : Direction::reverse)
            : model.pad_pulse(sign * share(random) * pads);
    trace.push_back({random() % 32 == 0, pulse});
  }
  return trace;
}

template <typename Devices>
void play(const std::vector<Step>& trace, Devices& devices) {
  for (const auto& step : trace) {
    if (step.saturate) {
      devices.saturate();
    } else {
      devices.apply(step.pulse);
    }
  }
}

void expect_equal(const DeviceArray& array, std::size_t i, const DwMtj& device) {
  ASSERT_EQ(array.state(i), device.state());
  ASSERT_EQ(array.site(i), device.site());
  ASSERT_EQ(array.resistance(i), device.resistance());
}

void expect_equal(const DeviceArray& a, std::size_t i, const DeviceArray& b, std::size_t j) {
  ASSERT_EQ(a.state(i), b.state(j));
  ASSERT_EQ(a.resistance(i), b.resistance(j));
}

class EveryDevice : public ::testing::TestWithParam<std::string> {
 protected:
  static const DeviceModel& model() { return catalog_model(GetParam()); }
};

TEST_P(EveryDevice, ArrayIsItsDevicesBitForBit) {
  const auto trace = random_trace(model(), 60, 1);
  constexpr std::uint64_t kWord = std::uint64_t{1} << 32U;
  for (const std::size_t size : {1U, 63U, 64U, 65U, 1000U}) {
    for (const std::uint64_t first :
         {std::uint64_t{0}, std::uint64_t{77}, kWord - 30, kWord * 1000 + 5}) {
      DeviceArray array(model(), kSeed, first, size);
      ASSERT_EQ(array.size(), size);
      play(trace, array);
      for (std::size_t i = 0; i < size; ++i) {
        DwMtj device(model(), kSeed, first + i);
        play(trace, device);
        ASSERT_NO_FATAL_FAILURE(expect_equal(array, i, device)) << size << ", " << first + i;
      }
    }
  }
}

TEST_P(EveryDevice, TraceMovesTheWalls) {
  DeviceArray array(model(), kSeed, 0, 1000);
  std::set<int> seen;
  for (const auto& step : random_trace(model(), 60, 1)) {
    play({step}, array);
    for (std::size_t i = 0; i < array.size(); ++i) seen.insert(array.site(i));
  }
  EXPECT_GE(seen.size(), 4U);
}

TEST_P(EveryDevice, EqualsAfterEveryStep) {
  DeviceArray array(model(), kSeed, 7, 65);
  std::vector<DwMtj> devices;
  for (std::uint64_t i = 0; i < 65; ++i) devices.emplace_back(model(), kSeed, 7 + i);
  for (const auto& step : random_trace(model(), 100, 2)) {
    play({step}, array);
    for (std::size_t i = 0; i < devices.size(); ++i) {
      play({step}, devices[i]);
      ASSERT_NO_FATAL_FAILURE(expect_equal(array, i, devices[i]));
    }
  }
}

TEST_P(EveryDevice, SplitIntoPartsChangesNothing) {
  const auto trace = random_trace(model(), 60, 3);
  DeviceArray whole(model(), kSeed, 1000, 300);
  play(trace, whole);
  for (const std::size_t cut : {1U, 64U, 100U, 299U}) {
    DeviceArray left(model(), kSeed, 1000, cut);
    DeviceArray right(model(), kSeed, 1000 + cut, 300 - cut);
    play(trace, right);  // whichever comes first
    play(trace, left);
    for (std::size_t i = 0; i < cut; ++i) expect_equal(whole, i, left, i);
    for (std::size_t i = cut; i < 300; ++i) expect_equal(whole, i, right, i - cut);
  }
}

TEST_P(EveryDevice, SinglePulsesMixWithPulsesToAll) {
  DeviceArray array(model(), kSeed, 5, 130);
  std::vector<DwMtj> devices;
  for (std::uint64_t i = 0; i < 130; ++i) devices.emplace_back(model(), kSeed, 5 + i);
  std::mt19937_64 random(4);
  for (const auto& step : random_trace(model(), 60, 4)) {
    const std::size_t chosen = random() % 130;
    const PulseResult bulk = array.apply(model().tables(step.pulse), chosen);
    const PulseResult alone = devices[chosen].apply(step.pulse);
    EXPECT_EQ(bulk.from, alone.from);
    EXPECT_EQ(bulk.to, alone.to);
    EXPECT_EQ(bulk.draw.words, alone.draw.words);
    play({step}, array);
    for (auto& device : devices) play({step}, device);
  }
  for (std::size_t i = 0; i < devices.size(); ++i) expect_equal(array, i, devices[i]);
}

std::string test_name(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Catalog, EveryDevice, ::testing::ValuesIn(device_names()), test_name);

TEST(DeviceArray, MayBeEmpty) {
  DeviceArray array(catalog_model(test::kStraight), 1, 0, 0);
  array.saturate();
  array.apply(catalog_model(test::kStraight).pad_pulse(test::volts(5.0)));
  EXPECT_EQ(array.size(), 0U);
}

TEST(DeviceArray, StartsLikeANewDevice) {
  const auto& model = catalog_model(test::kStraight);
  const DeviceArray array(model, 3, 9, 2);
  expect_equal(array, 0, DwMtj(model, 3, 9));
  expect_equal(array, 1, DwMtj(model, 3, 10));
}

}  // namespace
}  // namespace dwmtj
