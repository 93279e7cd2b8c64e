// SPDX-License-Identifier: Apache-2.0
#include "devices/technologies.h"

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

#include "common/input_error.h"
#include "devices/catalog.h"

namespace dwmtj {
namespace {

// A Table 1 row as text, in the printed units; empty where the table has no entry.
struct PrintedRow {
  std::string name;
  std::string feature_size;
  std::string area;
  std::string duration;
  std::string settling;
  std::string amplitude_up;
  std::string amplitude_down;
  std::string energy;
  std::string linearity;
  std::string states;
  std::string states_note;
  std::string read_noise;
  std::string write_noise;
};

const std::vector<PrintedRow> kTable1 = {
    {"dw-mtj", "0.35 x 3.6 um^2 (50 nm notch)", "1.26 um^2", "50 ns", "", "0.2 V", "-0.2 V",
     "0.124 pJ", "", "5/5", "", "0.25 %", ""},
    {"dw-mtj-scaled", "50 x 1000 nm^2 (5 nm notch)", "0.05 um^2", "0.5 ns", "", "27 uA", "-27 uA",
     "2.5 fJ", "0.8/-0.81", "32/32", "> 32", "", "3.23 %"},
    {"2t-mtj", "pi/4 x 100 x 40 nm^2", "3141.592653589793 nm^2", "5 ns", "", "1 V", "-1 V", "38 fJ",
     "", "2/2", "", "", "low"},
    {"taox-hfox-rram", "~1 um^2", "1 um^2", "50 ns", "", "1.6 V", "-1.6 V", "1.28 pJ", "0.04/-0.63",
     "128/128", "", "high", "3.7 %"},
    {"taox-rram", "~1 um^2", "1 um^2", "10 ns", "", "1 V", "-1 V", "10 nJ", "668/-51.7", "", "",
     "high", "11.2 %"},
    {"pcm-gst", "300 x ~1000 nm^2", "0.3 um^2", "20 ns", "", "1.25 V", "1.6 V", "0.5 pJ", "3/-1",
     "200/30", "", "high", "15 %"},
    {"hfzrox-fefet", "1190.4 um^2", "1190.4 um^2", "75 ns", "", "3.65 V", "-2.95 V", "1.79 pJ",
     "1.75/1.46", "32/32", "", "medium", "0.5 %"},
    {"pedot-pss-ecram", "750 x 2000 um^2", "1.5 mm^2", "250 us", "1 us", "1 V", "-1 V", "4 fJ/um^2",
     "0.7/-0.12", "100/100", "> 100", "low", "0.023 %"},
    {"p-g2t-tt-ecram", "30 x 30 um^2", "900 um^2", "20 ns", "100 ns", "1 V", "-1 V", "10 fJ/um^2",
     "", "100/100", "> 100", "low", "low"},
    {"sonos", "7 x 1.2 um^2", "8.4 um^2", "10 us", "", "10 V", "-11 V", "8.2 fJ/um^2", "1.59/-2.22",
     "50/50", "~50", "low", "0.23 %"},
};

void expect_printed(double value, const std::string& printed, Dimension dimension) {
  EXPECT_DOUBLE_EQ(value, parse_quantity(printed, dimension)) << "printed as " << printed;
}

template <typename Quantity>
void expect_printed(Quantity quantity, const std::string& printed) {
  expect_printed(quantity.value(), printed, kDimensionOf<Quantity>);
}

void expect_printed_amplitude(const Technology& technology, const PrintedRow& row) {
  EXPECT_NE(technology.write_amplitude.has_value(), technology.write_current.has_value());
  if (technology.write_amplitude) {
    expect_printed(technology.write_amplitude->up, row.amplitude_up);
    expect_printed(technology.write_amplitude->down, row.amplitude_down);
  } else {
    expect_printed(technology.write_current->up, row.amplitude_up);
    expect_printed(technology.write_current->down, row.amplitude_down);
  }
}

void expect_printed_energy(const Technology& technology, const PrintedRow& row) {
  EXPECT_NE(technology.update_energy.has_value(), technology.update_energy_per_area.has_value());
  if (technology.update_energy) {
    expect_printed(*technology.update_energy, row.energy);
  } else {
    expect_printed(*technology.update_energy_per_area, row.energy, Dimension::energy_per_area);
  }
}

template <typename Value>
std::string shown(const std::optional<UpDown<Value>>& pair) {
  if (!pair) return "";
  std::ostringstream text;
  text << pair->up << "/" << pair->down;
  return text.str();
}

std::string shown(const std::optional<Noise>& noise) { return noise ? format_noise(*noise) : ""; }

class Table1 : public ::testing::Test {
 protected:
  Technology row(const std::string& name) const { return find_technology(table_, name); }

