// SPDX-License-Identifier: Apache-2.0
// Write-verify in vector code against the sequence that defines it.
#include "arrays/bulk_tile.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <stdexcept>

#include <gtest/gtest.h>

#include "arrays/write_study.h"
#include "tests/support/catalog_model.h"
#include "tests/support/input_error_of.h"

namespace dwmtj {
namespace {

using Levels = std::vector<std::int16_t>;

TileParameters catalog_tile(const std::string& name) {
  return TileParameters::load(find_tile(name));
}

// A tile, what it is made of, and what it did.
struct Bench {
  Bench(const TileParameters& from, const BulkTileOptions& options)
      : Bench(from, test::catalog_model(from.device), options) {}
  Bench(TileParameters from, const DeviceModel& device, const BulkTileOptions& options)
      : parameters(std::move(from)), tile("tile0", parameters, device, ledger, options) {}
  TileParameters parameters;
  Ledger ledger;
  BulkTile tile;
};

Levels levels_for(const BulkTile& tile, int skipped_in_ten, std::mt19937& random) {
  Levels levels(tile.array().devices().size());
  for (auto& level : levels) {
    const bool skip = static_cast<int>(random() % 10) < skipped_in_ten;
    level =
        skip ? kSkip
             : static_cast<std::int16_t>(static_cast<int>(random() % 1000) % tile.device().sites());
  }
  return levels;
}

void expect_equal_tiles(const Bench& a, const Bench& b) {
  ASSERT_EQ(a.tile.now(), b.tile.now());
  for (std::size_t i = 0; i < a.tile.array().devices().size(); ++i) {
    ASSERT_EQ(a.tile.array().devices().state(i), b.tile.array().devices().state(i)) << i;
    ASSERT_EQ(a.tile.array().conductance(i), b.tile.array().conductance(i)) << i;
  }
  for (int column = 0; column < a.tile.array().shape().columns; ++column) {
    ASSERT_EQ(a.tile.comparator(column).decisions(), b.tile.comparator(column).decisions());
  }
  for (std::size_t i = 0; i < a.ledger.accounts().size(); ++i) {
    const auto sum_a = a.ledger.sum(AccountId(i));
    const auto sum_b = b.ledger.sum(AccountId(i));
    EXPECT_EQ(sum_a.count, sum_b.count) << a.ledger.accounts()[i].action;
    EXPECT_EQ(sum_a.busy, sum_b.busy) << a.ledger.accounts()[i].action;
    EXPECT_NEAR(sum_a.joules, sum_b.joules, 1e-12 * sum_b.joules) << a.ledger.accounts()[i].action;
  }
}

TileCommand line_of(const Levels& levels, int line, int columns) {
  const auto first = levels.begin() + std::ptrdiff_t{line} * columns;
  return {TileOp::program, static_cast<std::uint32_t>(line / 2), static_cast<Side>(line % 2),
          Levels(first, first + columns)};
}

// Programs random levels, twice over, in one go and line by line through the generic sequence.
void expect_array_is_its_lines(const TileParameters& parameters, const DeviceModel& device,
                               BulkTileOptions options, int skipped_in_ten) {
  Bench whole(parameters, device, options);
  Bench steps(parameters, device, options);
  std::mt19937 random(options.seed);
  const int columns = options.shape.columns;
  for (int round = 0; round < 2; ++round) {
    const auto levels = levels_for(whole.tile, skipped_in_ten, random);
    const auto result = whole.tile.program_array(levels);
    auto status = TileStatus::ok;
    for (int line = 0; line < 2 * options.shape.rows; ++line) {
      const auto at = static_cast<std::ptrdiff_t>(line) * columns;
      const auto one =
          steps.tile.carry_out_in_steps(line_of(levels, line, columns), steps.tile.now());
      if (one.status != TileStatus::ok) status = one.status;
      ASSERT_TRUE(std::equal(one.data.begin(), one.data.end(), result.flagged.begin() + at));
      ASSERT_TRUE(std::equal(one.pulses.begin(), one.pulses.end(), result.pulses.begin() + at));
      ASSERT_TRUE(
          std::equal(one.attempts.begin(), one.attempts.end(), result.attempts.begin() + at));
    }
    EXPECT_EQ(result.status, status);
    ASSERT_NO_FATAL_FAILURE(expect_equal_tiles(whole, steps));
  }
}

void expect_array_is_its_lines(const TileParameters& parameters, const BulkTileOptions& options,
                               int skipped_in_ten) {
  expect_array_is_its_lines(parameters, test::catalog_model(parameters.device), options,
                            skipped_in_ten);
}

class EveryTile : public ::testing::TestWithParam<std::string> {};

// Less than a vector, just a vector, one more, just a stretch of columns, one more, and several.
TEST_P(EveryTile, ArrayIsItsLinesInAnyShape) {
  const auto parameters = catalog_tile(GetParam());
  std::uint64_t seed = 1;
  for (const int columns : {1, 7, 16, 17, 100, 256, 257, 600}) {
    for (const int skipped : {0, 5, 10}) {
      BulkTileOptions options{{2, columns}, ++seed, (std::uint64_t{1} << 32U) - 100, 3};
      SCOPED_TRACE(columns);
      ASSERT_NO_FATAL_FAILURE(expect_array_is_its_lines(parameters, options, skipped));
    }
  }
}

TEST_P(EveryTile, ArrayIsItsLinesOnEveryVectorUnit) {
  const auto parameters = catalog_tile(GetParam());
  for (const auto unit : {VectorUnit::none, VectorUnit::avx2, VectorUnit::avx512}) {
    if (unit > widest_vector_unit()) continue;
    BulkTileOptions options{{3, 300}, 17, 5, 9};
    options.unit = unit;
    ASSERT_NO_FATAL_FAILURE(expect_array_is_its_lines(parameters, options, 1));
  }
}

// Energies too, to the last bit.
TEST_P(EveryTile, VectorUnitsAgreeToTheLastBitOfEnergy) {
  const auto parameters = catalog_tile(GetParam());
  std::vector<double> energies;
  for (const auto unit : {VectorUnit::none, widest_vector_unit()}) {
    BulkTileOptions options{{3, 300}, 17, 5, 9};
    options.unit = unit;
    Bench bench(parameters, options);
    std::mt19937 random(1);
    bench.tile.program_array(levels_for(bench.tile, 1, random));
    energies.push_back(in_si(bench.ledger.posted()));
  }
  EXPECT_EQ(energies[0], energies[1]);
}

// Decisions that need their draws, slow and metastable ones: as many as can be had.
TEST_P(EveryTile, ArrayIsItsLinesWithNoisyComparators) {
  auto parameters = catalog_tile(GetParam());
  parameters.verify.pulses = 40;
  for (const double millivolts : {0.5, 5.0}) {
    parameters.comparator.noise = from_si<Voltage>(1e-3 * millivolts);
    parameters.comparator.offset = from_si<Voltage>(1e-3);
    ASSERT_NO_FATAL_FAILURE(expect_array_is_its_lines(parameters, {{2, 100}, 4}, 1));
  }
  parameters.comparator.window = from_si<Time>(0.8e-9);
  ASSERT_NO_FATAL_FAILURE(expect_array_is_its_lines(parameters, {{2, 100}, 5}, 1));
}

// Readings that need their draws: of devices that are read to 2 %, and of short ones.
TEST_P(EveryTile, ArrayIsItsLinesWithNoisyReadings) {
  auto parameters = catalog_tile(GetParam());
  parameters.verify.pulses = 40;
  auto device = test::catalog_model(parameters.device).parameters();
  device.readout.read_noise = 0.02;
  const DeviceModel noisy(device);
  ASSERT_NO_FATAL_FAILURE(expect_array_is_its_lines(parameters, noisy, {{2, 100}, 4}, 1));
  parameters.timing.read_settle = from_si<Time>(0.0);  // one cycle
  parameters.read.voltage = 0.2 * parameters.read.voltage;
  ASSERT_NO_FATAL_FAILURE(expect_array_is_its_lines(parameters, {{2, 100}, 5}, 1));
}

// Cells that end by their limits, and ramps that fail.
TEST_P(EveryTile, ArrayIsItsLinesWithFlaggedCells) {
  auto parameters = catalog_tile(GetParam());
  for (auto& code : parameters.verify.first_codes) code -= 5;
  parameters.verify.last_code = 122;
  parameters.verify.attempts = 2;
  ASSERT_NO_FATAL_FAILURE(expect_array_is_its_lines(parameters, {{2, 100}, 6}, 1));
  parameters.verify.pulses = 2;
  ASSERT_NO_FATAL_FAILURE(expect_array_is_its_lines(parameters, {{2, 100}, 7}, 1));
  Bench bench(parameters, {{2, 100}, 7});
  std::mt19937 random(7);
  const auto result = bench.tile.program_array(levels_for(bench.tile, 0, random));
  EXPECT_EQ(result.status, TileStatus::flagged);
  EXPECT_GT(std::count(result.flagged.begin(), result.flagged.end(), 1), 10);
}

// Other commands move walls too: what write-verify knows of a conductance must not be stale.
TEST_P(EveryTile, CommandsMixWithWholeArrays) {
  const auto parameters = catalog_tile(GetParam());
  const BulkTileOptions options{{2, 40}, 8};
  Bench whole(parameters, options);
  Bench steps(parameters, options);
  std::mt19937 random(8);
  for (int round = 0; round < 10; ++round) {
    const auto levels = levels_for(whole.tile, 3, random);
    whole.tile.program_array(levels);
    for (int line = 0; line < 4; ++line) {
      steps.tile.carry_out_in_steps(line_of(levels, line, 40), steps.tile.now());
    }
    const auto row = static_cast<std::uint32_t>(round % 2);
    for (const auto& command :
         {TileCommand{TileOp::reset, row, Side::plus, {}},
          TileCommand{TileOp::update, row, Side::minus, Levels(40, round % 3 == 0 ? -1 : 1)},
          line_of(levels, round % 4, 40), TileCommand{TileOp::read, row, Side::minus, {}},
          TileCommand{TileOp::program, 2, Side::plus, Levels(40, 0)},
          TileCommand{TileOp::program, 0, Side::plus, Levels(40, 99)}}) {
      const auto a = whole.tile.carry_out(command, whole.tile.now() + 300);
      const auto b = steps.tile.carry_out_in_steps(command, steps.tile.now() + 300);
      ASSERT_EQ(a, b) << command;
      EXPECT_NEAR(in_si(whole.tile.command_energy()), in_si(steps.tile.command_energy()),
                  1e-12 * in_si(steps.tile.command_energy()));
    }
    ASSERT_NO_FATAL_FAILURE(expect_equal_tiles(whole, steps));
  }
}

// Some stuck, some not: a device that no pulse moves ends flagged, or where it was wanted anyway.
TEST_P(EveryTile, ArrayIsItsLinesWithStuckDevices) {
  auto parameters = catalog_tile(GetParam());
  parameters.verify.pulses = 60;
  parameters.stuck.rate = 0.05;
  parameters.stuck.columns = {3};
  ASSERT_NO_FATAL_FAILURE(expect_array_is_its_lines(parameters, {{2, 100}, 9}, 1));
  parameters.verify.pulses = 2000;
  Bench bench(parameters, {{2, 100}, 9});
  std::mt19937 random(9);
  const auto levels = levels_for(bench.tile, 0, random);
  const auto result = bench.tile.program_array(levels);
  const auto& devices = bench.tile.array().devices();
  int stuck = 0;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    EXPECT_TRUE(devices.stuck(i) || i % 100 != 3);
    if (!devices.stuck(i)) continue;
    ++stuck;
    const bool far = std::abs(devices.site(i) - levels[i]) > 3;
    EXPECT_TRUE(result.flagged[i] == 1 || !far);
  }
  EXPECT_GT(stuck, 8);
  EXPECT_LT(stuck, 60);
}

// Each column has currents of its own, on every vector unit.
TEST_P(EveryTile, ArrayIsItsLinesWithDriversThatAreOff) {
  auto parameters = catalog_tile(GetParam());
  parameters.driver.mismatch = {0.02, 0.05};
  parameters.driver.bias = from_si<Current>(1e-6);
  parameters.verify.pulses = 20;
  for (const auto unit : {VectorUnit::none, VectorUnit::avx2, VectorUnit::avx512}) {
    if (unit > widest_vector_unit()) continue;
    BulkTileOptions options{{2, 70}, 13, 5, 9};
    options.unit = unit;
    ASSERT_NO_FATAL_FAILURE(expect_array_is_its_lines(parameters, options, 1));
  }
}

std::string test_name(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Catalog, EveryTile,
                         ::testing::Values("straight", "straight-16", "straight-16-varied",
                                           "trapezoidal"),
                         test_name);

TEST(ProgramArray, WantsALevelForEachDevice) {
  Bench bench(catalog_tile("straight"), {{2, 3}});
  EXPECT_THROW(bench.tile.program_array(Levels(11, 0)), std::invalid_argument);
  EXPECT_THROW(bench.tile.program_array(Levels(12, 5)), std::invalid_argument);
  EXPECT_THROW(bench.tile.program_array(Levels(12, -1)), std::invalid_argument);
  EXPECT_EQ(bench.tile.now(), 0);
  EXPECT_EQ(bench.tile.program_array(Levels(12, kSkip)).pulses, std::vector<std::uint16_t>(12, 0));
}

TEST(ProgramArray, BringsEveryDeviceToItsLevel) {
  for (const auto* const name : {"straight", "trapezoidal"}) {
    Bench bench(catalog_tile(name), {{8, 64}});
    std::mt19937 random(3);
    const auto levels = levels_for(bench.tile, 0, random);
    EXPECT_EQ(bench.tile.program_array(levels).status, TileStatus::ok);
    for (std::size_t i = 0; i < levels.size(); ++i) {
      EXPECT_EQ(bench.tile.array().devices().site(i), levels[i]);
    }
  }
}

// The even levels overlap: an end can only be left and reached again, never pushed through.
TEST(ProgramArray, FlagsNoneOfSixteenOverlappingLevels) {
  for (const double scale : {1.0, 10.0}) {
    const auto parameters = catalog_tile("straight-16");
    auto device = test::catalog_parameters("straight-16");
    for (auto& site : device.sites) site.conductance_spread *= scale;
    const DeviceModel model(device);
    Ledger ledger;
    BulkTile tile("tile0", parameters, model, ledger, {{16, 64}, 5});
    const auto wanted = random_levels(tile.array().devices().size(), 16, 5);
    const auto result = tile.program_array(wanted);
    const auto levels = write_statistics(tile, wanted, result);
    for (const auto& level : levels) {
      EXPECT_EQ(level.flagged, 0U);
      EXPECT_GT(level.devices, 50U);
      EXPECT_LT(level.each(level.pulses), 60.0);
    }
  }
}

// By hand: taken at 1 ns, decode 1, settle 5, a decision of 1 cycle, three of 1 + 1 behind it, the
// lines discharge 1, respond 1.
TEST(Products, OfFourBitsTakeFourDecisions) {
  Bench bench(catalog_tile("straight"), {{3, 2}});
  bench.tile.program_array({4, 0, 0, 4, 4, 0, 0, 4, 4, 0, 0, 4});
  const auto decisions = bench.tile.comparator(0).decisions();
  const Picoseconds start = bench.tile.now();
  const auto count = [&](const std::string& action) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < bench.ledger.accounts().size(); ++i) {
      if (bench.ledger.accounts()[i].action == action) sum += bench.ledger.sum(AccountId(i)).count;
    }
    return sum;
  };
  const auto before = count("decision");
  const auto result = bench.tile.carry_out({TileOp::multiply, 0, Side::plus, {1, 1, 1}, 4}, start);
  EXPECT_EQ(bench.tile.now() - start, 1000 * (1 + 1 + 5 + 1 + 3 * 2 + 1 + 1));
  EXPECT_EQ(bench.tile.comparator(0).decisions() - decisions, 4U);
  EXPECT_EQ(count("decision") - before, 8U);
  EXPECT_EQ(count("step"), 6U);
  // Three pairs that differ by 16 uA each, of 32 uA a code.
  EXPECT_EQ(result.data, (Levels{1, -2}));
}

