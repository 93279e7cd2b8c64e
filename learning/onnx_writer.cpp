// SPDX-License-Identifier: Apache-2.0
#include "learning/onnx_writer.h"

#include <fmt/format.h>
#include <onnx/onnx_pb.h>

#include "common/version.h"

namespace dwmtj {
namespace {

constexpr int kOpset = 13;
constexpr float kReluCeiling = 255.0F / 32.0F;  // what a byte between layers holds

// A graph while it is written: each node takes the output of the one before.
class GraphWriter {
 public:
  explicit GraphWriter(onnx::GraphProto& graph) : graph_(graph) {}

  void begin(const std::string& input, ImageSize image) {
    add_value(*graph_.add_input(), input,
              {1, static_cast<std::int64_t>(image.rows), static_cast<std::int64_t>(image.columns)});
    last_ = input;
  }
  onnx::NodeProto& node(const std::string& op, const std::vector<std::string>& more = {}) {
    auto& node = *graph_.add_node();
    node.set_op_type(op);
    node.set_name(fmt::format("{}_{}", op, graph_.node_size()));
    node.add_input(last_);
    for (const auto& input : more) node.add_input(input);
    node.add_output(node.name());
    last_ = node.name();
    return node;
  }
  std::string tensor(const std::vector<float>& values, const std::vector<std::int64_t>& shape) {
    auto& tensor = *graph_.add_initializer();
    tensor.set_name(fmt::format("constant_{}", graph_.initializer_size()));
    tensor.set_data_type(onnx::TensorProto::FLOAT);
    for (const auto extent : shape) tensor.add_dims(extent);
    for (const float value : values) tensor.add_float_data(value);
    return tensor.name();
  }
  void end(std::int64_t classes) { add_value(*graph_.add_output(), last_, {classes}); }

 private:
  static void add_value(onnx::ValueInfoProto& value, const std::string& name,
                        const std::vector<std::int64_t>& shape) {
    value.set_name(name);
    auto& type = *value.mutable_type()->mutable_tensor_type();
    type.set_elem_type(onnx::TensorProto::FLOAT);
    type.mutable_shape()->add_dim()->set_dim_param("batch");
    for (const auto extent : shape) type.mutable_shape()->add_dim()->set_dim_value(extent);
  }

  onnx::GraphProto& graph_;
  std::string last_;
};

void add_attribute(onnx::NodeProto& node, const char* name, std::int64_t value) {
  auto& attribute = *node.add_attribute();
  attribute.set_name(name);
  attribute.set_type(onnx::AttributeProto::INT);
  attribute.set_i(value);
}

void add_attribute(onnx::NodeProto& node, const char* name, float value) {
  auto& attribute = *node.add_attribute();
  attribute.set_name(name);
  attribute.set_type(onnx::AttributeProto::FLOAT);
  attribute.set_f(value);
}

// [output][input].
std::vector<float> values_of(const WeightLayer& layer, float unit) {
  std::vector<float> values;
  for (std::size_t o = 0; o < layer.shape().outputs; ++o) {
    for (std::size_t i = 0; i < layer.shape().inputs; ++i) {
      values.push_back(static_cast<float>(layer.multiplier(i, o)) * unit);
    }
  }
  return values;
}

void add_layer(GraphWriter& graph, const WeightLayer& layer, const Normalisation& norm,
               float unit) {
  const auto inputs = static_cast<std::int64_t>(layer.shape().inputs);
  const auto outputs = static_cast<std::int64_t>(layer.shape().outputs);
  const auto weights = graph.tensor(values_of(layer, unit), {outputs, inputs});
  add_attribute(graph.node("Gemm", {weights}), "transB", std::int64_t{1});
  const auto constant = [&](float value) {
    return graph.tensor(std::vector<float>(layer.shape().outputs, value), {outputs});
  };
  const auto gain = constant(1.0F);
  const auto offset = constant(0.0F);
  const auto mean = graph.tensor(norm.running_mean(), {outputs});
  const auto variance = graph.tensor(norm.running_variance(), {outputs});
  add_attribute(graph.node("BatchNormalization", {gain, offset, mean, variance}), "epsilon",
                Normalisation::kEpsilon);
}

void add_activation(GraphWriter& graph, HiddenActivation activation) {
  if (activation == HiddenActivation::sign) {
    graph.node("Sign");
  } else {
    const auto least = graph.tensor({0.0F}, {});
    const auto most = graph.tensor({kReluCeiling}, {});
    graph.node("Clip", {least, most});
  }
}

}  // namespace

std::string onnx_of(const Perceptron& network, const LearningRule& rule, ImageSize image) {
  onnx::ModelProto model;
  model.set_ir_version(7);
  model.set_producer_name("dwmtj");
  model.set_producer_version(kVersion);
  model.add_opset_import()->set_version(kOpset);
  model.mutable_graph()->set_name("learned");
  GraphWriter graph(*model.mutable_graph());
  graph.begin("image", image);
  graph.node("Flatten");
  const float unit = rule.binarised ? 1.0F : 1.0F / static_cast<float>(rule.grid.largest());
  for (std::size_t i = 0; i < network.layers(); ++i) {
    if (i > 0) add_activation(graph, rule.activation);
    add_layer(graph, network.layer(i), network.normalisation(i), unit);
  }
  graph.end(static_cast<std::int64_t>(network.layer(network.layers() - 1).shape().outputs));
  return model.SerializeAsString();
}

}  // namespace dwmtj
