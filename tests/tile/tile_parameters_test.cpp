// SPDX-License-Identifier: Apache-2.0
#include "tile/tile_parameters.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

TEST(TileParameters, CatalogLoadsAndFitsItsDevices) {
  for (const auto& name : tile_names()) {
    const auto tile = TileParameters::load(find_tile(name));
    EXPECT_EQ(tile.name, name);
    tile.check_device(test::catalog_model(tile.device));
    for (const auto& constant : tile.constants) EXPECT_FALSE(constant.source.empty());
  }
}

TEST(TileCycles, RoundUpAndKeepExactMultiples) {
  auto tile = TileParameters::load(find_tile("trapezoidal"));
  for (const Picoseconds period : {1000, 300, 333, 833, 700, 10}) {
    tile.timing.clock_period = to_time(period);
    for (int n = 1; n <= 1000; ++n) {
      ASSERT_EQ(tile.cycles(to_time(n * period)), n) << period;
      ASSERT_EQ(tile.cycles(to_time(n * period + 1)), n + 1) << period;
      ASSERT_EQ(tile.cycles(to_time((n - 1) * period + 1)), n) << period;
    }
    EXPECT_EQ(tile.cycles(from_si<Time>(0.0)), 1);
  }
}

// 5 ns are six cycles of 833.33 ps, but seven of the 833 ps that are simulated.
TEST(TileCycles, CoverTheTimeThatIsSimulated) {
  auto tile = TileParameters::load(find_tile("trapezoidal"));
  for (const double gigahertz : {1.2, 3.0}) {
    tile.timing.clock_period = from_si<Time>(1e-9 / gigahertz);
    const Picoseconds settled = tile.cycles(tile.timing.read_settle) * tile.period();
    EXPECT_GE(settled, 5000) << gigahertz;
    EXPECT_LT(settled, 5000 + tile.period()) << gigahertz;
  }
  EXPECT_EQ(tile.period(), 333);
}

TEST(TileUpdate, MayNotBeClipped) {
  auto tile = TileParameters::load(find_tile("trapezoidal"));
  const auto error = [&] {
    return input_error_of([&] {
      tile.check_device(test::catalog_model(test::kTrapezoid));
      return 0;
    });
  };
  tile.driver.asymmetry = 3.0;
  EXPECT_EQ(error(), "accepted") << "the paper's own setting";
  tile.driver.asymmetry = 4.0;
  EXPECT_EQ(error(), tile.file.string() +
                         ": update.current_up, times driver.asymmetry: the update asks for 49.6 "
                         "uA, and a driver.compliance of 650 mV lets 40.3 uA through this device");
  tile.driver.asymmetry = 1.0;
  tile.driver.compliance = test::volts(0.19);
  tile.update.code_up = 100;
  EXPECT_NE(error().find("update.current_down: the update asks for -12.4 uA"), std::string::npos);
}

TEST(TileCodes, FillTheirBits) {
  EXPECT_EQ(TileParameters::load(find_tile("straight")).largest_code(), 255);
  EXPECT_EQ(TileParameters::load(find_tile("trapezoidal")).largest_code(), 255);
}

TEST(TileLevels, MustBeAsManyAsTheDeviceHas) {
  auto tile = TileParameters::load(find_tile("trapezoidal"));
  const auto& model = test::catalog_model(test::kTrapezoid);
  const auto error = [&] {
    return input_error_of([&] {
      tile.check_device(model);
      return 0;
    });
  };
  EXPECT_EQ(error(), "accepted");
  tile.verify.first_codes.push_back(1);
  EXPECT_EQ(error(), tile.file.string() +
                         ": verify.levels: 5 entries; the device 'trapezoidal' has 4 levels");
}

// The file of the trapezoidal tile; each test breaks one place of it.
class MalformedTile : public ::testing::Test {
 protected:
  // What stands in the message, which is one line and begins with file and line.
  void expect_error(const std::string& from, const std::string& to, const std::string& part) const {
    auto text = read_text(find_tile("trapezoidal"));
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    const auto file = folder_.write("tile.yaml", text);
    const auto message = input_error_of([&] { return TileParameters::load(file); });
    EXPECT_EQ(message.rfind(file.string() + ":", 0), 0U) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    EXPECT_NE(message.find(part), std::string::npos) << "no '" << part << "' in: " << message;
  }

