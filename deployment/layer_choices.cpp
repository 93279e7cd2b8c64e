// SPDX-License-Identifier: Apache-2.0
#include "deployment/layer_choices.h"

#include "common/parameter_file.h"

namespace dwmtj {
namespace {

constexpr int kFewestBits = 2;
constexpr int kMostBits = 16;
constexpr long kMostCopies = 1'000'000;

LayerChoice read_choice(const ParameterNode& node) {
  LayerChoice choice;
  if (node.has("bits")) choice.bits = node.integer("bits", kFewestBits, kMostBits);
  if (node.has("copies")) choice.copies = node.integer("copies", 1, kMostCopies);
  node.finish();
  return choice;
}

}  // namespace

LayerChoices load_layer_choices(const std::filesystem::path& file) {
  const auto root = ParameterNode::load(file);
  LayerChoices choices;
  for (const auto& layer : root.child("layers").members()) {
    choices[layer.key()] = read_choice(layer);
  }
  root.finish();
  return choices;
}

}  // namespace dwmtj
