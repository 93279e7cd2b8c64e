// SPDX-License-Identifier: Apache-2.0
#include "networks/onnx_reader.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/input_error.h"
#include "networks/channel_axis.h"
#include "networks/onnx_constants.h"
#include "networks/onnx_model.h"
#include "networks/onnx_operators.h"
#include "networks/onnx_shapes.h"
#include "networks/simplify.h"

namespace dwmtj {
namespace {

using Kind = OnnxValue::Kind;

constexpr std::int64_t kMostShapeValues = 1
                                          << 16;  // of an integer constant the library may look at

// Beyond, a file is taken for a hoax; figures of a network fit 64 bits.
constexpr double kMostWeights = 2e9;
constexpr double kMostMacs = 1e18;

std::string label(const OnnxNode& node) {
  return fmt::format("node '{}' ({})", node.name, node.op);
}

OnnxValue constant_value(OnnxTensor tensor) {
  OnnxValue value;
  value.kind = Kind::constant;
  value.dims = tensor.dims;
  value.constant = std::move(tensor);
  return value;
}

void require_finite(const std::vector<float>& values, const char* what, const Layer& layer) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isfinite(values[i])) continue;
    throw InputError(fmt::format("layer '{}': {} {} is {}: expected finite numbers", layer.name,
                                 what, i, values[i]));
  }
}

void require_finite(const Network& network) {
  for (const auto& layer : network.layers) {
    if (layer.weights.values) require_finite(*layer.weights.values, "weight", layer);
    require_finite(layer.weights.bias, "bias", layer);
    require_finite(layer.factor, "factor", layer);
    require_finite(layer.offset, "offset", layer);
  }
}

class Import {
 public:
  Import(const OnnxModel& model, const OnnxOptions& options);
  Network network();

 private:
  void require_known_names(const OnnxOptions& options) const;
  Dims input_dims(const OnnxInput& input, bool first) const;
  void add_input(const OnnxInput& input, bool first);
  void add_weights(const OnnxInput& input);
  void define(const std::string& name, OnnxValue value);
  [[nodiscard]] std::vector<bool> needed_nodes() const;
  void import(const OnnxNode& node);
  [[nodiscard]] std::vector<OnnxValue> results_of(const OnnxNode& node);
  [[nodiscard]] std::vector<const OnnxValue*> inputs_of(const OnnxNode& node) const;
  [[nodiscard]] std::vector<Dims> dims_of(const OnnxNode& node,
                                          const std::vector<const OnnxValue*>& inputs) const;
  void require_sound_size() const;
  void set_outputs();
  void make_names_unique();

  const OnnxModel& model_;
  const OnnxOptions& options_;
  Network network_;
  std::map<std::string, OnnxValue> values_;
  std::int64_t batch_ = 1;
  std::vector<std::string> complaints_;
};

Import::Import(const OnnxModel& model, const OnnxOptions& options)
    : model_(model), options_(options) {
  if (model_.nodes().empty()) throw InputError("expected a graph with nodes");
  if (model_.outputs().empty()) throw InputError("expected a graph with outputs");
  if (model_.inputs().empty()) throw InputError("expected a graph with inputs");
  require_known_names(options);
  for (const auto& [name, tensor] : model_.constants()) define(name, constant_value(tensor));
  for (const auto& input : model_.inputs()) {
    const bool first = &input == &model_.inputs().front();
    if (!first && is_weight_without_values(model_.nodes(), input.name, input.dims.size())) {
      add_weights(input);
    } else {
      add_input(input, first);
    }
  }
}

void Import::require_known_names(const OnnxOptions& options) const {
  std::vector<std::string> names;
  for (const auto& input : model_.inputs()) names.push_back(input.name);
  for (const auto& [name, shape] : options.shapes) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      throw InputError(
          fmt::format("shape of '{}': the inputs are '{}'", name, fmt::join(names, "', '")));
    }
  }
}

