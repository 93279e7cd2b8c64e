// SPDX-License-Identifier: Apache-2.0
// Each rule speaks where its number is beyond the limit, is silent just below it, and what it says
// would fit does.
#include "tile/design_rules.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "devices/catalog.h"
#include "tests/support/catalog_model.h"
#include "tile/level_steps.h"
#include "tile/read_disturb.h"

namespace dwmtj {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Case {
  std::vector<std::string> overrides;
  TileSize size{64, 64};
  std::string tile = "straight-65nm";
};

std::vector<DesignWarning> check(const Case& setup) {
  const auto tile =
      TileParameters::load(find_tile(setup.tile), ParameterOverrides(setup.overrides));
  return check_design(tile, DeviceModel(tile.load_device()), setup.size);
}

std::vector<std::string> rules(const std::vector<DesignWarning>& warnings) {
  std::vector<std::string> rules;
  for (const auto& warning : warnings) rules.push_back(warning.rule);
  return rules;
}

Case changed(Case setup, const std::vector<DesignChange>& changes) {
  for (const auto& [key, value] : changes) {
    if (key == "rows") {
      setup.size.rows = std::stoi(value);
    } else if (key == "columns") {
      setup.size.columns = std::stoi(value);
    } else {
      setup.overrides.push_back(key + "=" + value);
    }
  }
  return setup;
}

// Another value than the one that is there.
bool changes(const Case& setup, const DesignChange& change) {
  if (change.key == "rows") return std::stoi(change.value) != setup.size.rows;
  if (change.key == "columns") return std::stoi(change.value) != setup.size.columns;
  const auto text = [](const Case& one) {
    return TileParameters::load(find_tile(one.tile), ParameterOverrides(one.overrides))
        .effective_text;
  };
  return text(changed(setup, {change})) != text(setup);
}

// The rule speaks first, is silent after its change, and no rule is left after those of the others.
void expect_mended(Case setup, const std::string& rule, const std::string& part) {
  auto warnings = check(setup);
  ASSERT_THAT(rules(warnings), Contains(rule));
  const auto spoken = std::find_if(warnings.begin(), warnings.end(),
                                   [&](const auto& warning) { return warning.rule == rule; });
  EXPECT_THAT(spoken->text, HasSubstr(part));
  EXPECT_THAT(rules(check(changed(setup, spoken->fits))), Not(Contains(rule)))
      << changes_text(spoken->fits);
  for (int round = 0; round < 3 && !warnings.empty(); ++round) {
    for (const auto& warning : warnings) {
      ASSERT_THAT(warning.fits, Not(IsEmpty())) << warning.text;
      setup = changed(setup, warning.fits);
    }
    warnings = check(setup);
  }
  EXPECT_THAT(rules(warnings), IsEmpty());
}

TEST(DesignRules, BuildableTilesOfTheCatalogKeepThem) {
  for (const auto* const name :
       {"straight-28nm", "straight-65nm", "straight-130nm", "trapezoidal-65nm"}) {
    EXPECT_THAT(rules(check({{}, {64, 64}, name})), IsEmpty()) << name;
  }
}

// 64 cells of R want R / 16 64^2 of wire a cell at most.
TEST(DesignRules, LinesEndAtAQuarterOfLambda) {
  const auto tile = TileParameters::load(find_tile("straight-65nm"));
  const LevelSteps levels{DeviceModel(tile.load_device()).readout()};
  const double cell = 1.0 / std::sqrt(levels.least * levels.most);
  const double limit = cell / (16 * 64 * 64);
  const auto column = [&](double ohms) {
    return Case{{"wires.column_resistance=" + std::to_string(ohms) + " ohm"}};
  };
  EXPECT_THAT(check(column(0.999 * limit)), IsEmpty());
  expect_mended(column(1.02 * limit), "wires", "is longer than lambda / 4, 63 cells");
  expect_mended({{"wires.row_resistance=2 ohm"}}, "wires", "a line of 128 cells");
  expect_mended({{"wires.column_resistance=900 ohm"}, {3, 64}}, "wires", "lambda / 4, 2 cells");
}

// c devices of mean conductance G lose G c (driver + (c + 1) segment) of the voltage.
TEST(DesignRules, AReadRowLosesLessThanAThirdOfAStep) {
  const auto tile = TileParameters::load(find_tile("straight-65nm"));
  const LevelSteps levels{DeviceModel(tile.load_device()).readout()};
  const double most = levels.step / levels.most / 3;
  const double driver = most / (64 * levels.mean) - 65 * 0.04;
  const auto with = [](double ohms) {
    return Case{
        {"wires.driver_resistance=" + std::to_string(ohms) + " ohm", "row_driver.area=10000 um^2"}};
  };
  EXPECT_THAT(check(with(0.999 * driver)), IsEmpty());
  expect_mended(with(1.02 * driver), "read row", "64 devices read at once lose 0.");
  EXPECT_EQ(changes_text(check(with(1.02 * driver))[0].fits), "columns=63");
}

TEST(DesignRules, AReadCurrentThatWrites) {
  const auto tile = TileParameters::load(find_tile("straight-65nm"));
  const DeviceModel device(tile.load_device());
  const Current reads = read_current(tile, device);
  const LevelSteps levels(device.readout());
  EXPECT_NEAR(in_si(reads), 0.2 * levels.most, 1e-9 * in_si(reads));
  EXPECT_GT(current_that_writes(device), 4.0 * reads);
  EXPECT_LT(disturb_chance(device, reads, tile.timing.read_settle), 1e-12);
  expect_mended({{"read.voltage=0.9 V", "sum_reference.full_scale=21 uA", "read.load=50 kohm"}},
                "read current", "900 mV drive 8.88 uA along the track, which 12.5 uA write");
}

// The chance by the law itself: rate x time for what is rare.
TEST(ReadDisturb, IsTheSwitchingLaws) {
  const auto& device = test::catalog_model("straight");
  const auto current = from_si<Current>(6e-6);
  double fastest = 0.0;
  for (int site = 0; site + 1 < device.sites(); ++site) {
    fastest = std::max(fastest, device.switching().escape_rate(site, Direction::forward, current,
                                                               test::millitesla(-4)));
  }
  EXPECT_NEAR(disturb_chance(device, current, test::nanoseconds(5)), fastest * 5e-9,
              1e-6 * fastest * 5e-9);
  const auto harmless = current_that_moves(device, from_si<Time>(5.0));
  EXPECT_NEAR(disturb_chance(device, harmless, test::nanoseconds(5)), 1e-9, 1e-12);
}

// 16 to 24 times the current that writes.
TEST(ReadDisturb, OfThePrototypes) {
  const auto tile = TileParameters::load(find_tile("trapezoidal"));
  const auto& device = test::catalog_model("trapezoidal");
  EXPECT_NEAR(in_si(read_current(tile, device)), 298e-6, 1e-6);
  EXPECT_EQ(disturb_chance(device, read_current(tile, device), tile.timing.read_settle), 1.0);
}

TEST(DesignRules, NoiseAndOffsetAboveAThirdOfALevel) {
  expect_mended({{"comparator.noise=0.9 mV"}}, "noise", "the noise of a reading is 35 % of the 1");
  expect_mended({{"timing.read_settle=10 ns", "read.voltage=0.14 V", "sum_reference.bits=5"}},
                "noise", "the noise of a reading is");
  expect_mended({{"comparator.auto_zero.residue=12 %", "sum_reference.bits=6"}}, "offset",
                "a comparator's offset of 960 uV is 36 % of the 1");
  expect_mended({{"read.reference_error=1 %"}}, "references", "an error of 1 % of the references");
}

TEST(DesignRules, SumsBeyondTheirScaleOrBelowTheirNoise) {
  expect_mended({{"sum_reference.full_scale=3 uA", "sum_reference.bits=6"}}, "full scale",
                "the sums of 64 rows reach 4.54 uA (4 sigma), beyond 3 uA");
  expect_mended({{"sum_reference.bits=9"}}, "resolution", "of a code of 9 bits");
  // Of 256 rows the scale that they ask for has codes wide enough already.
  const Case tall{{}, {256, 64}};
  expect_mended(tall, "resolution", "of a code of 7 bits");
  EXPECT_EQ(changes_text(check(tall).back().fits), "sum_reference.full_scale=9.1 uA");
}

// Whatever speaks, and at whatever size: what it says would fit is a change, and ends its warning.
TEST(DesignRules, WhatFitsIsAChangeThatEndsTheWarning) {
  const std::vector<std::string> settings = {"read.load=20 kohm",
                                             "read.load=500 kohm",
                                             "read.voltage=50 mV",
                                             "read.voltage=0.9 V",
                                             "comparator.noise=3 mV",
                                             "comparator.auto_zero.residue=60 %",
                                             "sum_reference.bits=12",
                                             "sum_reference.full_scale=1 uA",
                                             "sum_reference.full_scale=50 uA",
                                             "wires.row_resistance=2 ohm",
                                             "wires.driver_resistance=1 ohm",
                                             "timing.read_settle=10 ns",
                                             "driver.mismatch.gain=4 %",
                                             "driver.mismatch.unit=15 %"};
  int spoken = 0;
  for (const auto* const tile : {"straight-28nm", "trapezoidal-65nm"}) {
    for (const auto& setting : settings) {
      for (const auto size : {TileSize{4, 200}, TileSize{64, 64}, TileSize{700, 20}}) {
        const Case setup{{setting}, size, tile};
        for (const auto& warning : check(setup)) {
          const auto where = fmt::format("{} {} {}: {}: {}", tile, setting, size.rows, warning.text,
                                         changes_text(warning.fits));
          ++spoken;
          if (warning.fits.empty()) continue;
          EXPECT_THAT(rules(check(changed(setup, warning.fits))), Not(Contains(warning.rule)))
              << where;
          for (const auto& change : warning.fits) EXPECT_TRUE(changes(setup, change)) << where;
        }
      }
    }
  }
  EXPECT_GT(spoken, 60);
}

TEST(DesignRules, InputsAboveTheSupplyClip) {
  expect_mended({{"read.load=300 kohm"}}, "clipping",
                "sums of 64 rows show comparators 1.38 V, above the supply of 1.2 V");
  // Noise leaves no room for a smaller load: fewer rows, and a scale for them.
  const Case noisy{{"read.load=300 kohm", "comparator.noise=2.4 mV"}};
  expect_mended(noisy, "clipping", "above the supply of 1.2 V");
  EXPECT_EQ(changes_text(check(noisy)[0].fits), "rows=49, sum_reference.full_scale=4 uA");
}

TEST(DesignRules, WritesThatTheirDriversClip) {
  expect_mended({{"driver.compliance=0.27 V"}}, "compliance", "over track, access and column");
  const auto warnings = check({{"cell.access_resistance=100 kohm"}});
  const auto hit = std::find_if(warnings.begin(), warnings.end(),
                                [](const auto& warning) { return warning.rule == "compliance"; });
  ASSERT_NE(hit, warnings.end());
  EXPECT_THAT(hit->fits, IsEmpty()) << "more than the supply";
}

// At 6 % above 12.6 uA 98 of 100 first pulses pass a level of the straight device, and 200 attempts
// leave one cell of a hundred: 3 sigma of gain and of 126 sources.
TEST(DesignRules, WriteDriversThatWriteVerifyCanTake) {
  const auto gain = [](const char* value, const char* tile) {
    return Case{{std::string("driver.mismatch.gain=") + value}, {64, 64}, tile};
  };
  EXPECT_THAT(check(gain("1.9 %", "straight-65nm")), IsEmpty());
  expect_mended(gain("2 %", "straight-65nm"), "write drivers",
                "of a column 6 % too strong the first pulse passes level 1 with a chance of 0.977");
  EXPECT_EQ(changes_text(check(gain("3 %", "straight-65nm"))[0].fits),
            "driver.mismatch.gain=1.9 %");
  EXPECT_THAT(check(gain("3.8 %", "trapezoidal-65nm")), IsEmpty());
  expect_mended(gain("15 %", "trapezoidal-65nm"), "write drivers", "of a column 45 % too weak");
  // A single-shot reset wants more than a ramp, which may come again.
  auto once = gain("2 %", "trapezoidal-65nm");
  once.overrides.emplace_back("verify.reset_current=14 uA");
  expect_mended(once, "write drivers", "a single-shot reset fails with a chance of 0.4");
}

// From code 127 to 128 all sources change: 255 units, of which 3 sigma are to be below a code.
TEST(DesignRules, StepsOfARampThatLeadBack) {
  const auto unit = [](const char* value) {
    return Case{{std::string("driver.mismatch.unit=") + value}};
  };
  expect_mended(unit("4.5 %"), "write drivers",
                "the step from code 127 to 128 is off by 0.72 codes (one sigma)");
  EXPECT_EQ(changes_text(check(unit("4.5 %"))[0].fits), "driver.mismatch.unit=2 %");
  EXPECT_THAT(check(unit("2.08 %")), IsEmpty());
  EXPECT_THAT(rules(check(unit("2.1 %"))), Contains("write drivers"));
}

TEST(DesignRules, RowDriversOfTheirArea) {
  expect_mended({{"wires.driver_resistance=1 ohm"}}, "row driver", "100 um^2 allow 3.4 ohm");
  expect_mended({{"wires.driver_resistance=300 ohm"}}, "row driver", "and it has 300 ohm");
  expect_mended({{"row_driver.area=5 um^2", "wires.driver_resistance=70 ohm"}, {64, 80}},
                "row driver", "a row of 160 cells");
  expect_mended({{"row_driver.area=20 um^2"}}, "row driver", "20 um^2 allow 17 ohm");
}

TEST(DesignRules, OfThePrototypesAllSpeak) {
  const auto names = rules(check({{}, {1024, 64}, "trapezoidal"}));
  for (const auto* const rule :
       {"read current", "kT/C", "full scale", "clipping", "row driver", "field"}) {
    EXPECT_NE(std::find(names.begin(), names.end(), rule), names.end()) << rule;
  }
}

}  // namespace
}  // namespace dwmtj
