// SPDX-License-Identifier: Apache-2.0
// What a network on tiles is refused for, and what its tiles are told.
#include "inference/tiled_network.h"

#include <gtest/gtest.h>

#include "tests/inference/networks.h"
#include "tests/support/catalog_model.h"
#include "tests/support/input_error_of.h"

namespace dwmtj {
namespace {

class TiledNetworkTest : public ::testing::Test {
 protected:
  [[nodiscard]] TileSet tiles(int count) const {
    return {tile_, test::catalog_model("trapezoidal"), count, 8, 8, 1};
  }
  [[nodiscard]] std::string complaint(const Network& network, int count,
                                      const TileReading& reading = {}) const {
    return input_error_of([&] {
      check_fits(network, tiles(count), {reading, {}, 100});
      return 0;
    });
  }
  TileParameters tile_ = TileParameters::load(find_tile("trapezoidal"));
};

Layer softmax_of(std::size_t before, std::int64_t channels, const std::string& name) {
  auto layer = relu_layer(before, {channels, 1, 1});
  layer.name = name;
  layer.kind = LayerKind::softmax;
  return layer;
}

// 36 inputs take 5 rows of tiles of 8, 24 outputs 3 columns of them: 15; then 3 x 1.
TEST_F(TiledNetworkTest, AChipTooSmallSaysByHowMuchAndWhatFits) {
  const auto network = small_perceptron();
  EXPECT_EQ(complaint(network, 18), "accepted");
  EXPECT_EQ(complaint(network, 17),
            "the network needs 18 tiles of 8 x 8 pairs, the chip has 17: 1 too few; only 'dense0' "
            "(15) would fit");
  EXPECT_EQ(complaint(network, 14),
            "the network needs 18 tiles of 8 x 8 pairs, the chip has 14: 4 too few; not even its "
            "first layer fits ('dense0' takes 15)");
}

TEST_F(TiledNetworkTest, NamesAllLayersThatTheDigitalUnitLacksAtOnce) {
  auto network = small_perceptron();
  network.layers[2].function = Activation::erf;
  network.layers.push_back(softmax_of(3, 4, "soft"));
  auto last = relu_layer(4, {4, 1, 1});
  last.function = Activation::tanh;
  last.name = "bent";
  network.layers.push_back(last);
  network.outputs = {5};
  // Before the chip's size: no chip would do.
  EXPECT_EQ(complaint(network, 1),
            "the digital unit has no operations for 3 layers: 'relu1' (erf), 'soft' (softmax), "
            "'bent' (tanh)");
  network.layers.pop_back();
  network.layers[2].function = Activation::relu;
  network.outputs = {4};
  EXPECT_EQ(complaint(network, 18), "accepted") << "the host can have a softmax at the end";
}

TEST_F(TiledNetworkTest, ANetworkWithoutWeightsHasNothingForTiles) {
  Network network;
  network.layers = {input_layer({1, 6, 6}), relu_layer(0, {1, 6, 6})};
  network.outputs = {1};
  EXPECT_EQ(complaint(network, 18), "the network has no layer with weights: nothing for tiles");
}

TEST_F(TiledNetworkTest, ResultsOfMoreBitsThanATileGives) {
  EXPECT_EQ(complaint(small_perceptron(), 18, {8, 9}),
            "results of 9 bits: tile 'trapezoidal' gives at most 8");
}

// A command is of all rows, whatever was written with it before.
TEST_F(TiledNetworkTest, AMultiplyNamesNoRowAndNoSide) {
  const auto network = small_perceptron();
  const auto data = random_images(2, {1, 6, 6}, 4);
  const ImageSource source(data, network.layers[0], {});
  const auto ranges = measure_ranges(network, plan_forward(network), source, {2, 8, 8, {}});
  const auto set = tiles(18);
  const auto tiled = tile_network(network, ranges, set, {});
  const auto& layer = *tiled.layers.front();
  auto command = layer.programs(0, layer.placement(0).places()).back();
  ASSERT_EQ(command.row, 7U);
  ASSERT_EQ(command.side, Side::minus);
  const std::vector<std::int16_t> codes(36, 5);
  layer.command(0, 0, 2, codes.data(), command);
  EXPECT_EQ(command.op, TileOp::multiply);
  EXPECT_EQ(command.row, 0U);
  EXPECT_EQ(command.side, Side::plus);
  EXPECT_EQ(command.data, std::vector<std::int16_t>(8, 1));
}

}  // namespace
}  // namespace dwmtj
