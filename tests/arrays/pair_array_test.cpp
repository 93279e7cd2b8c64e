// SPDX-License-Identifier: Apache-2.0
#include "arrays/pair_array.h"

#include <cmath>
#include <utility>

#include <gtest/gtest.h>

#include "devices/conductance_grid.h"
#include "tests/support/catalog_model.h"
#include "tests/wires/exact_crossbar.h"
#include "tile/tile_parameters.h"

namespace dwmtj {
namespace {

constexpr ArrayShape kShape{6, 5};

WireParameters wires() {
  return {false,
          2.0 * si::ohms,
          1.0 * si::ohms,
          from_si<Capacitance>(0.0),
          from_si<Capacitance>(0.0),
          20.0 * si::ohms,
          10.0 * si::ohms};
}

// Walls at many sites.
struct Walls {
  explicit Walls(const WireParameters& wires)
      : array(test::catalog_model("straight"), kShape, {}, 3, 0, wires) {
    std::vector<DeviceState> states(array.devices().size());
    for (std::size_t i = 0; i < states.size(); ++i) {
      states[i].site = static_cast<std::uint8_t>(i * 7 % 5);
      states[i].arrival = static_cast<std::uint32_t>(i);
    }
    array.restore(states);
  }
  PairArray array;
};

const std::vector<std::int16_t> kInputs = {1, -1, 0, 1, 1, -1};

TEST(PairArray, SumsWithoutWiresAreThoseOfItsDevices) {
  const Walls walls({});
  const auto& array = walls.array;
  PairArray::ColumnSums sums;
  array.sums(kInputs, sums);
  double driven = 0.0;
  for (int c = 0; c < kShape.columns; ++c) {
    double difference = 0.0, squares = 0.0, all = 0.0;
    for (std::uint32_t row = kShape.rows; row-- > 0;) {  // exact in any order
      const double plus = in_si(array.conductance(array.index(row, Side::plus, c)));
      const double minus = in_si(array.conductance(array.index(row, Side::minus, c)));
      all += plus + minus;
      if (kInputs[row] == 0) continue;
      difference += kInputs[row] * (plus - minus);
      driven += plus + minus;
      squares += square_on_grid(plus) + square_on_grid(minus);
    }
    const auto i = static_cast<std::size_t>(c);
    EXPECT_EQ(sums.difference[i], difference);
    EXPECT_EQ(sums.squares[i], squares);
    EXPECT_EQ(sums.all[i], all);
  }
  EXPECT_EQ(sums.driven, driven);
}

// All cells, the devices of a pair side by side.
test::ExactCrossbar network_of(const PairArray& array, const WireParameters& wires) {
  const auto [rows, columns] = array.shape();
  std::vector<double> cells;
  for (std::uint32_t row = 0; row < static_cast<std::uint32_t>(rows); ++row) {
    for (int c = 0; c < columns; ++c) {
      for (const Side side : {Side::plus, Side::minus}) {
        cells.push_back(in_si(array.conductance(array.index(row, side, c))));
      }
    }
  }
  return {rows, 2 * columns, cells, {wires.row, wires.column, wires.driver, wires.sense}};
}

// The network of all cells, solved at once.
TEST(PairArray, SumsWithWiresAreThoseOfTheNetwork) {
  const Walls walls(wires());
  const auto& array = walls.array;
  const auto exact = test::sparse_matrix(network_of(array, wires()));
  PairArray::ColumnSums sums;
  array.sums(kInputs, sums);
  for (std::size_t c = 0; c < kShape.columns; ++c) {
    double difference = 0.0;
    for (std::size_t row = 0; row < kShape.rows; ++row) {
      const auto* const pair = &exact[(row * kShape.columns + c) * 2];
      difference += kInputs[row] * (pair[0] - pair[1]);
    }
    EXPECT_NEAR(sums.difference[c], difference, 1e-5 * std::abs(difference) + 1e-9) << c;
    EXPECT_EQ(std::fmod(sums.difference[c], kConductanceGrid), 0.0);
  }
}

// What 64 rows draw, by the network: more than what reaches the columns by all that rows drive into
// one another, but where all drive alike.
TEST(PairArray, RowsDrawWhatTheyDriveIntoOneAnotherToo) {
  const auto tile = TileParameters::load(find_tile("straight-65nm"));
  const DeviceModel device(tile.load_device());
  for (const auto& [driver, sense] : {std::pair{3.4, 100.0}, {3.4, 1.0}, {500.0, 200.0}}) {
    auto wires = tile.wires;
    wires.driver = driver * si::ohms;
    wires.sense = sense * si::ohms;
    PairArray array(device, {64, 16}, {}, 3, 0, wires);
    std::vector<DeviceState> states(array.devices().size());
    for (std::size_t i = 0; i < states.size(); ++i) states[i].site = i * 7919 % 64 % 5;
    array.restore(states);
    const auto network = network_of(array, wires);
    for (const int pattern : {1, 2, 3}) {
      std::vector<std::int16_t> inputs(64, 1);
      for (std::size_t i = 0; i < 64 && pattern > 1; ++i) {
        const auto drawn = static_cast<int>(i * 40503 / 7 % 8);
        const int low = pattern == 2 ? -1 : 1;
        const int high = pattern == 2 ? 1 : 0;
        inputs[i] = static_cast<std::int16_t>(drawn < 4 ? low : high);
      }
      PairArray::ColumnSums sums;
      array.sums(inputs, sums);
      const double exact = test::sparse_power(network, {inputs.begin(), inputs.end()});
      EXPECT_NEAR(sums.driven, exact, 4e-3 * exact) << driver << " " << sense << " " << pattern;
    }
  }
}

// Each cell counts: of four there are no others to hide behind.
TEST(PairArray, RowsDrawWhatAFewCellsDraw) {
  const auto tile = TileParameters::load(find_tile("straight-65nm"));
  const DeviceModel device(tile.load_device());
  auto wires = tile.wires;
  wires.sense = 500.0 * si::ohms;
  PairArray array(device, {2, 1}, {}, 3, 0, wires);
  using Sites = std::array<std::uint8_t, 4>;
  for (const auto& sites : {Sites{0, 4, 0, 4}, {4, 0, 0, 4}, {0, 0, 0, 4}, {4, 0, 0, 0}}) {
    std::vector<DeviceState> states(4);
    for (std::size_t i = 0; i < 4; ++i) states[i].site = sites[i];
    array.restore(states);
    const auto network = network_of(array, wires);
    PairArray::ColumnSums sums;
    for (const std::vector<std::int16_t>& inputs :
         {std::vector<std::int16_t>{1, 1}, {1, 0}, {0, 1}}) {
      array.sums(inputs, sums);
      const double exact = test::sparse_power(network, {inputs.begin(), inputs.end()});
      EXPECT_NEAR(sums.driven, exact, 4e-3 * exact) << inputs[0] << inputs[1];
    }
  }
}

// Six per cent for sense resistances of 100 ohm and random signs: 64 cells of 105 kohm are 6 % of
// that.
TEST(PairArray, RowsDrawMoreThanWhatArrives) {
  const auto tile = TileParameters::load(find_tile("straight-65nm"));
  const DeviceModel device(tile.load_device());
  const PairArray array(device, {64, 4}, {}, 3, 0, tile.wires);
  const auto network = network_of(array, tile.wires);
  double arrives = 0.0;
  for (const double siemens : test::sparse_matrix(network)) arrives += siemens;
  std::vector<double> signs(64, 1.0);
  for (std::size_t i = 0; i < 64; i += 2) signs[i] = -1.0;
  EXPECT_NEAR(arrives / test::sparse_power(network, signs), 0.94, 0.01);
  EXPECT_NEAR(arrives / test::sparse_power(network, std::vector<double>(64, 1.0)), 1.0, 1e-9);
}

TEST(PairArray, WiresAreSolvedAnewWhenAWallHasMoved) {
  Walls walls(wires());
  PairArray::ColumnSums before, after, fresh;
  walls.array.sums(kInputs, before);
  const std::vector<DeviceState> start(walls.array.devices().size());
  walls.array.restore(start);
  walls.array.sums(kInputs, after);
  Walls never_read(wires());
  never_read.array.restore(start);
  never_read.array.sums(kInputs, fresh);
  EXPECT_NE(before.difference, after.difference);
  EXPECT_EQ(after.difference, fresh.difference);
}

// Columns that take part share the row's wire; one that does not is open, and draws nothing.
TEST(PairArray, ColumnsOfARowThatIsReadCouple) {
  const Walls walls(wires());
  const auto& array = walls.array;
  const std::vector<std::int16_t> all(kShape.columns, 0);
  auto one = std::vector<std::int16_t>(kShape.columns, -1);
  one[4] = 0;
  std::vector<double> together, alone;
  array.read_row(2, Side::minus, all, together);
  array.read_row(2, Side::minus, one, alone);
  EXPECT_LT(together[4], alone[4]);
  EXPECT_EQ(alone[0], 0.0);
  // 20 ohm of the driver, ten segments of the row, four of the column, 10 ohm of the sense.
  const double device = in_si(array.conductance(array.index(2, Side::minus, 4)));
  EXPECT_NEAR(alone[4], 1.0 / (1.0 / device + 20.0 + 20.0 + 4.0 + 10.0), 1e-13);
}

TEST(PairArray, RowsWithoutWiresAreTheirDevices) {
  const Walls walls({});
  const auto& array = walls.array;
  std::vector<double> seen;
  array.read_row(1, Side::plus, {0, -1, 3, 0, 0}, seen);
  EXPECT_EQ(seen[0], in_si(array.conductance(array.index(1, Side::plus, 0))));
  EXPECT_EQ(seen[1], 0.0);
  EXPECT_EQ(seen[2], in_si(array.conductance(array.index(1, Side::plus, 2))));
}

}  // namespace
}  // namespace dwmtj
