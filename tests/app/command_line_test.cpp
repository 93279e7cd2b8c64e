// SPDX-License-Identifier: Apache-2.0
// What is typed wrongly ends with status 2 and one line on stderr, and leaves nothing behind.
#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>

#include "devices/catalog.h"
#include "tests/app/known_names.h"
#include "tests/app/program.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

class CommandLine : public ::testing::Test {
 protected:
  [[nodiscard]] Outcome run(const std::vector<std::string>& words) const {
    return dwmtj_in(folder_.path(), words);
  }

  void expect_refused(const std::vector<std::string>& words, const std::string& message) const {
    const auto outcome = run(words);
    EXPECT_EQ(outcome.status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, "dwmtj: " + message + "\n");
    EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
  }

  // The options of `characterize straight`.
  void expect_option_refused(std::vector<std::string> options, const std::string& message) const {
    options.insert(options.begin(), {"characterize", "straight"});
    expect_refused(options, message);
  }

  TemporaryFolder folder_;
};

// The names under "Subcommands:" in the help.
std::vector<std::string> subcommands(const std::string& help) {
  std::vector<std::string> names;
  std::istringstream lines(help.substr(std::min(help.find("Subcommands:"), help.size())));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line) && !line.empty()) {
    const bool starts = line.rfind("  ", 0) == 0 && line.size() > 2 && line[2] != ' ';
    if (starts) names.push_back(line.substr(2, line.find(' ', 2) - 2));
  }
  return names;
}

TEST_F(CommandLine, HelpOfEverySubcommandHasAnExample) {
  const auto names = subcommands(run({"--help"}).out);
  EXPECT_GE(names.size(), 4U);
  for (const auto& name : names) {
    const auto outcome = run({name, "--help"});
    EXPECT_EQ(outcome.status, 0) << name;
    EXPECT_EQ(outcome.err, "") << name;
    EXPECT_NE(outcome.out.find("\n  dwmtj " + name), std::string::npos) << name;
  }
}

