// SPDX-License-Identifier: Apache-2.0
// A layer on tiles by hand: which input drives which row, what is written, what results are worth.
#include "inference/tile_layer.h"

#include <algorithm>
#include <memory>
#include <numeric>

#include <gtest/gtest.h>

#include "common/index.h"

namespace dwmtj {
namespace {

// Five levels 1 uS apart that the device numbers 0, 2, 3, 4, 6.
const LevelSet kLevels{"five", 0, 4e-6, {0, 1e-6, 2e-6, 3e-6, 4e-6}, {0}, {0, 2, 3, 4, 6}};

// A code of 7 bits is 1 uA, at 0.25 V 4 uS: the range of a pair.
TileParameters tile() {
  TileParameters parameters;
  parameters.read.voltage = from_si<Voltage>(0.25);
  parameters.sum_reference = {8, from_si<Current>(64e-6)};
  return parameters;
}

// Two groups of two channels and three outputs each; nothing is the same in two directions.
Layer convolution() {
  Layer layer;
  layer.kind = LayerKind::convolution;
  layer.input = {4, 3, 4, 2};
  layer.output = {6, 2, 3, 2};
  layer.groups = 2;
  layer.window.kernel = {2, 2, 2};
  layer.window.stride = {1, 2, 1};
  layer.window.dilation = {2, 1, 1};
  layer.window.pad_before = {1, 1, 1};
  layer.window.pad_after = {0, 1, 0};
  layer.weights = {6, 16, nullptr, {0.5F, 0, 0, 0, 0, -0.5F}};
  return layer;
}

MappedWeights weights() {
  MappedWeights mapped;
  mapped.limit = 0.5;
  for (int i = 0; i < 6 * 16; ++i) mapped.levels.push_back(static_cast<std::int16_t>(i % 9 - 4));
  return mapped;
}

// Of tiles that split it in both directions, or take both groups at once.
constexpr ArrayGrid kSmall{1, 12, 6, 2, 1};
constexpr ArrayGrid kLarge{1, 1, 40, 8, 1};

TileLayerOptions options(const ArrayGrid& grid) {
  TileLayerOptions options;
  options.range.input_high = 255;
  options.reading = {8, 7};
  options.rows = grid.rows;
  options.columns = grid.columns;
  return options;
}

TileLayer tiled(const Layer& layer, const ArrayGrid& grid, const TileLayerOptions& options) {
  return {layer, weights(), kLevels, tile_layer(layer, grid), tile(), options};
}

// The number of an input, from 1, where a window of the padded image has it.
int input_under(const Layer& layer, std::int64_t window, std::int64_t channel, std::int64_t k) {
  const auto& in = layer.input;
  const auto& w = layer.window;
  const auto width = w.pad_before.width + in.width + w.pad_after.width;
  const auto height = w.pad_before.height + in.height + w.pad_after.height;
  const auto depth = w.pad_before.depth + in.depth + w.pad_after.depth;
  std::vector<int> padded(index(width * height * depth * in.channels), 0);
  const auto at = [&](auto z, auto y, auto x) -> int& {
    return padded.at(index(((z * height + y) * width + x) * in.channels + channel));
  };
  int number = 0;
  for (std::int64_t z = 0; z < in.depth; ++z) {
    for (std::int64_t y = 0; y < in.height; ++y) {
      for (std::int64_t x = 0; x < in.width; ++x, number += static_cast<int>(in.channels)) {
        at(z + w.pad_before.depth, y + w.pad_before.height, x + w.pad_before.width) =
            number + static_cast<int>(channel) + 1;
      }
    }
  }
  const auto of_plane = layer.output.height * layer.output.width;
  return at(
      window / of_plane * w.stride.depth + k / 4 * w.dilation.depth,
      window % of_plane / layer.output.width * w.stride.height + k / 2 % 2 * w.dilation.height,
      window % layer.output.width * w.stride.width + k % 2 * w.dilation.width);
}

void expect_inputs_in_their_rows(const ArrayGrid& grid) {
  const auto layer = convolution();
  const auto on_tiles = tiled(layer, grid, options(grid));
  std::vector<std::int16_t> codes(index(on_tiles.inputs()));
  std::iota(codes.begin(), codes.end(), std::int16_t{1});
  const auto tiling = tile_layer(layer, grid);
  int driven = 0;
  for (std::size_t number = 0; number < on_tiles.tiles(); ++number) {
    const auto block = tiling.block(static_cast<std::int64_t>(number));
    for (std::int64_t window = 0; window < on_tiles.windows(); ++window) {
      std::vector<int> rows(index(grid.rows), 0);
      for (int plane = 0; plane < on_tiles.planes(); ++plane) {
        TileCommand command;
        on_tiles.command(number, window, plane, codes.data(), command);
        ASSERT_EQ(command.data.size(), rows.size());
        for (std::size_t r = 0; r < rows.size(); ++r) rows[r] += command.data[r] << plane;
      }
      std::vector<int> wanted(rows.size(), 0);
      for (std::int64_t g = 0; g < block.groups; ++g) {
        for (std::int64_t r = 0; r < block.rows; ++r) {
          const auto row = block.first_row + r;
          wanted[index(g * block.rows + r)] =
              input_under(layer, window, (block.first_group + g) * 2 + row / 8, row % 8);
        }
      }
      EXPECT_EQ(rows, wanted) << number << ' ' << window;
      driven += static_cast<int>(std::count(wanted.begin(), wanted.end(), 0));
    }
  }
  EXPECT_GT(driven, 100) << "padding is a part of it";
}

TEST(TileLayer, EachRowIsDrivenByItsInput) {
  expect_inputs_in_their_rows(kSmall);
  expect_inputs_in_their_rows(kLarge);
}

TEST(TileLayer, RowsAndColumnsInUse) {
  const auto layer = convolution();
  const auto small = tiled(layer, kSmall, options(kSmall));
  EXPECT_EQ(small.tiles(), 12U);
  EXPECT_EQ(small.rows_of(0), 6);
  EXPECT_EQ(small.columns_of(0), 2);
  auto wide = options(kLarge);
  const auto large = tiled(layer, kLarge, wide);
  EXPECT_EQ(large.tiles(), 1U);
  EXPECT_EQ(large.rows_of(0), 32);
  EXPECT_EQ(large.columns_of(0), 6);
  EXPECT_EQ(large.placement(0).spares(), 0);
  wide.spare_columns = 1;
  EXPECT_EQ(tiled(layer, kLarge, wide).placement(0).spares(), 2);
}

// Output 4 of the second group lies in column 1 of it; its row 3 has the level of weight 4 x 16
// + 3.
TEST(TileLayer, WeightsAreLevelsOfTheDevice) {
  const auto layer = convolution();
  const auto on_tiles = tiled(layer, kLarge, options(kLarge));
  const auto commands = on_tiles.programs(0, {7, 1, kNoColumn, 3, 4, 5});
  ASSERT_EQ(commands.size(), 2U * 32U);
  const std::vector<std::int16_t> numbers = {0, 2, 3, 4, 6};
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const auto row = i / 2;
    const auto& command = commands[i];
    EXPECT_EQ(command.op, TileOp::program);
    EXPECT_EQ(command.row, row);
    EXPECT_EQ(command.side, i % 2 == 0 ? Side::plus : Side::minus);
    ASSERT_EQ(command.data.size(), 8U);
    const auto level = [&](std::size_t column) {
      const auto output = row / 16 * 3 + column % 3;
      const int of_pair = static_cast<int>((output * 16 + row % 16) % 9) - 4;
      return numbers[index(std::max(0, i % 2 == 0 ? of_pair : -of_pair))];
    };
    // Columns of the first group where its rows are, then those of the second.
    const std::vector<std::int16_t> wanted =
        row < 16 ? std::vector<std::int16_t>{kSkip, level(1), kSkip, kSkip,
                                             kSkip, kSkip,    kSkip, level(0)}
                 : std::vector<std::int16_t>{kSkip,    kSkip,    kSkip, level(0),
                                             level(1), level(2), kSkip, kSkip};
    EXPECT_EQ(command.data, wanted) << i;
  }
}

TEST(TileLayer, BitsOfSignedCodesHaveTheirSign) {
  const auto layer = convolution();
  auto of_both_signs = options(kLarge);
  of_both_signs.range = {-127, 100, 0, 0, {}};
  const auto on_tiles = tiled(layer, kLarge, of_both_signs);
  EXPECT_EQ(on_tiles.planes(), 7);
  const std::vector<std::int16_t> codes(index(on_tiles.inputs()), -5);
  TileCommand command{TileOp::read, 3, Side::minus, {}, 1};
  for (const auto& [plane, bit] : {std::pair{0, -1}, {1, 0}, {2, -1}, {3, 0}}) {
    on_tiles.command(0, 11, plane, codes.data(), command);
    EXPECT_TRUE(command == (TileCommand{TileOp::multiply, 0, Side::plus, command.data, 7}));
    EXPECT_EQ(command.data[0], bit);
  }
}

std::vector<std::int16_t> quantised(const TileLayerOptions& options,
                                    const std::vector<double>& values) {
  const auto layer = convolution();
  const auto on_tiles = tiled(layer, kLarge, options);
  std::vector<Fixed> in(index(on_tiles.inputs()));
  std::transform(values.begin(), values.end(), in.begin(), to_fixed);
  std::vector<std::int16_t> codes(in.size());
  on_tiles.quantise(in.data(), codes.data());
  codes.resize(values.size());
  return codes;
}

TEST(TileLayer, InputsBecomeCodes) {
  using Codes = std::vector<std::int16_t>;
  auto of_range = options(kLarge);
  EXPECT_EQ(quantised(of_range, {-1, 0, 0.4, 0.6, 254.6, 300}), (Codes{0, 0, 0, 1, 255, 255}));
  of_range.range = {-127, 100, 0, 0, {}};
  EXPECT_EQ(quantised(of_range, {-300, -0.6, 0, 100, 300}), (Codes{-127, -1, 0, 100, 127}));
  of_range.range = {0, 0, 0, 0, {}};
  EXPECT_EQ(quantised(of_range, {0, 3}), (Codes{0, 3})) << "nothing is known of the range";
  of_range.takes_signs = true;
  EXPECT_EQ(quantised(of_range, {-0.5, 0, Fixed::kStep, 7}), (Codes{-1, 0, 1, 1}));
}

// Half steps: 2 q + 1 times what the plane is worth; the first output of a window is the first
// column of the first block, wherever that was placed.
TEST(TileLayer, ResultsAddUpToValues) {
  const auto layer = convolution();
  const auto on_tiles = tiled(layer, kLarge, options(kLarge));
  std::vector<std::int32_t> sums(index(on_tiles.outputs()), 0);
  const std::vector<int> places = {7, 1, 2, 3, 4, 5};
  on_tiles.add(0, 1, 0, places, {0, -1, 2, 3, 4, 5, 0, 8}, sums.data());
  on_tiles.add(0, 1, 3, places, {0, 1, 0, 0, 0, -6, 0, -2}, sums.data());
  const std::vector<std::int32_t> of_window(sums.begin() + 6, sums.begin() + 12);
  EXPECT_EQ(of_window, (std::vector<std::int32_t>{17 - 24, -1 + 24, 5 + 8, 7 + 8, 9 + 8, 11 - 88}));
  EXPECT_EQ(std::count(sums.begin(), sums.end(), 0), 12 * 6 - 6);
  // A half step is 2 uS of the 4 uS that are half a unit: a quarter.
  std::vector<Fixed> out(sums.size());
  on_tiles.finish(sums.data(), out.data());
  EXPECT_EQ(to_double(out[6]), -7 / 4.0 + 0.5);
  EXPECT_EQ(to_double(out[7]), 23 / 4.0);
  EXPECT_EQ(to_double(out[11]), -77 / 4.0 - 0.5);
  EXPECT_EQ(to_double(out[5]), -0.5);
}

TEST(TileLayer, BlocksAddToTheirOwnOutputs) {
  const auto layer = convolution();
  const auto on_tiles = tiled(layer, kSmall, options(kSmall));
  std::vector<std::int32_t> sums(index(on_tiles.outputs()), 0);
  for (std::size_t block = 0; block < on_tiles.tiles(); ++block) {
    on_tiles.add(block, 2, 0, {0, 1}, {0, 1}, sums.data());
  }
  // Three blocks of rows; the third output of a group is the first column of its block.
  EXPECT_EQ(std::vector<std::int32_t>(sums.begin() + 12, sums.begin() + 18),
            (std::vector<std::int32_t>{3, 9, 3, 3, 9, 3}));
}

TEST(TileLayer, OfASignTheRangeIsKnown) {
  const auto layer = convolution();
  auto of_signs = options(kLarge);
  of_signs.reading = {8, 1};
  of_signs.range.sum_high = 510;  // of the largest code, 255
  const auto on_tiles = tiled(layer, kLarge, of_signs);
  std::vector<std::int32_t> sums(index(on_tiles.outputs()), 0);
  on_tiles.add(0, 0, 2, {0, 1, 2, 3, 4, 5}, {1, -1, 1, 1, 1, 1, 0, 0}, sums.data());
  EXPECT_EQ(sums[1], -4);
  std::vector<Fixed> out(sums.size());
  on_tiles.finish(sums.data(), out.data());
  EXPECT_EQ(to_double(out[0]), 8.5);
  EXPECT_EQ(to_double(out[1]), -8.0);
}

TEST(WholeFactor, RoundsAProductOnce) {
  EXPECT_EQ(WholeFactor(0.5).times(3), 2);
  EXPECT_EQ(WholeFactor(0.5).times(5), 2);  // halves to even
  EXPECT_EQ(WholeFactor(0.5).times(-3), -2);
  EXPECT_EQ(WholeFactor(3.0).times(-7), -21);
  EXPECT_EQ(WholeFactor(0x1p30).times(2), std::int64_t{1} << 31);
  EXPECT_EQ(WholeFactor(0x1p31).times(1), std::int64_t{1} << 30) << "not beyond";
  EXPECT_EQ(WholeFactor(0.0).times(7), 0);
  EXPECT_EQ(WholeFactor(-1.0).times(7), 0);
  EXPECT_EQ(WholeFactor().times(7), 0);
  EXPECT_EQ(WholeFactor(0x1p-40).times(0x40000000), 0);
  // A third in 30 bits is 715827883 / 2^31: 0.33 above, at the largest value.
  EXPECT_EQ(WholeFactor(1.0 / 3.0).times(2147483647), 715827883);
}

}  // namespace
}  // namespace dwmtj