Dims Import::input_dims(const OnnxInput& input, bool first) const {
  Dims dims = input.dims;
  const auto given = options_.shapes.find(input.name);
  if (given != options_.shapes.end()) {
    if (input.has_shape && given->second.size() != dims.size()) {
      throw InputError(fmt::format("shape of '{}': expected {} sizes", input.name, dims.size()));
    }
    for (std::size_t i = 0; input.has_shape && i < dims.size(); ++i) {
      if (dims[i] != kUnknownSize && dims[i] != given->second[i]) {
        throw InputError(
            fmt::format("shape of '{}': axis {} is {} in the file", input.name, i, dims[i]));
      }
    }
    dims = given->second;
  } else if (dims.size() > 1 && dims[0] == kUnknownSize) {
    dims[0] = first ? 1 : batch_;
  }
  return dims;
}

void Import::add_input(const OnnxInput& input, bool first) {
  const auto dims = input_dims(input, first);
  if (std::count(dims.begin(), dims.end(), kUnknownSize) > 0) {
    throw InputError(fmt::format(
        "input '{}' has sizes that are not known: expected its shape to be given", input.name));
  }
  if (elements_of(dims) < 1) {
    throw InputError(fmt::format("input '{}': its size is absurd", input.name));
  }
  if (first && dims.size() > 1) batch_ = is_steps_first(model_.nodes(), input.name) ? 1 : dims[0];
  OnnxNode source;
  source.name = input.name;
  NodeImport node(source, {}, {dims}, batch_, network_);
  const auto axis = channel_axis_for(model_.nodes(), input.name, dims.size());
  node.set_channel_axis(axis, axis);
  auto layer = node.layer(LayerKind::input);
  layer.input = layer.output;
  node.add(std::move(layer));
  define(input.name, std::move(node.take_results().front()));
}

// A variance of zero would be none, so scales and variances are ones.
void Import::add_weights(const OnnxInput& input) {
  const auto dims = input_dims(input, false);
  const auto elements = elements_of(dims);
  if (elements < 1) {
    throw InputError(fmt::format("input '{}' has sizes that are not known", input.name));
  }
  const float value = dims.size() == 1 ? 1.0F : 0.0F;
  define(input.name, constant_value({dims,
                                     std::make_shared<const std::vector<float>>(
                                         static_cast<std::size_t>(elements), value),
                                     {}}));
  network_.has_values = false;
}

void Import::define(const std::string& name, OnnxValue value) {
  if (!values_.emplace(name, std::move(value)).second) {
    throw InputError(fmt::format("tensor '{}' is made twice", name));
  }
}

// Those the outputs depend on.
std::vector<bool> Import::needed_nodes() const {
  const auto& nodes = model_.nodes();
  std::set<std::string> wanted(model_.outputs().begin(), model_.outputs().end());
  std::vector<bool> needed(nodes.size(), false);
  for (std::size_t i = nodes.size(); i-- > 0;) {
    const auto& outputs = nodes[i].outputs;
    needed[i] = std::any_of(outputs.begin(), outputs.end(),
                            [&](const auto& name) { return wanted.count(name) > 0; });
    if (needed[i]) wanted.insert(nodes[i].inputs.begin(), nodes[i].inputs.end());
  }
  return needed;
}

std::vector<const OnnxValue*> Import::inputs_of(const OnnxNode& node) const {
  std::vector<const OnnxValue*> inputs;
  for (const auto& name : node.inputs) {
    const auto found = values_.find(name);
    if (name.empty()) {
      inputs.push_back(nullptr);
    } else if (found == values_.end()) {
      throw InputError(fmt::format(
          "{}: '{}' is no input, no weight and not made by an earlier node", label(node), name));
    } else {
      inputs.push_back(&found->second);
    }
  }
  return inputs;
}

std::vector<Dims> Import::dims_of(const OnnxNode& node,
                                  const std::vector<const OnnxValue*>& inputs) const {
  if (auto own = own_shapes(node, inputs)) {
    if (elements_of(own->at(0)) < 0) throw NodeError("the shape of its output is absurd");
    return std::move(*own);
  }
  std::vector<OnnxModel::Operand> operands;
  for (const auto* const input : inputs) {
    OnnxModel::Operand operand;
    operand.given = input != nullptr;
    if (input != nullptr) {
      operand.dims = input->dims;
      operand.is_float = input->kind != Kind::constant || input->constant.is_float();
      const auto& values = input->constant.integers;
      if (!operand.is_float && input->constant.size() <= kMostShapeValues) operand.values = &values;
    }
    operands.push_back(std::move(operand));
  }
  auto dims = model_.output_dims(node, operands);
  if (dims.empty()) throw NodeError("expected an output");
  if (elements_of(dims[0]) < 0) throw NodeError("the shape of its output is not known, or absurd");
  return dims;
}