  std::vector<Technology> table_ = load_technologies(technologies_file());
};

TEST_F(Table1, HasTheTenRowsOfThePaperInItsOrder) {
  ASSERT_EQ(table_.size(), 10U);
  for (std::size_t i = 0; i < kTable1.size(); ++i) EXPECT_EQ(table_[i].name, kTable1[i].name);
}

TEST_F(Table1, EveryCellIsAsPrinted) {
  for (const auto& printed : kTable1) {
    SCOPED_TRACE(printed.name);
    const auto technology = row(printed.name);
    EXPECT_EQ(technology.feature_size, printed.feature_size);
    expect_printed(technology.feature_area, printed.area, Dimension::area);
    expect_printed(technology.write_duration, printed.duration);
    ASSERT_EQ(technology.settling_time.has_value(), !printed.settling.empty());
    if (technology.settling_time) expect_printed(*technology.settling_time, printed.settling);
    expect_printed_amplitude(technology, printed);
    expect_printed_energy(technology, printed);
    EXPECT_EQ(shown(technology.linearity), printed.linearity);
    EXPECT_EQ(shown(technology.states), printed.states);
    EXPECT_EQ(technology.states_note, printed.states_note);
    EXPECT_EQ(shown(technology.read_noise), printed.read_noise);
    EXPECT_EQ(shown(technology.write_noise), printed.write_noise);
  }
}

TEST_F(Table1, LinearityIsAWordWhereTheTableHasNoNumber) {
  EXPECT_EQ(row("dw-mtj").linearity_note, "tunable");
  EXPECT_EQ(row("p-g2t-tt-ecram").linearity_note, "high");
  EXPECT_EQ(row("2t-mtj").linearity_note, "");
}

TEST_F(Table1, EveryRowNamesItsReferenceAndTheSourceOfEachNumber) {
  for (const auto& technology : table_) {
    SCOPED_TRACE(technology.name);
    EXPECT_FALSE(technology.title.empty());
    EXPECT_GT(technology.reference.size(), 40U);
    EXPECT_GE(technology.constants.size(), 5U);
    for (const auto& constant : technology.constants) {
      EXPECT_NE(constant.source.find("Table 1"), std::string::npos) << constant.path;
    }
  }
  EXPECT_EQ(row("sonos").constants.front().path, "technologies[9].feature_area");
}

TEST_F(Table1, PrototypeRowIsTheOperatingPointOfTheStraightDevice) {
  const auto technology = row("dw-mtj");
  EXPECT_DOUBLE_EQ(technology.energy_of_update().value(), 0.124e-12);
  EXPECT_DOUBLE_EQ(technology.write_duration.value(), 50e-9);
  EXPECT_DOUBLE_EQ(technology.write_amplitude->up.value(), 0.2);
  const auto straight = ParameterNode::load(find_device("straight"));
  const auto point = straight.child("operating_point");
  EXPECT_EQ(technology.energy_of_update(), point.constant<Energy>("update_energy"));
  EXPECT_EQ(technology.write_amplitude->up, point.constant<Voltage>("track_voltage"));
  EXPECT_EQ(technology.write_duration, straight.child("pulse").constant<Time>("width"));
}

TEST_F(Table1, ScaledRowIsTheOperatingPointOfTheScaledDevice) {
  const auto technology = row("dw-mtj-scaled");
  const auto scaled = ParameterNode::load(find_device("scaled-50nm"));
  const auto point = scaled.child("operating_point");
  EXPECT_EQ(technology.energy_of_update(), point.constant<Energy>("update_energy"));
  EXPECT_EQ(technology.write_current->up, point.constant<Current>("track_current"));
  EXPECT_EQ(technology.write_duration, scaled.child("pulse").constant<Time>("width"));
}

TEST_F(Table1, EnergyPerAreaIsTakenTimesTheFeatureArea) {
  EXPECT_DOUBLE_EQ(row("pedot-pss-ecram").energy_of_update().value(), 6e-9);  // 4 fJ x 1.5e6
  EXPECT_DOUBLE_EQ(row("p-g2t-tt-ecram").energy_of_update().value(), 9e-12);  // 10 fJ x 900
  EXPECT_DOUBLE_EQ(row("sonos").energy_of_update().value(), 68.88e-15);       // 8.2 fJ x 8.4
}

TEST_F(Table1, AnUnknownNameIsAnsweredWithTheKnownOnes) {
  try {
    static_cast<void>(row("sonoss"));
    FAIL() << "accepted";
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(),
                 "unknown technology 'sonoss'; known: dw-mtj, dw-mtj-scaled, 2t-mtj, "
                 "taox-hfox-rram, taox-rram, pcm-gst, hfzrox-fefet, pedot-pss-ecram, "
                 "p-g2t-tt-ecram, sonos");
  }
}

TEST(EnergyPerArea, IsReadAndPrintedInItsUnits) {
  EXPECT_DOUBLE_EQ(parse_quantity("4 fJ/um^2", Dimension::energy_per_area), 4e-3);
  EXPECT_DOUBLE_EQ(parse_quantity("0.004 J/m^2", Dimension::energy_per_area), 4e-3);
  EXPECT_EQ(format_quantity(4e-3, Dimension::energy_per_area), "4 fJ/um^2");
  EXPECT_EQ(describe(Dimension::energy_per_area),
            "an energy per area such as 4 fJ/um^2 (units: J/m^2, pJ/um^2, fJ/um^2, aJ/um^2)");
}

// A file of one sound row; each test breaks one line of it.
class MalformedTable : public ::testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(file_); }

  void replace(const std::string& from, const std::string& to) {
    const auto at = text_.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text_.replace(at, from.size(), to);
  }

  std::vector<Technology> load() const {
    std::ofstream(file_) << text_;
    return load_technologies(file_);
  }

  // `expected` without the name of the file: ":5: technologies[0].write_duration: ...".
  void expect_error(const std::string& expected) const {
    try {
      static_cast<void>(load());
      FAIL() << "accepted";
    } catch (const InputError& error) {
      EXPECT_EQ(error.what(), file_.string() + expected);
    }
  }

  std::filesystem::path file_ =
      std::filesystem::temp_directory_path() /
      ("dwmtj_technologies_" + std::to_string(::getpid()) + "_" +
       ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".yaml");
  std::string text_ =
      "technologies:\n"
      "  - name: one\n"
      "    title: One\n"
      "    reference: Nobody\n"
      "    feature_size: 2 x 3 um^2\n"
      "    feature_area: {value: 6 um^2, range: [0 um^2, 1 mm^2], source: hand}\n"
      "    write_duration: {value: 5 ns, range: [0 s, 1 s], source: hand}\n"
      "    write_amplitude_up: {value: 1 V, range: [-9 V, 9 V], source: hand}\n"
      "    write_amplitude_down: {value: -1 V, range: [-9 V, 9 V], source: hand}\n"
      "    update_energy_per_area: {value: 7 fJ/um^2, range: [0 J/m^2, 1 J/m^2], source: hand}\n"
      "    states_up: {value: 4, range: [0, 1e9], source: hand}\n"
      "    states_down: {value: 4, range: [0, 1e9], source: hand}\n"
      "    read_noise: very low\n";
};

