// SPDX-License-Identifier: Apache-2.0
// Files that PyTorch wrote (scripts/networks/export_with_torch.py), against what PyTorch says of
// them: layers with weights in their order, multiplications, and the output itself. Of its newer
// exporter (export_with_dynamo.py) the output.
#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "common/build_paths.h"
#include "networks/onnx_reader.h"
#include "tests/networks/reference_forward.h"

namespace dwmtj {
namespace {

const auto kFolder = std::filesystem::path(kSourceDir) / "tests/networks/data/torch";
const auto kNewer = std::filesystem::path(kSourceDir) / "tests/networks/data/dynamo";

nlohmann::json expected_of(const std::string& name, const std::filesystem::path& folder = kFolder) {
  return nlohmann::json::parse(std::ifstream(folder / (name + ".json")));
}

class TorchExport : public testing::TestWithParam<std::string> {
 protected:
  nlohmann::json expected_ = expected_of(GetParam());
  Network network_ = load_onnx(kFolder / (GetParam() + ".onnx"));
};

void expect_same(const Layer& layer, const nlohmann::json& expected) {
  const auto shape = expected["shape"].get<std::vector<std::int64_t>>();
  std::int64_t elements = 1;
  for (const auto size : shape) elements *= size;
  EXPECT_EQ(layer.output.elements(), elements);
  if (shape.size() == 3) {
    EXPECT_EQ(layer.output, (TensorShape{shape[0], shape[1], shape[2]}));
  }
  EXPECT_EQ(layer.weights.count(), expected["weights"]);
  EXPECT_EQ(layer.weights.values->size(), expected["weights"]);
  EXPECT_EQ(layer.macs(), expected["macs"]);
  EXPECT_EQ(layer.groups, expected["groups"]);
}

TEST_P(TorchExport, HasTheLayersThatTorchRan) {
  const auto& expected = expected_["layers"];
  std::size_t count = 0;
  for (const auto& layer : network_.layers) {
    if (!layer.has_weights()) continue;
    SCOPED_TRACE(layer.name);
    ASSERT_LT(count, expected.size());
    expect_same(layer, expected[count++]);
  }
  EXPECT_EQ(count, expected.size());
}

TEST_P(TorchExport, IsInOrderAndWired) {
  ASSERT_EQ(network_.outputs.size(), 1U);
  for (std::size_t i = 0; i < network_.layers.size(); ++i) {
    const auto& layer = network_.layers[i];
    EXPECT_EQ(layer.inputs.empty(), layer.kind == LayerKind::input) << layer.name;
    for (const auto input : layer.inputs) EXPECT_LT(input, i) << layer.name;
    if (layer.inputs.empty()) continue;
    const auto& before = network_.layers[layer.inputs[0]];
    EXPECT_EQ(before.output.elements(), layer.input.elements()) << layer.name;
  }
}

TEST_P(TorchExport, ComputesWhatTorchComputes) {
  const auto input = expected_["input"].get<std::vector<double>>();
  const auto output = reference_forward(network_, input);
  const auto expected = expected_["output"].get<std::vector<double>>();
  ASSERT_EQ(output.size(), expected.size());
  for (std::size_t i = 0; i < output.size(); ++i) EXPECT_NEAR(output[i], expected[i], 2e-5);
}

std::vector<std::string> names(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".onnx") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

INSTANTIATE_TEST_SUITE_P(All, TorchExport, testing::ValuesIn(names(kFolder)),
                         [](const auto& test) { return test.param; });

class DynamoExport : public testing::TestWithParam<std::string> {};

TEST_P(DynamoExport, ComputesWhatTorchComputes) {
  const auto expected = expected_of(GetParam(), kNewer);
  const auto network = load_onnx(kNewer / (GetParam() + ".onnx"));
  const auto output = reference_forward(network, expected["input"].get<std::vector<double>>());
  const auto wanted = expected["output"].get<std::vector<double>>();  // the first of them
  ASSERT_GE(output.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_NEAR(output[i], wanted[i], 2e-6) << i;
}

INSTANTIATE_TEST_SUITE_P(All, DynamoExport, testing::ValuesIn(names(kNewer)),
                         [](const auto& test) { return test.param; });

std::size_t count(const Network& network, LayerKind kind) {
  return static_cast<std::size_t>(
      std::count_if(network.layers.begin(), network.layers.end(),
                    [kind](const Layer& layer) { return layer.kind == kind; }));
}

Network load(const std::string& name) { return load_onnx(kFolder / (name + ".onnx")); }

TEST(TorchExports, BatchNormFoldsBothWays) {
  EXPECT_EQ(count(load("resnet_training_opset13"), LayerKind::scale), 0U);
  EXPECT_EQ(count(load("binarised_opset16"), LayerKind::scale), 0U);
  EXPECT_EQ(count(load("batch_norm_first_opset13"), LayerKind::scale), 0U);
}

TEST(TorchExports, BatchNormBeforeAnActivationStays) {
  EXPECT_EQ(count(load("densenet_opset11"), LayerKind::scale), 5U);
}

TEST(TorchExports, ZeroPaddingMovesIntoTheConvolution) {
  for (const auto* const name : {"padded_opset9", "padded_opset11"}) {
    const auto network = load(name);
    const auto& convolution = network.layers.at(1);
    ASSERT_EQ(convolution.kind, LayerKind::convolution);
    EXPECT_EQ(convolution.input, (TensorShape{3, 8, 8}));
    EXPECT_EQ(convolution.window.pad_before.height, 0);
    EXPECT_EQ(convolution.window.pad_after.height, 1);
    EXPECT_EQ(convolution.window.pad_after.width, 1);
  }
}

TEST(TorchExports, OnlyTheShuffleAndTheSplitChannelsAreRearranged) {
  EXPECT_EQ(count(load("shufflenet_opset13"), LayerKind::rearrange), 3U);
  EXPECT_EQ(count(load("inception_opset11"), LayerKind::rearrange), 3U);
  EXPECT_EQ(count(load("lenet_opset9"), LayerKind::rearrange), 0U);
}

}  // namespace
}  // namespace dwmtj