// Six steps of 5 fJ, and 256 uA from 0.8 V for 2 ns each.
TEST(Products, PayForTheirReferences) {
  Bench bench(catalog_tile("straight"), {{3, 2}});
  bench.tile.carry_out({TileOp::multiply, 0, Side::plus, {1, 1, 1}, 4}, 0);
  for (std::size_t i = 0; i < bench.ledger.accounts().size(); ++i) {
    if (bench.ledger.accounts()[i].action != "step") continue;
    EXPECT_NEAR(bench.ledger.sum(AccountId(i)).joules, 6 * (5e-15 + 256e-6 * 0.8 * 2e-9), 1e-24);
  }
}

// 64 rows of 16 uA are beyond the range of 256 uA; at 1 kohm the first inputs are beyond 0.8 V,
// too.
TEST(Products, BeyondTheRangeEndThereAndAreClipped) {
  Bench bench(catalog_tile("straight"), {{64, 1}});
  Levels levels;
  for (int row = 0; row < 64; ++row) levels.insert(levels.end(), {4, 0});
  bench.tile.program_array(levels);
  const std::vector<std::int16_t> ones(64, 1);
  EXPECT_EQ(bench.tile.carry_out({TileOp::multiply, 0, Side::plus, ones, 8}, bench.tile.now()).data,
            Levels{127});
  EXPECT_GT(bench.tile.clipped_inputs(), 0U);
  EXPECT_LE(bench.tile.clipped_inputs(), 8U);
}

