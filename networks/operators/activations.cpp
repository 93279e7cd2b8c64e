// SPDX-License-Identifier: Apache-2.0
// Functions of one element.
#include "networks/operators/attributes.h"
#include "networks/operators/layer_chain.h"
#include "networks/operators/operator_table.h"

namespace dwmtj {
namespace {

void add_activation(NodeImport& node, Activation function, std::vector<float> parameters = {}) {
  static_cast<void>(node.value(0));
  auto layer = node.layer(LayerKind::activation);
  layer.function = function;
  layer.parameters = std::move(parameters);
  node.add(std::move(layer));
}

template <Activation Function>
void import_function(NodeImport& node) {
  add_activation(node, Function);
}

// With alpha, whose default the operator has.
template <Activation Function, int DefaultPercent>
void import_with_alpha(NodeImport& node) {
  add_activation(node, Function, {node.node().get("alpha", 0.01F * DefaultPercent)});
}

void import_hard_sigmoid(NodeImport& node) {
  add_activation(node, Activation::hard_sigmoid,
                 {node.node().get("alpha", 0.2F), node.node().get("beta", 0.5F)});
}

void import_prelu(NodeImport& node) {
  add_activation(node, Activation::leaky_relu, node.per_channel(1, node.value(0)));
}

void import_clip(NodeImport& node) {
  add_activation(node, Activation::clip,
                 {limit_of(node, 1, "min", -kLargest), limit_of(node, 2, "max", kLargest)});
}

// x times half of 1 + erf(x / sqrt 2), or what approximates it.
void import_gelu(NodeImport& node) {
  LayerChain chain(node);
  const auto x = node.value(0).layer;
  std::size_t inside = 0;
  if (node.node().get<std::string>("approximate", "none") == "tanh") {
    const auto cube =
        chain.combine(LayerKind::multiply, x, chain.combine(LayerKind::multiply, x, x));
    const auto sum = chain.combine(LayerKind::add, x, chain.scale(cube, 0.044715F, 0.0F));
    inside = chain.function(chain.scale(sum, 0.7978845608F, 0.0F), Activation::tanh);
  } else {
    inside = chain.function(chain.scale(x, 0.7071067812F, 0.0F), Activation::erf);
  }
  node.finish(chain.combine(LayerKind::multiply, x, chain.scale(inside, 0.5F, 0.5F)));
}

}  // namespace

const OperatorTable& activation_operators() {
  static const OperatorTable kAll = {{"Relu", import_function<Activation::relu>},
                                     {"Sign", import_function<Activation::sign>},
                                     {"Sigmoid", import_function<Activation::sigmoid>},
                                     {"Tanh", import_function<Activation::tanh>},
                                     {"HardSwish", import_function<Activation::hard_swish>},
                                     {"Selu", import_function<Activation::selu>},
                                     {"Softplus", import_function<Activation::softplus>},
                                     {"Softsign", import_function<Activation::softsign>},
                                     {"Erf", import_function<Activation::erf>},
                                     {"Abs", import_function<Activation::abs>},
                                     {"Neg", import_function<Activation::negate>},
                                     {"Exp", import_function<Activation::exponential>},
                                     {"Log", import_function<Activation::logarithm>},
                                     {"Sqrt", import_function<Activation::square_root>},
                                     {"Reciprocal", import_function<Activation::reciprocal>},
                                     {"LeakyRelu", import_with_alpha<Activation::leaky_relu, 1>},
                                     {"Elu", import_with_alpha<Activation::elu, 100>},
                                     {"Celu", import_with_alpha<Activation::celu, 100>},
                                     {"HardSigmoid", import_hard_sigmoid},
                                     {"PRelu", import_prelu},
                                     {"Clip", import_clip},
                                     {"Gelu", import_gelu}};
  return kAll;
}

}  // namespace dwmtj
