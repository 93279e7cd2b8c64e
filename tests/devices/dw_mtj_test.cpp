// SPDX-License-Identifier: Apache-2.0
#include "devices/dw_mtj.h"

#include <map>
#include <random>

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"
#include "tests/support/statistics.h"

namespace dwmtj {
namespace {

using test::catalog_model;
using test::volts;

// Around the thresholds, so that every site sees several ends.
std::vector<Pulse> lively_pulses(const DeviceModel& model) {
  if (model.parameters().pulses) {
    return {model.nominal_pulse(Direction::forward), model.nominal_pulse(Direction::reverse)};
  }
  std::vector<Pulse> pulses;
  const auto& law = model.switching();
  const auto add = [&](int site, Direction direction) {
    Pulse pulse = model.pad_pulse(volts(static_cast<double>(direction)));
    const Current critical = law.critical_current(site, direction, pulse.bias);
    for (const double share : {0.85, 0.9, 0.95, 1.0}) {
      pulse.amplitude = share * critical;
      pulses.push_back(pulse);
    }
  };
  add(1, Direction::forward);
  add(law.sites() - 2, Direction::forward);
  add(1, Direction::reverse);
  add(law.sites() - 1, Direction::reverse);
  return pulses;
}

// One long random trace of a device, every pulse booked under (table, start, end). Given its start,
// each end is an independent draw from the row of its grade's table.
TEST(DwMtj, EndSitesFollowTheTable) {
  for (const auto& name : device_names()) {
    const auto& model = catalog_model(name);
    const auto pulses = lively_pulses(model);
    const auto sites = static_cast<std::size_t>(model.sites());
    using Row = std::vector<std::uint64_t>;
    std::map<std::pair<std::size_t, int>, Row> counted;
    std::mt19937_64 random(11);
    DwMtj device(model, 11, 0);
    const int grade = model.variation().traits(11, 0).grade;
    device.saturate();
    for (int i = 0; i < 200000; ++i) {
      const std::size_t pulse = random() % pulses.size();
      const PulseResult result = device.apply(pulses[pulse]);
      auto& row = counted.try_emplace({pulse, result.from}, Row(sites, 0)).first->second;
      ++row[static_cast<std::size_t>(result.to)];
    }
    test::ChiSquare all;
    for (const auto& [where, row] : counted) {
      const auto& table = model.table(pulses[where.first], grade);
      std::vector<double> probability;
      for (int to = 0; to < model.sites(); ++to) {
        probability.push_back(table.probability(where.second, to));
      }
      all.add(probability, row);
    }
    std::printf("%-14s %.0f degrees of freedom, p = %.3f\n", name.c_str(), all.freedom(), all.p());
    EXPECT_GT(all.freedom(), 8.0) << name;
    EXPECT_GT(all.p(), 0.01) << name;
  }
}

TEST(DwMtj, StartsSaturatedWithoutADraw) {
  const DwMtj device(catalog_model(test::kStraight), 1, 0);
  EXPECT_EQ(device.site(), 0);
  EXPECT_EQ(device.state(), DeviceState{});
}

TEST(DwMtj, SaturationIsANewVisitOfTheStart) {
  DwMtj device(catalog_model(test::kStraight), 1, 0);
  device.saturate();
  EXPECT_EQ(device.state(), (DeviceState{0, 1, 0}));
  device.apply(device.model().pad_pulse(volts(6.0)));
  EXPECT_EQ(device.state(), (DeviceState{4, 2, 1}));
  device.saturate();
  EXPECT_EQ(device.state(), (DeviceState{0, 3, 2}));
}

TEST(DwMtj, EveryPulseIsOneDrawAndAMoveIsAnArrival) {
  const auto& model = catalog_model(test::kTrapezoid);
  DwMtj device(model, 1, 0);
  device.saturate();
  device.apply(model.pad_pulse(volts(0.1)));
  device.apply(model.pad_pulse(volts(0.1)));
  EXPECT_EQ(device.state(), (DeviceState{0, 3, 0}));
  const PulseResult result = device.apply(model.pad_pulse(volts(2.0)));
  EXPECT_EQ(result.from, 0);
  EXPECT_EQ(result.to, 1);
  EXPECT_EQ(result.draw.words, draw(1, Stream::device, 0, 3).words);
  EXPECT_EQ(device.state(), (DeviceState{1, 4, 3}));
}

TEST(DwMtj, NoPulseMovesTheWallPastTheEnds) {
  for (const auto& name : test::law_device_names()) {
    const auto& model = catalog_model(name);
    DwMtj device(model, 1, 0);
    const auto& point = model.parameters().operating_point;
    const Pulse push = model.pad_pulse(10.0 * point.pad_voltage);
    const Pulse pull = model.pad_pulse(-10.0 * point.pad_voltage);
    for (int i = 0; i < 100; ++i) device.apply(push);
    EXPECT_EQ(device.site(), model.sites() - 1) << name;
    for (int i = 0; i < 100; ++i) device.apply(pull);
    EXPECT_EQ(device.site(), 0) << name;
  }
}

std::vector<int> sites_visited(std::uint64_t seed, std::uint64_t index) {
  const auto& model = catalog_model(test::kScaled);
  const Pulse pulses[] = {model.pad_pulse(model.parameters().operating_point.pad_voltage),
                          model.pad_pulse(-model.parameters().operating_point.pad_voltage)};
  DwMtj device(model, seed, index);
  std::vector<int> visited;
  for (int i = 0; i < 200; ++i) {
    device.apply(pulses[i % 3 == 2 ? 1 : 0]);
    visited.push_back(device.site());
  }
  return visited;
}

TEST(DwMtj, SeedAndIndexDecideEverything) {
  EXPECT_EQ(sites_visited(1, 5), sites_visited(1, 5));
  EXPECT_NE(sites_visited(1, 5), sites_visited(2, 5));
  EXPECT_NE(sites_visited(1, 5), sites_visited(1, 6));
  EXPECT_NE(sites_visited(1, 5), sites_visited(1, 5 + (std::uint64_t{1} << 32U)));
  EXPECT_NE(sites_visited(1, 5), sites_visited(1 + (std::uint64_t{1} << 32U), 5));
}

TEST(DwMtj, OtherDevicesDoNotMatter) {
  const auto& model = catalog_model(test::kScaled);
  const Pulse pulse = model.pad_pulse(model.parameters().operating_point.pad_voltage);
  DwMtj alone(model, 1, 0);
  DwMtj together(model, 1, 0);
  DwMtj neighbour(model, 1, 1);
  for (int i = 0; i < 20; ++i) alone.apply(pulse);
  for (int i = 0; i < 20; ++i) {
    neighbour.apply(pulse);
    together.apply(pulse);
  }
  EXPECT_EQ(alone.state(), together.state());
  EXPECT_EQ(alone.resistance(), together.resistance());
}

}  // namespace
}  // namespace dwmtj
