// SPDX-License-Identifier: Apache-2.0
#include "networks/onnx_model.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <onnx/checker.h>
#include <onnx/defs/schema.h>
#include <onnx/defs/tensor_proto_util.h>
#include <onnx/onnx_pb.h>

#include "common/input_error.h"
#include "networks/onnx_external_data.h"

namespace dwmtj {
namespace {

using onnx::AttributeProto;
using onnx::TensorProto;
using onnx::TypeProto;

constexpr int kOldestOpset = 7;   // before, operators broadcast by an attribute
constexpr int kNewestOpset = 21;  // of which onnx_shapes.h knows what the library does not
constexpr std::int64_t kLargestExtent = 1 << 20;

onnx::ModelProto parse(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::error_code error;
  if (!stream || !std::filesystem::is_regular_file(file, error)) {
    throw InputError(fmt::format("{}: cannot be read", file.string()));
  }
  const google::protobuf::LogSilencer silencer;
  onnx::ModelProto model;
  if (!model.ParseFromIstream(&stream) || !model.has_graph()) {
    throw InputError(
        fmt::format("{}: expected an ONNX model; this is none, or cut short", file.string()));
  }
  return model;
}

int opset_of(const onnx::ModelProto& model) {
  std::int64_t version = 0;
  for (const auto& import : model.opset_import()) {
    if (import.domain().empty() || import.domain() == "ai.onnx") version = import.version();
  }
  if (version < kOldestOpset || version > kNewestOpset) {
    throw InputError(
        fmt::format("opset {}: expected {} to {}", version, kOldestOpset, kNewestOpset));
  }
  return static_cast<int>(version);
}

// Bytes an element takes as raw data; 0 for types that no network of floats needs.
std::uint64_t element_bytes(int type) {
  switch (type) {
    case TensorProto::BOOL:
    case TensorProto::INT8:
    case TensorProto::UINT8:
      return 1;
    case TensorProto::FLOAT16:
      return 2;
    case TensorProto::FLOAT:
    case TensorProto::INT32:
      return 4;
    case TensorProto::DOUBLE:
    case TensorProto::INT64:
      return 8;
    default:
      return 0;
  }
}

float from_half(std::uint16_t bits) {
  const int exponent = (bits >> 10U) & 0x1FU;
  const auto mantissa = static_cast<float>(bits & 0x3FFU);
  const float sign = (bits & 0x8000U) != 0 ? -1.0F : 1.0F;
  if (exponent == 0) return sign * std::ldexp(mantissa, -24);
  if (exponent == 31) return mantissa == 0 ? sign * HUGE_VALF : NAN;
  return sign * std::ldexp(mantissa + 1024.0F, exponent - 25);
}

template <typename Stored, typename Value, typename Convert>
std::vector<Value> unpack(const std::string& raw, Convert convert) {
  std::vector<Value> values(raw.size() / sizeof(Stored));
  for (std::size_t i = 0; i < values.size(); ++i) {
    Stored stored;
    std::memcpy(&stored, raw.data() + i * sizeof(Stored), sizeof(Stored));
    values[i] = convert(stored);
  }
  return values;
}

template <typename Stored, typename Value>
std::vector<Value> unpack(const std::string& raw) {
  return unpack<Stored, Value>(raw, [](Stored stored) { return static_cast<Value>(stored); });
}

std::vector<float> floats_of(const TensorProto& tensor) {
  const auto& raw = tensor.raw_data();
  switch (tensor.data_type()) {
    case TensorProto::FLOAT:
      if (!raw.empty()) return unpack<float, float>(raw);
      return {tensor.float_data().begin(), tensor.float_data().end()};
    case TensorProto::DOUBLE: {
      if (!raw.empty()) return unpack<double, float>(raw);
      std::vector<float> values;
      for (const double value : tensor.double_data()) values.push_back(static_cast<float>(value));
      return values;
    }
    default: {  // FLOAT16, stored as bits
      if (!raw.empty()) return unpack<std::uint16_t, float>(raw, from_half);
      std::vector<float> values;
      for (const auto bits : tensor.int32_data()) {
        values.push_back(from_half(static_cast<std::uint16_t>(bits)));
      }
      return values;
    }
  }
}

std::vector<std::int64_t> integers_of(const TensorProto& tensor) {
  const auto& raw = tensor.raw_data();
  switch (tensor.data_type()) {
    case TensorProto::INT64:
      if (!raw.empty()) return unpack<std::int64_t, std::int64_t>(raw);
      return {tensor.int64_data().begin(), tensor.int64_data().end()};
    case TensorProto::INT32:
      if (!raw.empty()) return unpack<std::int32_t, std::int64_t>(raw);
      break;
    case TensorProto::INT8:
      if (!raw.empty()) return unpack<std::int8_t, std::int64_t>(raw);
      break;
    default:  // BOOL, UINT8
      if (!raw.empty()) return unpack<std::uint8_t, std::int64_t>(raw);
  }
  return {tensor.int32_data().begin(), tensor.int32_data().end()};
}

bool is_float_type(int type) {
  return type == TensorProto::FLOAT || type == TensorProto::DOUBLE || type == TensorProto::FLOAT16;
}

void load_external_data(TensorProto& tensor, const std::filesystem::path& folder,
                        std::uint64_t bytes) {
  OnnxExternalData data;
  for (const auto& entry : tensor.external_data()) {
    if (entry.key() == "location") data.location = entry.value();
    if (entry.key() == "offset") data.offset = entry.value();
    if (entry.key() == "length") data.length = entry.value();
  }
  if (data.length.empty()) data.length = std::to_string(bytes);
  tensor.set_raw_data(read_external_data(folder, data, bytes));
}

// The tensor without protobuf. Throws InputError, without the file.
OnnxTensor converted(TensorProto& tensor, const std::filesystem::path& folder) {
  const auto fail = [&](const std::string& what) {
    throw InputError(fmt::format("tensor '{}': {}", tensor.name(), what));
  };
  OnnxTensor result;
  result.dims.assign(tensor.dims().begin(), tensor.dims().end());
  const auto elements = elements_of(result.dims);
  const auto bytes = element_bytes(tensor.data_type());
  if (elements < 0) fail("its size is absurd");
  if (bytes == 0) fail(fmt::format("elements of type {} are not supported", tensor.data_type()));
  const auto total = bytes * static_cast<std::uint64_t>(elements);
  if (tensor.data_location() == TensorProto::EXTERNAL) load_external_data(tensor, folder, total);
  if (!tensor.raw_data().empty() && tensor.raw_data().size() != total) {
    fail(fmt::format("expected {} bytes of data, {} found", total, tensor.raw_data().size()));
  }
  if (is_float_type(tensor.data_type())) {
    result.floats = std::make_shared<const std::vector<float>>(floats_of(tensor));
  } else {
    result.integers = integers_of(tensor);
    result.is_signed = tensor.data_type() != TensorProto::UINT8;
  }
  if (result.size() != elements) {
    fail(fmt::format("expected {} values, {} found", elements, result.size()));
  }
  return result;
}

// A list of texts becomes one, with commas. Graphs have no place in the operators that are read.
void add_attribute(AttributeProto& attribute, const std::filesystem::path& folder, OnnxNode& node) {
  auto& to = node.attributes;
  switch (attribute.type()) {
    case AttributeProto::INT:
      to[attribute.name()] = std::int64_t{attribute.i()};
      break;
    case AttributeProto::FLOAT:
      to[attribute.name()] = attribute.f();
      break;
    case AttributeProto::STRING:
      to[attribute.name()] = attribute.s();
      break;
    case AttributeProto::STRINGS:
      to[attribute.name()] = fmt::format("{}", fmt::join(attribute.strings(), ","));
      break;
    case AttributeProto::INTS:
      to[attribute.name()] = Dims(attribute.ints().begin(), attribute.ints().end());
      break;
    case AttributeProto::FLOATS:
      to[attribute.name()] =
          std::vector<float>(attribute.floats().begin(), attribute.floats().end());
      break;
    case AttributeProto::TENSOR:
      to[attribute.name()] = converted(*attribute.mutable_t(), folder);
      break;
    default:
      break;
  }
}

OnnxNode converted(onnx::NodeProto& proto, int index, const std::filesystem::path& folder) {
  OnnxNode node;
  node.index = index;
  node.inputs.assign(proto.input().begin(), proto.input().end());
  node.outputs.assign(proto.output().begin(), proto.output().end());
  node.name = proto.name();
  if (node.name.empty() && !node.outputs.empty()) node.name = node.outputs.front();
  const bool own = proto.domain().empty() || proto.domain() == "ai.onnx";
  node.op = own ? proto.op_type() : proto.domain() + "." + proto.op_type();
  for (auto& attribute : *proto.mutable_attribute()) add_attribute(attribute, folder, node);
  return node;
}

// {kUnknownSize} where nothing is said.
Dims dims_of(const TypeProto::Tensor& type) {
  if (!type.has_shape()) return {kUnknownSize};
  Dims dims;
  for (const auto& dim : type.shape().dim()) {
    dims.push_back(dim.has_dim_value() && dim.dim_value() >= 0 ? dim.dim_value() : kUnknownSize);
  }
  return dims;
}

std::string first_line(const std::string& text) {
  const auto start = text.rfind('[', 0) == 0 ? text.find("] ") : std::string::npos;
  const auto from = start == std::string::npos ? 0 : start + 2;
  return text.substr(from, text.find('\n', from) - from);
}

// The library divides by these.
void require_sound_extents(const OnnxNode& node) {
  for (const char* const name : {"strides", "dilations", "kernel_shape"}) {
    for (const auto extent : node.get<Dims>(name, {})) {
      if (extent < 1 || extent > kLargestExtent) {
        throw NodeError(fmt::format("{} of {}", name, extent));
      }
    }
  }
  for (const auto pad : node.get<Dims>("pads", {})) {
    if (pad < -kLargestExtent || pad > kLargestExtent)
      throw NodeError(fmt::format("pads of {}", pad));
  }
  const auto group = node.get<std::int64_t>("group", 1);
  if (group < 1 || group > kLargestExtent) throw NodeError(fmt::format("group of {}", group));
}

// What the library asks for when it infers the shapes of one node.
class NodeContext final : public onnx::InferenceContext {
 public:
  NodeContext(const onnx::NodeProto& node, const std::vector<OnnxModel::Operand>& operands)
      : types_(operands.size()), data_(operands.size()), outputs_(node.output_size()) {
    for (const auto& attribute : node.attribute()) attributes_[attribute.name()] = &attribute;
    for (std::size_t i = 0; i < operands.size(); ++i) set(i, operands[i]);
  }