TEST_F(CommandLine, VersionIsPrinted) {
  const auto outcome = run({"--version"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out.rfind("dwmtj 0.", 0), 0U) << outcome.out;
}

TEST_F(CommandLine, DevicesListsTheCatalogAndExplainsOne) {
  EXPECT_NE(run({"devices"}).out.find("trapezoidal-5 "), std::string::npos);
  const auto outcome = run({"devices", "straight"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.out.find("1061.0 +- 1.1 ohm"), std::string::npos) << outcome.out;
}

TEST_F(CommandLine, TechnologiesListsTable1AndExplainsOne) {
  EXPECT_NE(run({"technologies"}).out.find("sonos"), std::string::npos);
  EXPECT_EQ(run({"technologies", "sonos"}).status, 0);
}

TEST_F(CommandLine, ArchitecturesListsTheCatalogAndAddsOneUp) {
  EXPECT_NE(run({"architectures"}).out.find("isaac-ce"), std::string::npos);
  const auto isaac = run({"architectures", "isaac-ce"});
  EXPECT_EQ(isaac.status, 0);
  EXPECT_NE(isaac.out.find("chip power"), std::string::npos);
  EXPECT_EQ(run({"architectures", "smal"}).status, 2);
}

TEST_F(CommandLine, TheWholeTextOfAnArchitectureIsAnArchitecture) {
  const auto text = run({"architectures", "binary-comparator", "--yaml"}).out;
  folder_.write("whole.yaml", text);
  EXPECT_EQ(run({"architectures", "whole.yaml", "--yaml"}).out, text);
  EXPECT_EQ(run({"architectures", "--yaml"}).status, 2);
}

TEST_F(CommandLine, CalibrateFindsTheConstantsOfASite) {
  const auto outcome =
      run({"calibrate", "--mean", "3.5V", "--var", "5.7%", "--cycles", "13", "--step", "0.1V"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out.rfind("critical voltage  4.", 0), 0U) << outcome.out;
}

TEST_F(CommandLine, NoSubcommand) {
  expect_refused({}, "A subcommand is required (see dwmtj --help)");
}

TEST_F(CommandLine, UnknownSubcommandListsTheKnownOnes) {
  const auto outcome = run({"characterise"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.err.rfind("dwmtj: unknown command 'characterise'; known: characterize, ", 0),
            0U)
      << outcome.err;
}

TEST_F(CommandLine, UnknownOption) {
  expect_option_refused(
      {"--cycels", "3"},
      "The following arguments were not expected: 3 --cycels (see dwmtj characterize --help)");
}

TEST_F(CommandLine, UnknownDeviceListsTheKnownOnes) {
  const std::string message =
      "unknown device 'strait'; " + known_in(DWMTJ_SOURCES "/devices/catalog");
  expect_refused({"characterize", "strait"}, message);
  expect_refused({"devices", "strait"}, message);
}

TEST_F(CommandLine, UnknownTechnologyListsTheKnownOnes) {
  const auto outcome = run({"technologies", "sonoss"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.err.rfind("dwmtj: unknown technology 'sonoss'; known: dw-mtj, ", 0), 0U);
}

TEST_F(CommandLine, MissingDeviceFile) {
  expect_refused({"characterize", "mine.yaml"}, "mine.yaml: no such file");
  const std::string name = std::string(300, 'a') + ".yaml";
  expect_refused({"characterize", name}, name + ": no such file");
}

TEST_F(CommandLine, UnknownProtocol) {
  expect_option_refused({"--protocol", "rump"},
                        "--protocol: rump not in {ramp,write-reset,state-map,retention,"
                        "pulse-width,linearity,temperature,trains,"
                        "metaplasticity,field-loop} (see dwmtj characterize --help)");
}

TEST_F(CommandLine, BrokenCounts) {
  expect_option_refused(
      {"--cycles", "-3"},
      "--cycles: Value -3 not in range 1 to 1000000 (see dwmtj characterize --help)");
  expect_option_refused(
      {"--devices", "0"},
      "--devices: Value 0 not in range 1 to 100000000 (see dwmtj characterize --help)");
  expect_option_refused(
      {"--threads", "0"},
      "--threads: Value 0 not in range 1 to 1024 (see dwmtj characterize --help)");
}

TEST_F(CommandLine, BrokenSeed) {
  for (const char* const seed : {"x", "-1", "1.5", "", "18446744073709551616"}) {
    expect_option_refused({"--seed", seed}, "--seed: '" + std::string(seed) +
                                                "' is not a whole number from 0 to "
                                                "18446744073709551615");
  }
}

TEST_F(CommandLine, BrokenVoltages) {
  expect_option_refused({"--step", "0V"}, "--step: 0 V is not above 0 V");
  expect_option_refused({"--stop", "-2V"}, "--stop: -2 V is not above 0 V");
  expect_option_refused({"--reset-stop", "0 V"}, "--reset-stop: 0 V is not above 0 V");
  expect_option_refused({"--step", "50ns"},
                        "--step: '50ns' is not a voltage such as 0.2 V (units: V, kV, mV, uV, nV)");
  expect_option_refused({"--start", "-1V"},
                        "--start: must not be negative; the reset phase runs from -start to -stop");
}

TEST_F(CommandLine, RampsWithoutOrWithTooManyPulses) {
  expect_option_refused({"--start", "6V"},
                        "the ramp from 6 V to 5.5 V in steps of 50 mV has no pulses");
  expect_option_refused({"--step", "20V"},
                        "the ramp from 0 V to 5.5 V in steps of 20 V has no pulses");
  expect_option_refused({"--start", "3V", "--reset-stop", "2V"},
                        "the reset phase from 3 V to 2 V in steps of 50 mV has no pulses");
  expect_option_refused({"--step", "1nV"},
                        "the ramp from 0 V to 5.5 V in steps of 1 nV has more than 10000 pulses");
}

TEST_F(CommandLine, BrokenTemperatures) {
  expect_option_refused({"--temperature", "2000 K"}, "--temperature: expected 1 K to 1000 K");
  expect_option_refused({"--temperatures", "300 K,400"},
                        "--temperatures: '400' is not a temperature such as 300 K (units: K)");
  expect_option_refused({"--temperatures", "300 K,"},
                        "--temperatures: '' is not a temperature such as 300 K (units: K)");
  expect_option_refused({"--temperatures", "300K,-1K"}, "--temperatures: must be above 0 K");
}

TEST_F(CommandLine, BrokenWidths) {
  expect_option_refused({"--widths", "1 ns,0 ns"}, "--widths: must be above 0 s");
  expect_option_refused({"--widths", "1 ns;2 ns"},
                        "--widths: '1 ns;2 ns' is not a time such as 50 ns (units: s, ms, us, ns, "
                        "ps, fs, h, d, y)");
}

TEST_F(CommandLine, WhatWasTypedIsReportedInOneLine) {
  expect_option_refused({"--protocol", "a\nb"},
                        "--protocol: a?b not in {ramp,write-reset,state-map,retention,"
                        "pulse-width,linearity,temperature,trains,"
                        "metaplasticity,field-loop} (see dwmtj characterize --help)");
}

TEST_F(CommandLine, FileInTheWayOfTheOutputFolder) {
  const auto file = folder_.write("file", "mine");
  const auto outcome = run({"characterize", "straight", "--out", "file"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "dwmtj: file: cannot create this output folder: Not a directory\n");
  EXPECT_EQ(read_text(file), "mine");
}

TEST_F(CommandLine, FolderInTheWayOfATable) {
  std::filesystem::create_directories(folder_ / "out/ramp.csv/inside");
  const auto outcome = run({"characterize", "straight", "--protocol", "ramp", "--step", "0.5V",
                            "--no-figures", "--out", "out"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.err, "dwmtj: out/ramp.csv: cannot be written: it is a folder\n");
  EXPECT_TRUE(std::filesystem::exists(folder_ / "out/ramp.csv/inside"));
  std::filesystem::remove_all(folder_ / "out/ramp.csv");
  EXPECT_TRUE(std::filesystem::is_empty(folder_ / "out"));
}

TEST_F(CommandLine, BrokenMeasurementToCalibrate) {
  const std::vector<std::string> sound = {"calibrate", "--mean", "3.5V", "--var", "5%"};
  const auto with = [&](const std::string& option, const std::string& value) {
    auto words = sound;
    words.insert(words.end(), {option, value});
    return words;
  };
  expect_refused({"calibrate"}, "--mean is required (see dwmtj calibrate --help)");
  expect_refused(with("--step", "0V"), "--mean, --var and --step must be above zero");
  expect_refused(with("--step", "1uV"), "--step: more than 1000 steps up to 3.5 V");
  expect_refused(with("--attempt-time", "0 s"), "--attempt-time must be above zero");
  expect_refused(with("--width", "5 ns"),
                 "--width, --rise, --fall: half of the rise and fall times must fit into the pulse "
                 "width");
}

// Each row breaks one line of the file of the straight device.
struct Mistake {
  const char* name;
  const char* from;
  const char* to;
  const char* message;
};

class BrokenDeviceFile : public CommandLine, public ::testing::WithParamInterface<Mistake> {};

TEST_P(BrokenDeviceFile, IsRefusedInOneLineThatNamesFileAndLine) {
  const auto& mistake = GetParam();
  auto text = read_text(std::filesystem::path(DWMTJ_SOURCES) / "devices/catalog/straight.yaml");
  const auto at = text.find(mistake.from);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, std::string(mistake.from).size(), mistake.to);
  const auto file = folder_.write("mine.yaml", text);
  for (const char* const command : {"characterize", "devices"}) {
    const auto outcome = run({command, "mine.yaml"});
    EXPECT_EQ(outcome.status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, "dwmtj: mine.yaml" + std::string(mistake.message) + "\n");
    std::filesystem::remove(folder_ / "mine.yaml");
    EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
    folder_.write("mine.yaml", text);
  }
}

INSTANTIATE_TEST_SUITE_P(
    CommandLine, BrokenDeviceFile,
    ::testing::Values(
        Mistake{"unknown_key", "  rise: {", "  rize: {", ":24: pulse: missing key 'rise'"},
        Mistake{"additional_key", "  rise: {", "  color: red\n  rise: {",
                ":26: pulse.color: unknown key; accepted here: width, rise, fall"},
        Mistake{"missing_key", "title: straight", "# title: straight", ":1: missing key 'title'"},
        Mistake{"wrong_unit", "width_in: {value: 350 nm", "width_in: {value: 350 nA",
                ":8: track.width_in.value: '350 nA' is not a length such as 250 nm (units: m, mm, "
                "um, nm)"},
        Mistake{"out_of_range", "width_in: {value: 350 nm", "width_in: {value: 35 um",
                ":8: track.width_in.value: 35 um is out of range [10 nm, 10 um]"},
        Mistake{"zero", "{value: 3600 nm, range: [10 nm,", "{value: 0 nm, range: [0 nm,",
                ":7: track.length: must be above zero"},
        Mistake{"unsorted_sites", "value: 1734.85 nm", "value: 1300 nm",
                ":78: sites[2].position: sites must be in order from IN to CLK and apart: 1.3 um "
                "does not lie beyond 'n2' at 1.325 um"},
        Mistake{"coincident_sites", "value: 1734.85 nm", "value: 1324.64 nm",
                ":78: sites[2].position: sites must be in order from IN to CLK and apart: 1.325 um "
                "does not lie beyond 'n2' at 1.325 um"},
        Mistake{"two_sites_of_one_name", "name: n3", "name: n1",
                ":77: sites[2].name: 'n1' stands twice"},
        Mistake{"site_beyond_the_track", "value: 2390 nm", "value: 3700 nm",
                ":62: sites: 'n5' at 3.7 um lies beyond the track of 3.6 um"},
        Mistake{"no_site_holds", "holding_depth: {value: 20 nm", "holding_depth: {value: 60 nm",
                ":62: sites: 0 sites hold a wall (depth >= 60 nm); expected 2 to 64"},
        Mistake{"site_name_that_breaks_a_table", "name: n3", "name: 'n3,x'",
                ":77: sites[2].name: 'n3,x' is not made of letters, digits, - and _"},
        Mistake{"device_name_that_is_a_path", "name: straight", "name: ../straight",
                ":3: name: '../straight' is not made of letters, digits, - and _"},
        Mistake{"edges_longer_than_the_pulse", "width: {value: 50 ns", "width: {value: 5 ns",
                ":24: pulse: half of the rise and fall times must fit into the pulse width"},
        Mistake{"resistances_swapped", "value: 1061 ohm", "value: 900 ohm",
                ":17: mtj.resistance_antiparallel: must exceed resistance_parallel"},
        Mistake{"broken_cycles", "ramp_cycles: {value: 10,", "ramp_cycles: {value: 10.5,",
                ":103: protocol.ramp_cycles: expected a whole number from 1 to 1000000"},
        Mistake{"unknown_measured_site", "{site: n2,", "{site: n9,",
                ":110: measured.levels[1].site: 'n9' is not one of: n1, n2, n3, n4, n5"},
        Mistake{"not_yaml", "pulse:\n", "pulse: {\n",
                ":26: not valid YAML: end of map flow not found"}),
    [](const auto& test) { return test.param.name; });

class SitesOfADevice : public CommandLine {
 protected:
  // The straight device with these sites, and nothing behind them but the protocol.
  void expect_sites_refused(const std::string& sites, const std::string& message) const {
    auto text = read_text(std::filesystem::path(DWMTJ_SOURCES) / "devices/catalog/straight.yaml");
    const auto start = text.find("sites:\n");
    const auto end = text.find("protocol:\n");
    text = text.substr(0, start) + sites + text.substr(end, text.find("measured:") - end);
    folder_.write("mine.yaml", text);
    const auto outcome = run({"devices", "mine.yaml"});
    EXPECT_EQ(outcome.status, 2);
    EXPECT_EQ(outcome.err, "dwmtj: mine.yaml" + message + "\n");
  }
};

const std::string kOneSite =
    "sites:\n"
    "  - name: n1\n"
    "    position: {value: 1200 nm, range: [0 nm, 100 um], source: x}\n"
    "    depth: {value: 50 nm, range: [0 nm, 500 nm], source: x}\n"
    "    barrier: {value: 60 kT, range: [1 kT, 2000 kT], source: x}\n"
    "    spread: {value: 1.1 ohm, range: [0 ohm, 100 ohm], source: x}\n";

std::string array_of(const std::string& count) {
  return "site_array:\n"
         "  count: {value: " +
         count +
         ", range: [-1e300, 1e300], source: x}\n"
         "  first_position: {value: 0 nm, range: [0 nm, 1 um], source: x}\n"
         "  pitch: {value: 30 nm, range: [0 nm, 1 um], source: x}\n"
         "  depth: {value: 50 nm, range: [0 nm, 500 nm], source: x}\n"
         "  barrier: {value: 60 kT, range: [1 kT, 2000 kT], source: x}\n"
         "  spread: {value: 1.1 ohm, range: [0 ohm, 100 ohm], source: x}\n";
}

TEST_F(SitesOfADevice, OnlyOne) {
  expect_sites_refused(kOneSite,
                       ":62: sites: 1 sites hold a wall (depth >= 20 nm); expected 2 to 64");
}

TEST_F(SitesOfADevice, None) {
  expect_sites_refused("sites: []\n", ":62: sites: expected at least 2 sites");
}

TEST_F(SitesOfADevice, ArrayOfAnAbsurdCount) {
  for (const char* const count : {"1e9", "1e300", "-5", "2.5", "1", "65"}) {
    expect_sites_refused(array_of(count),
                         ":63: site_array.count: expected a whole number from 2 to 64");
  }
}

TEST_F(SitesOfADevice, ArrayBeyondTheTrack) {
  auto array = array_of("64");
  array.replace(array.find("value: 30 nm"), 12, "value: 60 nm");
  expect_sites_refused(array, ":62: site_array: 'n63' at 3.78 um lies beyond the track of 3.6 um");
}

}  // namespace
}  // namespace dwmtj
