// SPDX-License-Identifier: Apache-2.0
// Devices that are known by their pulses: from tables, trains and the rows of Table 1.
#include "devices/measured_device.h"

#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "devices/measured_pulses.h"
#include "devices/technologies.h"
#include "tests/support/catalog_model.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

const char* const kTable =
    "change of conductance\n"
    "1e-5,2e-5,3e-5\n"
    "0,1\n"
    "1e-5,1e-5,0\n"
    "1e-5,1e-5,0\n";

const char* const kDown =
    "amplitude_V,width_s,conductance_S\n"
    ",,3e-5\n"
    "-2,1e-8,2e-5\n"
    "-2,1e-8,1e-5\n"
    "-2,1e-8,1e-5\n";

const std::string kHead =
    "name: mine\n"
    "title: my device\n"
    "levels:\n"
    "  count: {value: 3, range: [2, 255], source: s}\n"
    "  spread: {value: 0 S, range: [0 S, 1 S], source: s}\n"
    "  read_noise: {value: 1 %, range: [0 %, 10 %], source: s}\n"
    "pulse:\n"
    "  width: {value: 10 ns, range: [0 s, 1 s], source: s}\n"
    "  rise: {value: 2 ns, range: [0 s, 1 s], source: s}\n"
    "  fall: {value: 4 ns, range: [0 s, 1 s], source: s}\n";

const std::string kMine = kHead +
                          "pulses:\n"
                          "  temperature: {value: 350 K, range: [1 K, 1000 K], source: s}\n"
                          "  list:\n"
                          "    - voltage: {value: 1 V, range: [-5 V, 5 V], source: s}\n"
                          "      energy: {value: 10 fJ, range: [0 J, 1 J], source: s}\n"
                          "      table: up.txt\n"
                          "    - voltage: {value: -2 V, range: [-5 V, 5 V], source: s}\n"
                          "      energy: {value: 40 fJ, range: [0 J, 1 J], source: s}\n"
                          "      trains: down.csv\n";

class MeasuredDevice : public ::testing::Test {
 protected:
  MeasuredDevice() {
    folder_.write("up.txt", kTable);
    folder_.write("down.csv", kDown);
  }
  [[nodiscard]] DeviceParameters load(const std::string& text) const {
    return DeviceParameters::load(folder_.write("mine.yaml", text));
  }
  [[nodiscard]] std::string refusal_of(const std::string& text) const {
    return refusal_in("mine.yaml", [&] { return load(text); });
  }
  static std::string with(const std::string& what, const std::string& instead,
                          std::string text = kMine) {
    return changed(std::move(text), what, instead);
  }

  TemporaryFolder folder_;
};

TEST_F(MeasuredDevice, IsMadeOfItsPulses) {
  const DeviceModel model(load(kMine));
  EXPECT_EQ(model.sites(), 3);
  EXPECT_DOUBLE_EQ(in_si(model.readout().level_conductance(1)), 2e-5);
  EXPECT_DOUBLE_EQ(in_si(model.temperature()), 350.0);
  const auto up = model.nominal_pulse(Direction::forward);
  const auto down = model.nominal_pulse(Direction::reverse);
  EXPECT_DOUBLE_EQ(in_si(up.amplitude), 1e-6);  // 10 fJ over 1 V and 10 ns
  EXPECT_DOUBLE_EQ(in_si(down.amplitude), -2e-6);
  EXPECT_DOUBLE_EQ(in_si(model.pads_of(down)), -2.0);
  EXPECT_EQ(model.table(up).probability(0, 1), 1.0);
  EXPECT_EQ(model.table(up).probability(2, 2), 1.0);
  EXPECT_EQ(model.table(down).probability(2, 1), 1.0);
  EXPECT_EQ(model.table(down).probability(0, 0), 1.0);
  const auto& measured = *model.parameters().pulses;
  EXPECT_EQ(measured.down[0].origin, "3 pulses of down.csv, 1.0 from the rarest level");
  EXPECT_EQ(measured.files.at("up.txt"), kTable);
}

