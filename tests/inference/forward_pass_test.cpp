// SPDX-License-Identifier: Apache-2.0
// Values against those of PyTorch, for every network that it exported for the reader's tests.
#include "inference/forward_pass.h"

#include <cmath>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "common/build_paths.h"
#include "common/input_error.h"
#include "common/on_threads.h"
#include "inference/classification.h"
#include "inference/float_products.h"
#include "networks/onnx_reader.h"
#include "tests/inference/networks.h"

namespace dwmtj {
namespace {

const auto kFolder = std::filesystem::path(kSourceDir) / "tests/networks/data/torch";

std::vector<std::string> exports() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".onnx") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

// The same image `copies` times; the result of the last.
std::vector<double> outputs_of(const Network& network, const std::vector<float>& input,
                               std::int64_t copies) {
  const auto plan = plan_forward(network);
  std::vector<std::vector<double>> results(static_cast<std::size_t>(copies));
  ForwardPass<float>::Job job;
  job.images = copies;
  job.image = [&](std::int64_t, float* values) { std::copy(input.begin(), input.end(), values); };
  job.result = [&](std::int64_t i, const std::vector<double>& values) {
    results[static_cast<std::size_t>(i)] = values;
  };
  ForwardPass<float>(plan, float_products(plan)).run(job);
  for (const auto& result : results) EXPECT_EQ(result, results.front());
  return results.back();
}

class TorchExport : public testing::TestWithParam<std::string> {};

TEST_P(TorchExport, ComputesWhatTorchComputes) {
  const auto expected = nlohmann::json::parse(std::ifstream(kFolder / (GetParam() + ".json")));
  const auto network = load_onnx(kFolder / (GetParam() + ".onnx"));
  const auto wanted = expected["output"].get<std::vector<double>>();
  const auto output = outputs_of(network, expected["input"].get<std::vector<float>>(), 5);
  ASSERT_EQ(output.size(), wanted.size());
  double largest = 0;
  for (const auto value : wanted) largest = std::max(largest, std::abs(value));
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_NEAR(output[i], wanted[i], 1e-4 * largest) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Files, TorchExport, testing::ValuesIn(exports()),
                         [](const auto& file) { return file.param; });

TEST(ForwardPass, ThreadsAndNumberOfImagesChangeNoBit) {
  const auto network = load_onnx(kFolder / "resnet_opset11.onnx");
  const auto plan = plan_forward(network);
  const auto& shape = plan.input_layer->output;
  const auto data = random_images(150, {shape.channels, shape.height, shape.width}, 5);
  const ImageSource source(data, *plan.input_layer, {});
  const ForwardPass<float> pass(plan, float_products(plan));
  const auto outputs = [&](int threads, std::int64_t images) {
    std::vector<std::vector<double>> results(static_cast<std::size_t>(images));
    ForwardPass<float>::Job job;
    job.images = images;
    job.image = [&](std::int64_t i, float* values) { source.write(i, values); };
    job.result = [&](std::int64_t i, const std::vector<double>& values) {
      results[static_cast<std::size_t>(i)] = values;
    };
    on_threads(threads, [&] { pass.run(job); });
    return results;
  };
  const auto one = outputs(1, 150);
  EXPECT_EQ(outputs(2, 150), one);
  EXPECT_EQ(outputs(7, 150), one);
  for (const std::int64_t images : {1, 3, 64, 149}) {
    const auto fewer = outputs(2, images);
    EXPECT_TRUE(std::equal(fewer.begin(), fewer.end(), one.begin())) << images;
  }
}

TEST(ForwardPass, TakesOneInput) {
  Network network = small_perceptron();
  network.layers.push_back(input_layer({1, 6, 6}));
  EXPECT_THROW(plan_forward(network), InputError);
}

TEST(ForwardPass, RefusesValuesThatMoveInUnknownWays) {
  Network network;
  Layer moved = relu_layer(0, {4, 1, 1});
  moved.kind = LayerKind::rearrange;
  moved.sources = {nullptr};
  network.layers = {input_layer({4, 1, 1}), moved};
  network.outputs = {1};
  EXPECT_THROW(plan_forward(network), InputError);
}

// A local response over 3 of 4 channels, by hand.
TEST(ForwardPass, NormalisesOverNeighbouringChannels) {
  Network network;
  Layer normalised = relu_layer(0, {4, 1, 1});
  normalised.kind = LayerKind::normalisation;
  normalised.parameters = {3, 0.3F, 0.5F, 2};
  network.layers = {input_layer({4, 1, 1}), normalised};
  network.outputs = {1};
  const auto output = outputs_of(network, {1, 2, 3, 4}, 1);
  EXPECT_NEAR(output[0], 1 / std::sqrt(2 + 0.1 * (1 + 4)), 1e-6);
  EXPECT_NEAR(output[1], 2 / std::sqrt(2 + 0.1 * (1 + 4 + 9)), 1e-6);
  EXPECT_NEAR(output[3], 4 / std::sqrt(2 + 0.1 * (9 + 16)), 1e-6);
}

// The mean of a corner counts the padding, or does not.
TEST(ForwardPass, AveragesOverWhatCounts) {
  Network network;
  Layer pool = relu_layer(0, {1, 2, 2});
  pool.kind = LayerKind::average_pool;
  pool.window.kernel = {2, 2};
  pool.window.pad_before = {1, 1, 0};
  network.layers = {input_layer({1, 2, 2}), pool};
  network.outputs = {1};
  EXPECT_EQ(outputs_of(network, {4, 8, 12, 16}, 1), (std::vector<double>{4, 6, 8, 10}));
  network.layers[1].counts_padding = true;
  EXPECT_EQ(outputs_of(network, {4, 8, 12, 16}, 1), (std::vector<double>{1, 3, 4, 10}));
}

}  // namespace
}  // namespace dwmtj