std::vector<OnnxValue> Import::results_of(const OnnxNode& node) {
  const auto inputs = inputs_of(node);
  const auto is = [&](Kind kind) {
    return [kind](const OnnxValue* value) { return value != nullptr && value->kind == kind; };
  };
  const bool computed = std::any_of(inputs.begin(), inputs.end(), is(Kind::computed));
  const bool unknown = std::any_of(inputs.begin(), inputs.end(), is(Kind::unknown));
  const auto import = operator_import(node.op);
  const bool only_constant = node.op == "Constant" || node.op == "Shape" ||
                             (!computed && !unknown && is_evaluable(node.op));
  if (import == nullptr && !only_constant) throw NodeError("is not supported");
  if (unknown) return std::vector<OnnxValue>(node.outputs.size());
  if (node.op == "Constant") return {constant_value(constant_of(node))};
  const auto dims = dims_of(node, inputs);
  if (node.op == "Shape") return {constant_value(shape_of(node, inputs.at(0)->dims))};
  if (only_constant) {
    std::vector<const OnnxTensor*> tensors;
    tensors.reserve(inputs.size());
    for (const auto* const input : inputs) {
      tensors.push_back(input == nullptr ? nullptr : &input->constant);
    }
    return {constant_value(evaluate(node, tensors, dims[0]))};
  }
  if (!computed) throw NodeError("of constants only is not supported");
  NodeImport node_import(node, inputs, dims, batch_, network_);
  import(node_import);
  return node_import.take_results();
}

void Import::import(const OnnxNode& node) {
  std::vector<OnnxValue> results;
  try {
    results = results_of(node);
  } catch (const NodeError& error) {
    complaints_.push_back(fmt::format("{} {}", label(node), error.what()));
  }
  results.resize(node.outputs.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (!node.outputs[i].empty()) define(node.outputs[i], std::move(results[i]));
  }
}

// Weights may be shared, but are counted, and perhaps scaled, a layer each.
void Import::require_sound_size() const {
  double weights = 0;
  double macs = 0;
  for (const auto& layer : network_.layers) {
    weights += static_cast<double>(layer.weights.count());
    macs += static_cast<double>(layer.macs());
  }
  if (weights > kMostWeights || macs > kMostMacs) {
    throw InputError(
        fmt::format("{:.3g} weights, {:.3g} multiplications: expected at most {:.3g} "
                    "and {:.3g}",
                    weights, macs, kMostWeights, kMostMacs));
  }
}

void Import::set_outputs() {
  for (const auto& name : model_.outputs()) {
    const auto found = values_.find(name);
    if (found == values_.end()) throw InputError(fmt::format("output '{}' is never made", name));
    if (found->second.kind == Kind::constant) {
      throw InputError(fmt::format("output '{}' is a constant", name));
    }
    network_.outputs.push_back(found->second.layer);
  }
}

void Import::make_names_unique() {
  std::set<std::string> names;
  for (auto& layer : network_.layers) {
    const auto name = layer.name;
    for (int i = 2; !names.insert(layer.name).second; ++i) {
      layer.name = fmt::format("{}#{}", name, i);
    }
  }
}

Network Import::network() {
  const auto needed = needed_nodes();
  for (std::size_t i = 0; i < needed.size(); ++i) {
    if (needed[i]) import(model_.nodes()[i]);
  }
  if (!complaints_.empty()) {
    throw InputError(fmt::format("cannot be imported: {}", fmt::join(complaints_, "; ")));
  }
  require_sound_size();
  set_outputs();
  make_names_unique();
  require_finite(network_);
  simplify(network_);
  require_finite(network_);  // a fold can overflow
  return std::move(network_);
}

}  // namespace

Network load_onnx(const std::filesystem::path& file, const OnnxOptions& options) {
  const OnnxModel model(file);
  try {
    auto network = Import(model, options).network();
    network.name = file.stem().string();
    return network;
  } catch (const InputError& error) {
    throw InputError(fmt::format("{}: {}", file.string(), error.what()));
  }
}

}  // namespace dwmtj