TEST_F(MeasuredDevice, MovesWhenThePulseEnds) {
  const DeviceModel model(load(kMine));
  const auto hops = model.table(model.nominal_pulse(Direction::forward)).motion(0, 1, Draw{});
  ASSERT_EQ(hops.size(), 1U);
  EXPECT_DOUBLE_EQ(in_si(hops[0].arrives), 13e-9);
  EXPECT_DOUBLE_EQ(in_si(hops[0].leaves), 13e-9);
}

TEST_F(MeasuredDevice, RefusesByNameWhatWasNotMeasured) {
  const auto parameters = load(kMine);
  const DeviceModel model(parameters);
  const std::string it_has = "it has 1 V (1 uA), -2 V (-2 uA) for 10 ns at 350 K";
  auto pulse = model.nominal_pulse(Direction::forward);
  pulse.amplitude *= 1.01;
  EXPECT_EQ(input_error_of([&] { return &model.tables(pulse); }),
            "the device 'mine' is not known for pulses of 1.01 uA for 10 ns: " + it_has);
  pulse = model.nominal_pulse(Direction::reverse);
  pulse.shape.width *= 2.0;
  EXPECT_EQ(input_error_of([&] { return &model.tables(pulse); }),
            "the device 'mine' is not known for pulses of -2 uA for 20 ns: " + it_has);
  EXPECT_EQ(input_error_of([&] { return DeviceModel(parameters, 300.0 * si::kelvin).sites(); }),
            "the device 'mine' is known at 350 K alone, not at 300 K");
  EXPECT_EQ(input_error_of([&] { return model.switching().sites(); }),
            "the device 'mine' is known by its pulses alone: no switching law, so no other pulses, "
            "temperatures, fields or retention");
}

TEST_F(MeasuredDevice, MistakesAreNamedWithTheirLine) {
  EXPECT_EQ(refusal_of(with("table: up.txt", "table: none.txt")),
            "16: pulses.list[0].table: " + (folder_ / "none.txt").string() +
                ": cannot be read: No such file or directory");
  EXPECT_EQ(refusal_of(with("count: {value: 3,", "count: {value: 256,")),
            "4: levels.count.value: 256 is out of range [2, 255]");
  EXPECT_EQ(refusal_of(with("      trains: down.csv\n", "")),
            "17: pulses.list[1]: missing key 'states'");
  EXPECT_EQ(refusal_of(with("value: -2 V", "value: 2 V")),
            "19: pulses.list[1].trains: no pulse of 2 V for 10 ns from near 10 uS (level 0 of 0 to "
            "2); expected some from every level: give fewer levels");
  EXPECT_EQ(refusal_of(with("value: -2 V", "value: 1 V")),
            "17: pulses.list[1].voltage: stands twice");
  EXPECT_EQ(refusal_of(with("value: -2 V", "value: 0 V")),
            "17: pulses.list[1].voltage: expected another than 0");
  EXPECT_EQ(refusal_of(with("- voltage: {value: -2 V, range: [-5 V, 5 V]",
                            "- current: {value: -2 A, range: [-5 A, 5 A]")),
            "17: pulses.list[1].current: expected all amplitudes in volts, or all in amperes");
  EXPECT_EQ(refusal_of(with("count: {value: 3,", "count: {value: 30,")).substr(0, 48),
            "19: pulses.list[1].trains: no pulse of -2 V for ");
  EXPECT_EQ(refusal_of(with("levels:\n",
                            "levels:\n  most: {value: 4e-5 S, range: [0 S, 1 S], "
                            "source: s}\n")),
            "17: pulses.list[0].table: has conductances from 10 uS to 30 uS; the levels reach "
            "beyond");
  folder_.write("down.csv", std::string(kDown) + "-2.5,1e-8,1e-5\n");
  EXPECT_EQ(refusal_of(kMine),
            "13: pulses.list: down.csv has pulses of -2.5 V for 10 ns, and no entry here");
  folder_.write("down.csv", std::string(kDown) + "-2,2e-8,1e-5\n");
  EXPECT_EQ(refusal_of(kMine),
            "13: pulses.list: down.csv has pulses of -2 V for 20 ns, and no entry here");
  folder_.write("down.csv", kDown);
  EXPECT_EQ(
      refusal_of(kMine + "variation: {resistance: {value: 1 %, range: [0 %, 5 %], source: s}, "
                         "critical_current: {value: 1 %, range: [0 %, 5 %], source: s}, "
                         "barrier: {value: 0 %, range: [0 %, 5 %], source: s}, "
                         "classes: {value: 3, range: [2, 9], source: s}}\n")
          .substr(3),
      " variation: a device of measured pulses has no critical current and no barrier to "
      "vary");
}

