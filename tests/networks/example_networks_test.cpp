// SPDX-License-Identifier: Apache-2.0
// The networks that scripts/networks/make_examples.py writes, against what is printed of them.
#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>

#include "common/build_paths.h"
#include "networks/onnx_reader.h"

namespace dwmtj {
namespace {

const std::filesystem::path kFolder = DWMTJ_EXAMPLE_NETWORKS;

std::size_t count(const Network& network, LayerKind kind) {
  return static_cast<std::size_t>(
      std::count_if(network.layers.begin(), network.layers.end(),
                    [kind](const Layer& layer) { return layer.kind == kind; }));
}

TEST(ExampleNetworks, StreamMlp) {
  const auto network = load_onnx(kFolder / "stream-mlp.onnx");
  ASSERT_EQ(network.layers.size(), 6U);  // input, three dense, two signs: the norms are folded
  EXPECT_EQ(network.weights(), 784 * 512 + 512 * 512 + 512 * 10);
  EXPECT_EQ(network.macs(), network.weights());
  EXPECT_EQ(network.layers[2].function, Activation::sign);
  EXPECT_EQ(network.layers[4].function, Activation::sign);
}

// The paper prints 13.7 M weights, which are 13.65 M with norms and biases.
TEST(ExampleNetworks, Resnet56Wide) {
  const auto network = load_onnx(kFolder / "resnet56-wide.onnx");
  EXPECT_EQ(count(network, LayerKind::convolution), 57U);  // two of them projections
  EXPECT_EQ(count(network, LayerKind::dense), 1U);
  EXPECT_EQ(count(network, LayerKind::scale), 0U);
  std::int64_t expected = 1728 + 25600 + 8192 + 32768;  // stem, classifier, projections
  for (const std::int64_t width : {64, 128, 256}) expected += 162 * width * width;
  for (const std::int64_t width : {128, 256}) expected -= 9 * width * width / 2;
  EXPECT_EQ(network.weights(), expected);
  EXPECT_NEAR(static_cast<double>(network.weights()), 13.7e6, 0.1e6);
}

// torchvision counts 11,689,512 parameters, 10,600 of them norms and biases, and 1.814 G
// multiplications.
TEST(ExampleNetworks, Resnet18) {
  const auto network = load_onnx(kFolder / "resnet18.onnx");
  EXPECT_EQ(count(network, LayerKind::convolution), 20U);
  EXPECT_EQ(network.weights(), 11689512 - 10600);
  EXPECT_EQ(network.macs(), 1814073344);
  EXPECT_EQ(network.layers.back().output, (TensorShape{1000, 1, 1}));
}

// Zhang et al. print 5.4 million operations, a multiplication and an addition each.
TEST(ExampleNetworks, Keywords) {
  const auto network = load_onnx(kFolder / "keywords.onnx");
  EXPECT_EQ(count(network, LayerKind::convolution), 9U);
  EXPECT_EQ(network.weights(), 64 * 40 + 4 * (64 * 9 + 64 * 64) + 64 * 12);
  EXPECT_EQ(network.macs(), 25 * 5 * (64 * 40 + 4 * (64 * 9 + 64 * 64)) + 64 * 12);
}

TEST(ExampleNetworks, Encoder) {
  const auto network = load_onnx(kFolder / "encoder.onnx");
  EXPECT_EQ(count(network, LayerKind::product), 4U);
  const std::int64_t of_token = 2L * (4 * 64 * 64 + 2 * 64 * 256);
  EXPECT_EQ(network.weights(), of_token + 64 * 10);
  EXPECT_EQ(network.macs(), 32 * of_token + 64 * 10 + 2 * 2 * 4 * (32 * 32 * 16));
}

TEST(ExampleNetworks, TheTinyOneInTheTreeIsTheOneTheScriptWrites) {
  const auto written = load_onnx(kFolder / "tiny.onnx");
  const auto kept = load_onnx(std::filesystem::path(kSourceDir) / "networks/examples/tiny.onnx");
  ASSERT_EQ(kept.layers.size(), written.layers.size());
  for (std::size_t i = 0; i < kept.layers.size(); ++i) {
    EXPECT_EQ(kept.layers[i].name, written.layers[i].name);
    if (!kept.layers[i].has_weights()) continue;
    EXPECT_EQ(*kept.layers[i].weights.values, *written.layers[i].weights.values);
    EXPECT_EQ(kept.layers[i].weights.bias, written.layers[i].weights.bias);
  }
}

}  // namespace
}  // namespace dwmtj
