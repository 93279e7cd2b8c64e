// SPDX-License-Identifier: Apache-2.0
// What has been learned goes out, and comes back as the reader of networks sees it.
#include "learning/onnx_writer.h"

#include <numeric>

#include <gtest/gtest.h>

#include "learning/ideal_synapses.h"
#include "networks/onnx_reader.h"
#include "tests/learning/small_data.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

TEST(OnnxWriter, WritesWhatTheReaderTakes) {
  LearningRule rule;
  rule.hidden = {32};
  rule.batch = 50;
  Perceptron network(rule, 16, 10, 1, [rule](std::size_t, LayerShape, std::uint64_t first) {
    return std::make_unique<IdealSynapses>(rule.grid, first, 1e-13);
  });
  const auto data = small_data(50, 1);
  std::vector<std::uint32_t> which(50);
  std::iota(which.begin(), which.end(), 0U);
  for (int i = 0; i < 100; ++i) network.learn(data, which);

  const TemporaryFolder folder;
  const auto file = folder.write("learned.onnx", onnx_of(network, rule, {4, 4}));
  const auto read = load_onnx(file);
  EXPECT_EQ(read.weights(), 16 * 32 + 32 * 10);
  EXPECT_EQ(read.macs(), 16 * 32 + 32 * 10);
  int dense = 0, signs = 0;
  for (const auto& layer : read.layers) {
    dense += layer.kind == LayerKind::dense ? 1 : 0;
    signs += layer.kind == LayerKind::activation && layer.function == Activation::sign ? 1 : 0;
  }
  EXPECT_EQ(dense, 2);
  EXPECT_EQ(signs, 1);
}

}  // namespace
}  // namespace dwmtj