TEST_F(MeasuredDevice, VariesInResistanceAlone) {
  const auto varied =
      load(kMine + "variation: {resistance: {value: 4 %, range: [0 %, 5 %], source: s}}\n");
  EXPECT_DOUBLE_EQ(varied.variation.resistance, 0.04);
  EXPECT_EQ(varied.variation.critical_current, 0.0);
  EXPECT_EQ(varied.variation.barrier, 0.0);
}

// A device and the one that is known by its table alone: nearly the same chances.
TEST(MeasuredTable, OfOurScaledDeviceHasTheChancesOfItsLaw) {
  const auto& law = test::catalog_model(test::kScaled);
  const auto& table = test::catalog_model("scaled-50nm-table");
  ASSERT_EQ(table.sites(), law.sites());
  for (const auto direction : {Direction::forward, Direction::reverse}) {
    const auto& expected = law.table(law.nominal_pulse(direction));
    const auto& known = table.table(table.nominal_pulse(direction));
    for (int from = 0; from < law.sites(); ++from) {
      EXPECT_NEAR(in_si(table.readout().level_conductance(from)),
                  in_si(law.readout().level_conductance(from)), 1e-12);
      for (int to = 0; to < law.sites(); ++to) {
        // The table has 500 parts of the distribution.
        EXPECT_NEAR(known.probability(from, to), expected.probability(from, to), 1.01 / 500.0)
            << from << " " << to;
      }
    }
  }
}

// What Table 1 does not print, and a file has to say.
std::string file_of(const Technology& row) {
  std::string text = fmt::format(
      "name: mine\n"
      "title: {}\n"
      "technology: {}\n"
      "levels:\n"
      "  count: {{value: 65, range: [2, 255], source: s}}\n"
      "  least: {{value: 10 uS, range: [0 S, 1 S], source: s}}\n"
      "  most: {{value: 90 uS, range: [0 S, 1 S], source: s}}\n"
      "  spread: {{value: 0 S, range: [0 S, 1 S], source: s}}\n",
      row.title, row.name);
  if (!row.read_noise || !std::holds_alternative<double>(*row.read_noise)) {
    text += "  read_noise: {value: 1 %, range: [0 %, 10 %], source: s}\n";
  }
  text +=
      "pulse:\n"
      "  rise: {value: 0 s, range: [0 s, 1 s], source: s}\n"
      "  fall: {value: 0 s, range: [0 s, 1 s], source: s}\n"
      "pulses:\n"
      "  temperature: {value: 300 K, range: [1 K, 1000 K], source: s}\n";
  const auto ask = [&](const std::string& key, const std::string& value) {
    text += fmt::format("  {}: {{value: {}, range: [-1000, 1000], source: s}}\n", key, value);
  };
  if (!row.states) ask("states_up", "40");
  if (!row.states) ask("states_down", "40");
  if (!row.linearity) ask("linearity_up", "0");
  if (!row.linearity) ask("linearity_down", "0");
  if (!row.write_noise || !std::holds_alternative<double>(*row.write_noise))
    ask("write_noise", "0");
  return text;
}

double mean_after(const DeviceModel& model, Direction direction, int from) {
  const auto& table = model.table(model.nominal_pulse(direction));
  double mean = 0.0;
  for (int to = 0; to < model.sites(); ++to) {
    mean += table.probability(from, to) * in_si(model.readout().level_conductance(to));
  }
  return mean;
}