TEST_F(MalformedTable, IsSoundBeforeItIsBroken) {
  const auto table = load();
  ASSERT_EQ(table.size(), 1U);
  EXPECT_DOUBLE_EQ(table.front().energy_of_update().value(), 42e-15);
  EXPECT_EQ(shown(table.front().read_noise), "very low");
}

TEST_F(MalformedTable, UnknownKey) {
  replace("    read_noise: very low\n", "    raed_noise: low\n");
  expect_error(
      ":13: technologies[0].raed_noise: unknown key; accepted here: name, title, reference, "
      "feature_size, feature_area, write_duration, settling_time, write_amplitude_up, "
      "write_amplitude_down, write_current_up, write_current_down, update_energy, "
      "update_energy_per_area, linearity_up, linearity_down, linearity_note, states_up, "
      "states_down, states_note, read_noise, write_noise");
}

TEST_F(MalformedTable, UnknownKeyBesideTheList) {
  text_ += "technology: two\n";
  expect_error(":14: technology: unknown key; accepted here: technologies");
}

TEST_F(MalformedTable, MissingKey) {
  replace("    title: One\n", "");
  expect_error(":2: technologies[0]: missing key 'title'");
}

TEST_F(MalformedTable, MissingList) {
  text_ = "rows: []\n";
  expect_error(":1: missing key 'technologies'");
}