  TemporaryFolder folder_;
};

TEST(TileLevels, MayBeAlikeButForTheEnds) {
  const auto tile = TileParameters::load(find_tile("straight-16"));
  std::vector<int> codes(16, 127);
  codes.front() = codes.back() = 140;
  EXPECT_EQ(tile.verify.first_codes, codes);
  EXPECT_EQ(tile.verify.pushes, 2);
}

TEST(StuckParameters, AreReadAsWritten) {
  TemporaryFolder folder;
  const auto file = folder.write("tile.yaml",
                                 "extends: straight\nname: mine\nstuck:\n"
                                 "  rate: {value: 0.1 %, range: [0 %, 100 %], source: x}\n"
                                 "  rows: [3, 7]\n  columns: [0]\n  devices: [{row: 1, side: "
                                 "minus, column: 2}]\n  level: 4\n");
  const auto stuck = TileParameters::load(file).stuck;
  EXPECT_EQ(stuck.rate, 0.001);
  EXPECT_EQ(stuck.rows, (std::vector<int>{3, 7}));
  EXPECT_EQ(stuck.level, 4);
  EXPECT_TRUE(stuck.named(7, Side::plus, 5));
  EXPECT_TRUE(stuck.named(2, Side::plus, 0));
  EXPECT_TRUE(stuck.named(1, Side::minus, 2));
  EXPECT_FALSE(stuck.named(1, Side::plus, 2));
  EXPECT_FALSE(stuck.none());
  EXPECT_TRUE(TileParameters::load(find_tile("straight")).stuck.none());
}

TEST_F(MalformedTile, StuckDevices) {
  const auto stuck = [&](const std::string& lines, const std::string& part) {
    expect_error("\nupdate:", "\nstuck:\n" + lines + "update:", part);
  };
  stuck("  rate: {value: 2, range: [0, 9], source: x}\n", "stuck.rate: expected 0 % to 100 %");
  stuck("  rows: [-1]\n", "stuck.rows[0]: '-1' is not a whole number from 0 to 1000000");
  stuck("  devices: [{row: 1, side: left, column: 2}]\n",
        "stuck.devices[0].side: 'left' is not one of: plus, minus");
  stuck("  line: 3\n", "stuck.line: unknown key");
}

TEST_F(MalformedTile, MissingAndUnknownKeys) {
  expect_error("  read_settle:", "  read_setle:", ":9: timing: missing key 'read_settle'");
  expect_error("\nupdate:", "\nupdates:", "missing key 'update'");
  expect_error("  select: {", "  colour: {value: 1, range: [0, 1], source: x}\n  select: {",
               "overhead.colour: unknown key; accepted here: select, cycle");
  expect_error("title:", "surprise: 1\ntitle:", ": surprise: unknown key");
  expect_error("source: \"1.7 V", "bogus: 1, source: \"1.7 V", "bogus: unknown key");
}

// Known by name, and no keys that a message offers.
TEST_F(MalformedTile, InputsOfSeveralBitsAtOnce) {
  const std::string why = ": a tile drives rows with -1, 0 and +1 times its read voltage";
  const std::string where =
      "DAC-driven inputs exist in estimates (a core's input_bits_per_step) and inference";
  for (const std::string key : {"input_bits", "input_bits_per_step", "input_dac", "dac"}) {
    expect_error("\nread:\n", "\nread:\n  " + key + ": 4\n", "read." + key + why);
    expect_error("\nread:\n", "\nread:\n  " + key + ": 4\n", where);
    expect_error("\nrow_driver:\n", "\nrow_driver:\n  " + key + ": 4\n", "row_driver." + key + why);
  }
  const auto set = [](const std::string& text) {
    return input_error_of([&] {
      return TileParameters::load(find_tile("straight-65nm"), ParameterOverrides({text}));
    });
  };
  EXPECT_EQ(set("read.input_bits=4").rfind("--set read.input_bits=4: read.input_bits" + why, 0),
            0U);
  EXPECT_EQ(set("read.colour=4").find("input_bits"), std::string::npos);
  EXPECT_EQ(set("read.colour=4").find("dac"), std::string::npos);
}