// Of sixteen rows as they are made, sums are balanced but for the spread of their devices; a code
// is 2 uA. Codes of many readings vary by the noise of the column and by their steps.
TEST(Products, VaryByTheNoiseOfTheirColumn) {
  auto parameters = catalog_tile("straight");
  parameters.comparator.noise = {};
  auto device = test::catalog_parameters("straight");
  device.readout.read_noise = 0.02;
  const DeviceModel noisy(device);
  Bench bench(parameters, noisy, {{16, 1}});
  const std::vector<std::int16_t> ones(16, 1);
  double sum = 0.0, squares = 0.0;
  constexpr int kReadings = 4000;
  for (int i = 0; i < kReadings; ++i) {
    const double code =
        bench.tile.carry_out({TileOp::multiply, 0, Side::plus, ones, 8}, bench.tile.now()).data[0];
    sum += code;
    squares += code * code;
  }
  PairArray::ColumnSums sums;
  bench.tile.array().sums(ones, sums);
  const ReadNoise noise(parameters, noisy, 1, 0);
  const double deviation = noise.deviation({sums.squares[0], sums.all[0]}) * 0.1 / 2e-6;
  EXPECT_GT(deviation, 1.0);
  const double mean = sum / kReadings;
  const double variance = squares / kReadings - mean * mean;
  EXPECT_NEAR(variance / (deviation * deviation + 1.0 / 12.0), 1.0,
              5.0 * std::sqrt(2.0 / kReadings));
  EXPECT_NEAR(mean + 0.5, sums.difference[0] * 0.1 / 2e-6,
              5.0 * deviation / std::sqrt(kReadings) + 0.5);
}

TEST(StuckDevices, MustBeInTheArray) {
  auto parameters = catalog_tile("straight");
  parameters.stuck.devices = {{4, Side::minus, 1}};
  EXPECT_EQ(input_error_of([&] {
              return Bench(parameters, {{4, 2}}).tile.now();
            }),
            "stuck.devices: 4 does not exist; the tile has 4");
}

TEST(StuckDevices, AreThoseOfTheList) {
  auto parameters = catalog_tile("straight");
  parameters.stuck.devices = {{1, Side::minus, 2}};
  parameters.stuck.rows = {3};
  parameters.stuck.level = 4;
  const Bench bench(parameters, {{4, 5}});
  const auto& array = bench.tile.array();
  for (std::uint32_t row = 0; row < 4; ++row) {
    for (const Side side : {Side::plus, Side::minus}) {
      for (int column = 0; column < 5; ++column) {
        const auto i = array.index(row, side, column);
        const bool stuck = row == 3 || (row == 1 && side == Side::minus && column == 2);
        EXPECT_EQ(array.devices().stuck(i), stuck);
        EXPECT_EQ(array.devices().site(i), stuck ? 4 : 0);
      }
    }
  }
}

}  // namespace
}  // namespace dwmtj