TEST_F(MalformedTable, EmptyList) {
  text_ = "technologies: []\n";
  expect_error(":1: technologies: expected at least one row");
}

TEST_F(MalformedTable, RowThatIsNoMapping) {
  text_ = "technologies:\n  - one\n";
  expect_error(":2: technologies[0]: expected a mapping");
}

TEST_F(MalformedTable, BothFormsOfEnergy) {
  text_ += "    update_energy: {value: 1 fJ, range: [0 J, 1 J], source: hand}\n";
  expect_error(
      ":10: technologies[0].update_energy_per_area: stands beside 'update_energy'; only one of "
      "them can");
}

TEST_F(MalformedTable, NoEnergy) {
  replace(
      "    update_energy_per_area: {value: 7 fJ/um^2, range: [0 J/m^2, 1 J/m^2], source: hand}\n",
      "");
  expect_error(":2: technologies[0]: missing key 'update_energy' or 'update_energy_per_area'");
}

TEST_F(MalformedTable, VoltsAndAmperes) {
  text_ +=
      "    write_current_up: {value: 1 uA, range: [-1 A, 1 A], source: hand}\n"
      "    write_current_down: {value: -1 uA, range: [-1 A, 1 A], source: hand}\n";
  expect_error(
      ":14: technologies[0].write_current_up: stands beside 'write_amplitude_up'; only one of "
      "them can");
}

TEST_F(MalformedTable, NeitherVoltsNorAmperes) {
  replace("    write_amplitude_up: {value: 1 V, range: [-9 V, 9 V], source: hand}\n", "");
  replace("    write_amplitude_down: {value: -1 V, range: [-9 V, 9 V], source: hand}\n", "");
  expect_error(":2: technologies[0]: missing key 'write_amplitude_up' or 'write_current_up'");
}

TEST_F(MalformedTable, OneDirectionOnly) {
  replace("    states_up: {value: 4, range: [0, 1e9], source: hand}\n", "");
  expect_error(":2: technologies[0]: missing key 'states_up'");
}

TEST_F(MalformedTable, WrongUnit) {
  replace("{value: 5 ns", "{value: 5 V");
  expect_error(
      ":7: technologies[0].write_duration.value: '5 V' is not a time such as 50 ns (units: s, ms, "
      "us, ns, ps, fs, h, d, y)");
}

TEST_F(MalformedTable, NumberOutsideItsRange) {
  replace("{value: 5 ns", "{value: 5 h");
  expect_error(":7: technologies[0].write_duration.value: 5 h is out of range [0 s, 1 s]");
}

TEST_F(MalformedTable, NumberWithoutSource) {
  replace("range: [0 s, 1 s], source: hand}", "range: [0 s, 1 s]}");
  expect_error(":7: technologies[0].write_duration: missing key 'source'");
}

TEST_F(MalformedTable, ZeroWhereItCannotBe) {
  replace("{value: 6 um^2", "{value: 0 um^2");
  expect_error(":6: technologies[0].feature_area: must be above zero");
}

TEST_F(MalformedTable, BrokenNumberOfStates) {
  replace("{value: 4,", "{value: 4.5,");
  expect_error(":11: technologies[0].states_up: expected a whole number from 2 to 1000000");
}

TEST_F(MalformedTable, NoiseThatIsNoWordOfTheTable) {
  replace("very low", "loud");
  expect_error(
      ":13: technologies[0].read_noise: 'loud' is not one of: very low, low, medium, high");
}

TEST_F(MalformedTable, NegativeNoise) {
  replace("very low", "{value: -1 %, range: [-5 %, 5 %], source: hand}");
  expect_error(":13: technologies[0].read_noise: must not be below zero");
}

TEST_F(MalformedTable, NameThatIsNoId) {
  replace("name: one", "name: The One");
  expect_error(":2: technologies[0].name: 'The One' is not made of a-z, 0-9 and -");
}

TEST_F(MalformedTable, SameNameTwice) {
  const std::string row = text_.substr(text_.find("  - name"));
  text_ += row;
  expect_error(":14: technologies[1].name: 'one' stands twice");
}

TEST_F(MalformedTable, NotThere) {
  try {
    static_cast<void>(load_technologies(file_));
    FAIL() << "accepted";
  } catch (const InputError& error) {
    EXPECT_EQ(error.what(), file_.string() + ": no such file");
  }
}

}  // namespace
}  // namespace dwmtj