  [[nodiscard]] const AttributeProto* getAttribute(const std::string& name) const override {
    const auto found = attributes_.find(name);
    return found == attributes_.end() ? nullptr : found->second;
  }
  [[nodiscard]] std::size_t getNumInputs() const override { return types_.size(); }
  [[nodiscard]] const TypeProto* getInputType(std::size_t i) const override {
    return i < types_.size() && types_[i].has_tensor_type() ? &types_[i] : nullptr;
  }
  [[nodiscard]] const TensorProto* getInputData(std::size_t i) const override {
    return i < data_.size() && data_[i].has_data_type() ? &data_[i] : nullptr;
  }
  [[nodiscard]] std::size_t getNumOutputs() const override { return outputs_.size(); }
  TypeProto* getOutputType(std::size_t i) override { return &outputs_.at(i); }
  onnx::GraphInferencer* getGraphAttributeInferencer(const std::string& /*name*/) override {
    return nullptr;
  }
  [[nodiscard]] const onnx::SparseTensorProto* getInputSparseData(
      std::size_t /*i*/) const override {
    return nullptr;
  }
  [[nodiscard]] const onnx::TensorShapeProto* getSymbolicInput(std::size_t /*i*/) const override {
    return nullptr;
  }

 private:
  void set(std::size_t i, const OnnxModel::Operand& operand) {
    if (!operand.given) return;
    auto& type = *types_[i].mutable_tensor_type();
    type.set_elem_type(operand.is_float ? TensorProto::FLOAT : TensorProto::INT64);
    type.mutable_shape();
    for (const auto size : operand.dims) type.mutable_shape()->add_dim()->set_dim_value(size);
    if (operand.values == nullptr) return;
    data_[i].set_data_type(TensorProto::INT64);
    for (const auto size : operand.dims) data_[i].add_dims(size);
    for (const auto value : *operand.values) data_[i].add_int64_data(value);
  }