TEST_F(MalformedTile, WrongUnits) {
  expect_error("clock_period: {value: 1 ns", "clock_period: {value: 1 nV",
               ":10: timing.clock_period.value: ");
  expect_error("{value: 0.65 V", "{value: 0.65 A", "driver.compliance.value: ");
  expect_error("first_current: {value: 6.0 uA", "first_current: {value: 3.5 V",
               "verify.levels[0].first_current.value: ");
}

TEST_F(MalformedTile, ValuesOutOfTheirRange) {
  expect_error("{value: 9, range", "{value: 16, range",
               "driver.code_bits.value: 16 is out of range [2, 15]");
  expect_error("reference_error: {value: 0.1 %", "reference_error: {value: 50 %",
               "read.reference_error.value: 50 % is out of range [0 %, 20 %]");
}

TEST_F(MalformedTile, CurrentsThatAreNoCode) {
  expect_error("{value: 15.9 uA", "{value: 25.6 uA",
               "verify.last_current: 25.6 uA is not a current of this driver; expected 100 nA to "
               "25.5 uA");
  expect_error("first_current: {value: 9.6 uA", "first_current: {value: 10 nA",
               "verify.levels[1].first_current: 10 nA is not a current of this driver");
  expect_error("current_up: {value: 12.4 uA", "current_up: {value: 1 mA",
               "update.current_up: 1 mA is not a current of this driver");
}

TEST_F(MalformedTile, CountsThatAreNoCounts) {
  expect_error("{value: 9, range", "{value: 9.5, range",
               "driver.code_bits: expected a whole number from 2 to 15");
  expect_error("attempts: {value: 20", "attempts: {value: 20.5",
               "verify.attempts: expected a whole number");
}

// A file brings its own ranges: they cannot let in what the tile has no use for.
TEST_F(MalformedTile, ValuesInsideTheirOwnRangeThatCannotBe) {
  expect_error("{value: 9, range: [2, 15]", "{value: 1e300, range: [2, 1e301]",
               "driver.code_bits: expected a whole number from 2 to 15");
  expect_error("step: {value: 2, range: [1,", "step: {value: 0, range: [0,",
               "verify.step: expected a whole number from 1 to 255");
  expect_error("pulses: {value: 2000, range: [1, 60000]", "pulses: {value: 65536, range: [1, 1e6]",
               "verify.pulses: expected a whole number from 1 to 65535");
  expect_error("clock_period: {value: 1 ns, range: [10 ps,",
               "clock_period: {value: 0 s, range: [0 s,",
               ":10: timing.clock_period: must be above zero");
  expect_error("clock_period: {value: 1 ns, range: [10 ps,",
               "clock_period: {value: 0.4 ps, range: [0 s,",
               ":10: timing.clock_period: 400 fs is not 0 s, nor from 1 ps to 11.57 d");
  expect_error("{value: 20 ns, range: [0 s, 1 s]", "{value: 2 s, range: [0 s, 2 s]",
               "timing.field_settle: 2 s is more than 1e+09 clock cycles");
  expect_error("{value: 0.65 V, range: [10 mV,", "{value: -0.5 V, range: [-1 V,",
               "driver.compliance: must be above zero");
  expect_error("energy: {value: 10 fJ, range: [0 J,", "energy: {value: -10 fJ, range: [-1 J,",
               "comparator.energy: must not be below zero");
}

TEST_F(MalformedTile, StrategyThatIsNone) {
  expect_error("strategy: step-and-reset", "strategy: hope",
               "verify.strategy: 'hope' is not one of: step-and-reset, nudge");
}

TEST(TileCatalog, NamesTheTilesThatThereAre) {
  const auto message = input_error_of([] { return find_tile("nowhere"); });
  for (const auto& name : tile_names()) {
    EXPECT_NE(message.find(name), std::string::npos) << message;
  }
}

}  // namespace
}  // namespace dwmtj
