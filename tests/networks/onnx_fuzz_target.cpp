// SPDX-License-Identifier: Apache-2.0
#include "tests/networks/onnx_fuzz_target.h"

#include "common/input_error.h"
#include "networks/onnx_reader.h"
#include "tests/support/require.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

using test::require;

void require_sound_weights(const Layer& layer) {
  const auto& weights = layer.weights;
  require(static_cast<std::int64_t>(weights.values->size()) == weights.count(), "lost weights");
  const auto biases = static_cast<std::int64_t>(weights.bias.size());
  require(biases == 0 || biases == weights.outputs, "biases that do not fit");
  if (layer.kind == LayerKind::recurrent) {  // of gates, over the input and the state
    require(weights.outputs % layer.output.channels == 0, "gates that do not fit");
    return require(layer.input.channels + layer.output.channels == weights.inputs,
                   "weights of other inputs");
  }
  require(layer.output.channels == weights.outputs, "weights of other outputs");
  const auto& kernel = layer.window.kernel;
  require(layer.input.channels * kernel.depth * kernel.height * kernel.width ==
              weights.inputs * layer.groups,
          "weights of other inputs");
}

void require_sound(const Network& network, std::size_t index) {
  const auto& layer = network.layers[index];
  for (const auto input : layer.inputs) require(input < index, "a layer out of order");
  const bool begins = layer.kind == LayerKind::input || layer.kind == LayerKind::constant;
  require(layer.inputs.empty() == begins, "a layer without inputs");
  require(layer.kind != LayerKind::constant ||
              static_cast<std::int64_t>(layer.parameters.size()) == layer.output.elements(),
          "a constant without its values");
  const auto& output = layer.output;
  require(output.channels > 0 && output.height > 0 && output.width > 0, "an empty output");
  require(
      layer.has_weights() == (layer.kind == LayerKind::convolution ||
                              layer.kind == LayerKind::dense || layer.kind == LayerKind::recurrent),
      "weights of a wrong kind");
  if (layer.has_weights()) require_sound_weights(layer);
  if (layer.kind == LayerKind::scale) {
    require(layer.factor.size() == layer.offset.size(), "factors without offsets");
  }
}

}  // namespace

void fuzz_onnx(const std::string& bytes) {
  static const TemporaryFolder kFolder;
  std::filesystem::remove(kFolder / "a.onnx");  // file systems flush what is overwritten
  const auto file = kFolder.write("a.onnx", bytes);
  try {
    const auto network = load_onnx(file);
    require(!network.outputs.empty(), "a network without outputs");
    for (const auto output : network.outputs) {
      require(output < network.layers.size(), "an output that is none");
    }
    for (std::size_t i = 0; i < network.layers.size(); ++i) require_sound(network, i);
    require(network.macs() >= network.weights(), "weights that are never used");
  } catch (const InputError& error) {
    const std::string message = error.what();
    require(message.rfind(file.string() + ": ", 0) == 0, "a message without its file");
    for (const char c : message) require(c < 0 || c >= ' ', "a control character in a message");
  }
}

}  // namespace dwmtj