TEST(Table1, EachRowIsADevice) {
  const TemporaryFolder folder;
  const auto rows = load_technologies(technologies_file());
  ASSERT_EQ(rows.size(), 10U);
  for (const auto& row : rows) {
    const DeviceModel model(DeviceParameters::load(folder.write("mine.yaml", file_of(row))));
    const auto& device = model.parameters();
    EXPECT_EQ(in_si(device.operating_point.update_energy), in_si(row.energy_of_update()))
        << row.name;
    EXPECT_EQ(in_si(device.operating_point.shape.width), in_si(row.write_duration)) << row.name;
    EXPECT_EQ(in_si(device.settling_time), row.settling_time ? in_si(*row.settling_time) : 0.0);
    const auto volts = in_si(device.pulses->down.front().voltage);
    if (row.write_amplitude) {
      EXPECT_DOUBLE_EQ(volts, -std::abs(in_si(row.write_amplitude->down)));
    }
    // The first pulse of a train, by hand: (1 - exp(-nu / P)) / (1 - exp(-nu)) of the range.
    if (!row.linearity || !row.states || row.write_noise) continue;
    const auto pulses = static_cast<double>(row.states->up - 1);
    const double nu = row.linearity->up;
    EXPECT_NEAR((mean_after(model, Direction::forward, 0) - 10e-6) / 80e-6,
                std::expm1(-nu / pulses) / std::expm1(-nu), 1e-9)
        << row.name;
  }
}

TEST(Table1, DepressionHasItsOwnNonlinearity) {
  const TemporaryFolder folder;
  const auto rows = load_technologies(technologies_file());
  // FeFET: +1.75 / +1.46 with 32 states and 0.5 % of noise. Downwards the bend is the other way.
  const auto row = find_technology(rows, "hfzrox-fefet");
  const DeviceModel model(DeviceParameters::load(folder.write("mine.yaml", file_of(row))));
  const double down = (90e-6 - mean_after(model, Direction::reverse, 64)) / 80e-6;
  EXPECT_NEAR(down, std::expm1(1.46 / 31.0) / std::expm1(1.46), 2e-3);
  const double up = (mean_after(model, Direction::forward, 0) - 10e-6) / 80e-6;
  EXPECT_NEAR(up, std::expm1(-1.75 / 31.0) / std::expm1(-1.75), 2e-3);
}

TEST(Table1, WhatItDoesNotPrintIsAskedFor) {
  const TemporaryFolder folder;
  const auto rows = load_technologies(technologies_file());
  const auto refusal_of = [&](const std::string& name, const std::string& key) {
    auto text = file_of(find_technology(rows, name));
    const auto at = text.find("  " + key);
    text.erase(at, text.find('\n', at) + 1 - at);
    const auto message =
        input_error_of([&] { return DeviceParameters::load(folder.write("mine.yaml", text)); });
    return message.substr(message.find(": ") + 2);
  };
  EXPECT_EQ(refusal_of("sonos", "least"), "levels: missing key 'least'");
  EXPECT_EQ(refusal_of("dw-mtj", "linearity_up"), "pulses: missing key 'linearity_up'");
  EXPECT_EQ(refusal_of("taox-rram", "states_down"), "pulses: missing key 'states_down'");
  EXPECT_EQ(refusal_of("2t-mtj", "write_noise"), "pulses: missing key 'write_noise'");
  EXPECT_EQ(refusal_of("pcm-gst", "read_noise"), "levels: missing key 'read_noise'");
  // Two states are the fewest.
  const auto of_states = [&](const std::string& count) {
    auto text = file_of(find_technology(rows, "taox-rram"));
    const auto at = text.find("states_down: {value: ") + 21;
    text.replace(at, text.find(',', at) - at, count);
    return input_error_of([&] { return DeviceParameters::load(folder.write("mine.yaml", text)); });
  };
  EXPECT_EQ(of_states("2"), "accepted");
  EXPECT_NE(of_states("1").find("states_down: "), std::string::npos);
  // What it prints cannot be said again.
  const auto twice = file_of(find_technology(rows, "sonos")) +
                     "  write_noise: {value: 1 %, range: [0 %, 5 %], source: s}\n";
  const auto message =
      input_error_of([&] { return DeviceParameters::load(folder.write("mine.yaml", twice)); });
  EXPECT_NE(message.find("pulses.write_noise: unknown key"), std::string::npos) << message;
}

}  // namespace
}  // namespace dwmtj