  std::map<std::string, const AttributeProto*> attributes_;
  std::vector<TypeProto> types_;
  std::vector<TensorProto> data_;
  std::vector<TypeProto> outputs_;
};

// A node of a newer opset without the attributes that the library does not know yet.
onnx::NodeProto known_attributes(onnx::NodeProto node, const onnx::OpSchema& schema, bool newer) {
  auto& attributes = *node.mutable_attribute();
  for (int i = attributes.size(); newer && i-- > 0;) {
    if (schema.attributes().count(attributes[i].name()) == 0) attributes.DeleteSubrange(i, 1);
  }
  return node;
}

}  // namespace

struct OnnxModel::Proto {
  onnx::ModelProto model;
  int opset = 0;
};

OnnxModel::OnnxModel(const std::filesystem::path& file) : proto_(std::make_unique<Proto>()) {
  proto_->model = parse(file);
  auto& graph = *proto_->model.mutable_graph();
  try {
    proto_->opset = opset_of(proto_->model);
    for (auto& tensor : *graph.mutable_initializer()) {
      if (!constants_.emplace(tensor.name(), converted(tensor, file.parent_path())).second) {
        throw InputError(fmt::format("tensor '{}' is given twice", tensor.name()));
      }
    }
    graph.clear_initializer();
    for (int i = 0; i < graph.node_size(); ++i) {
      nodes_.push_back(converted(*graph.mutable_node(i), i, file.parent_path()));
      nodes_.back().opset = proto_->opset;
    }
  } catch (const InputError& error) {
    throw InputError(fmt::format("{}: {}", file.string(), error.what()));
  }
  for (const auto& input : graph.input()) {
    if (constants_.count(input.name()) == 0) {
      const auto& type = input.type().tensor_type();
      inputs_.push_back({input.name(), dims_of(type), type.has_shape()});
    }
  }
  for (const auto& output : graph.output()) outputs_.push_back(output.name());
}

OnnxModel::~OnnxModel() = default;

std::vector<Dims> OnnxModel::output_dims(const OnnxNode& node,
                                         const std::vector<Operand>& operands) const {
  require_sound_extents(node);
  const int known = std::min(
      proto_->opset, onnx::OpSchemaRegistry::DomainToVersionRange::Instance().Map().at("").second);
  const auto* const schema = onnx::OpSchemaRegistry::Schema(node.op, known, "");
  if (schema == nullptr) throw NodeError(fmt::format("is no operator of opset {}", proto_->opset));
  const auto proto =
      known_attributes(proto_->model.graph().node(node.index), *schema, proto_->opset > known);
  NodeContext context(proto, operands);
  try {
    onnx::checker::CheckerContext checker;
    checker.set_ir_version(static_cast<int>(onnx::IR_VERSION));
    checker.set_opset_imports({{"", known}});
    onnx::checker::check_node(proto, checker, {});
    schema->GetTypeAndShapeInferenceFunction()(context);
  } catch (const std::exception& error) {
    throw NodeError(first_line(error.what()));
  }
  std::vector<Dims> results(context.getNumOutputs());
  for (std::size_t i = 0; i < results.size(); ++i) {
    results[i] = dims_of(context.getOutputType(i)->tensor_type());
  }
  return results;
}

}  // namespace dwmtj
