// SPDX-License-Identifier: Apache-2.0
#include "networks/onnx_constants.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

namespace dwmtj {
namespace {

using Inputs = std::vector<const OnnxTensor*>;
using Indices = std::vector<std::int64_t>;

constexpr std::int64_t kMostComputed = 1 << 20;  // or as many as the inputs have

const OnnxTensor& given(const Inputs& inputs, std::size_t i) {
  if (i >= inputs.size() || inputs[i] == nullptr) {
    throw NodeError(fmt::format("input {} is missing", i));
  }
  return *inputs[i];
}

const Indices& integers(const Inputs& inputs, std::size_t i) {
  const auto& tensor = given(inputs, i);
  if (tensor.is_float()) throw NodeError(fmt::format("input {}: expected integers", i));
  return tensor.integers;
}

OnnxTensor tensor_of(Dims dims, std::vector<float> values) {
  return {std::move(dims), std::make_shared<const std::vector<float>>(std::move(values)), {}};
}

OnnxTensor tensor_of(Dims dims, Indices values) {
  return {std::move(dims), nullptr, std::move(values)};
}

template <typename T>
OnnxTensor row_of(std::vector<T> values) {
  const auto size = static_cast<std::int64_t>(values.size());
  return tensor_of({size}, std::move(values));
}

template <typename T>
std::vector<T> picked(const std::vector<T>& values, const Indices& indices) {
  std::vector<T> result;
  result.reserve(indices.size());
  const auto size = static_cast<std::int64_t>(values.size());
  for (const auto i : indices) {
    if (i < 0 || i >= size) throw NodeError("an index out of range");
    result.push_back(values[static_cast<std::size_t>(i)]);
  }
  return result;
}

OnnxTensor pick(const OnnxTensor& from, const Dims& dims, const Indices& indices) {
  if (from.is_float()) return tensor_of(dims, picked(*from.floats, indices));
  return tensor_of(dims, picked(from.integers, indices));
}

Dims strides_of(const Dims& dims) {
  Dims strides(dims.size(), 1);
  for (std::size_t i = dims.size(); i-- > 1;) strides[i - 1] = strides[i] * dims[i];
  return strides;
}

// Where each element of a tensor of `dims` comes from, when an axis steps by its stride.
Indices strided(const Dims& dims, const Dims& strides, std::int64_t offset) {
  Indices indices(static_cast<std::size_t>(elements_of(dims)));
  Dims place(dims.size(), 0);
  for (auto& index : indices) {
    index = offset;
    for (std::size_t axis = dims.size(); axis-- > 0;) {
      offset += strides[axis];
      if (++place[axis] < dims[axis]) break;
      offset -= strides[axis] * dims[axis];
      place[axis] = 0;
    }
  }
  return indices;
}

OnnxTensor transpose(const OnnxNode& node, const OnnxTensor& tensor, const Dims& dims) {
  const auto strides = strides_of(tensor.dims);
  const auto perm = node.get<Dims>("perm", {});
  Dims moved(strides.rbegin(), strides.rend());
  if (!perm.empty() && perm.size() != moved.size()) throw NodeError("perm: expected all axes");
  for (std::size_t i = 0; i < perm.size(); ++i) {
    moved[i] = strides[axis_of(perm[i], strides.size())];
  }
  return pick(tensor, dims, strided(dims, moved, 0));
}

struct Slices {
  Indices starts, axes, steps;
};

Slices slices_of(const OnnxNode& node, const Inputs& inputs) {
  Slices slices;
  if (inputs.size() == 1) {
    slices.starts = node.get<Dims>("starts", {});
    slices.axes = node.get<Dims>("axes", {});
  } else {
    slices.starts = integers(inputs, 1);
    if (inputs.size() > 3 && inputs[3] != nullptr) slices.axes = integers(inputs, 3);
    if (inputs.size() > 4 && inputs[4] != nullptr) slices.steps = integers(inputs, 4);
  }
  for (std::size_t i = slices.axes.size(); i < slices.starts.size(); ++i) {
    slices.axes.push_back(static_cast<std::int64_t>(i));
  }
  slices.steps.resize(slices.starts.size(), 1);
  return slices;
}

OnnxTensor sliced(const OnnxNode& node, const Inputs& inputs, const Dims& dims) {
  const auto& tensor = given(inputs, 0);
  const auto [starts, axes, steps] = slices_of(node, inputs);
  auto strides = strides_of(tensor.dims);
  std::int64_t offset = 0;
  std::vector<bool> seen(strides.size(), false);
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const auto axis = axis_of(axes[i], strides.size());
    const auto size = tensor.dims[axis];
    if (size < 1 || seen[axis]) throw NodeError("an axis that is empty, or named twice");
    seen[axis] = true;
    const auto start = std::clamp(starts[i], -size, steps[i] < 0 ? size - 1 : size);
    offset += strides[axis] * (start < 0 ? start + size : start);
    strides[axis] *= std::clamp(steps[i], -size, size);  // a longer step takes one element, too
  }
  return pick(tensor, dims, strided(dims, strides, offset));
}

std::int64_t product(const Dims& dims, std::size_t from, std::size_t to) {
  std::int64_t result = 1;
  for (std::size_t i = from; i < to; ++i) result *= dims[i];
  return result;
}

OnnxTensor gathered(const OnnxNode& node, const Inputs& inputs, const Dims& dims) {
  const auto& tensor = given(inputs, 0);
  const auto axis = axis_of(node.get<std::int64_t>("axis", 0), tensor.dims.size());
  const auto size = tensor.dims[axis];
  const auto inner = product(tensor.dims, axis + 1, tensor.dims.size());
  Indices from;
  for (std::int64_t outer = 0; outer < product(tensor.dims, 0, axis); ++outer) {
    for (const auto index : integers(inputs, 1)) {
      if (index < -size || index >= size) throw NodeError("an index out of range");
      const auto place = outer * size + (index < 0 ? index + size : index);
      for (std::int64_t i = 0; i < inner; ++i) from.push_back(place * inner + i);
    }
  }
  return pick(tensor, dims, from);
}

template <typename Values>
Values joined(const Inputs& inputs, std::size_t axis, const Values& (*values)(const OnnxTensor&)) {
  Values result;
  const auto outer = product(inputs[0]->dims, 0, axis);
  for (std::int64_t i = 0; i < outer; ++i) {
    for (const auto* const input : inputs) {
      const auto& all = values(*input);
      const auto block = input->size() / outer;
      result.insert(result.end(), all.begin() + i * block, all.begin() + (i + 1) * block);
    }
  }
  return result;
}

OnnxTensor concatenated(const OnnxNode& node, const Inputs& inputs, const Dims& dims) {
  const auto& first = given(inputs, 0);
  const auto axis = axis_of(node.get<std::int64_t>("axis", 1), first.dims.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (given(inputs, i).is_float() != first.is_float()) throw NodeError("mixed types");
  }
  if (first.is_float()) {
    return tensor_of(dims, joined<std::vector<float>>(
                               inputs, axis, [](const OnnxTensor& t) -> const std::vector<float>& {
                                 return *t.floats;
                               }));
  }
  return tensor_of(dims, joined<Indices>(inputs, axis, [](const OnnxTensor& t) -> const Indices& {
                     return t.integers;
                   }));
}

// Overflow wraps: such numbers are of no use, but must do no harm.
std::int64_t computed(char op, std::int64_t a, std::int64_t b) {
  const auto x = static_cast<std::uint64_t>(a);
  const auto y = static_cast<std::uint64_t>(b);
  switch (op) {
    case 'A':
      return static_cast<std::int64_t>(x + y);
    case 'S':
      return static_cast<std::int64_t>(x - y);
    case 'M':
      return static_cast<std::int64_t>(x * y);
    default:
      if (b == 0) throw NodeError("a division by zero");
      return b == -1 ? static_cast<std::int64_t>(0 - x) : a / b;
  }
}

float computed(char op, float a, float b) {
  return op == 'A' ? a + b : op == 'S' ? a - b : op == 'M' ? a * b : a / b;
}

template <typename T>
std::vector<T> combined(char op, std::vector<T> a, const std::vector<T>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] = computed(op, a[i], b[i]);
  return a;
}

OnnxTensor arithmetic(char op, const Inputs& inputs, const Dims& dims) {
  const auto a = pick(given(inputs, 0), dims, broadcast(given(inputs, 0).dims, dims));
  const auto b = pick(given(inputs, 1), dims, broadcast(given(inputs, 1).dims, dims));
  if (a.is_float() != b.is_float()) throw NodeError("mixed types");
  if (a.is_float()) return tensor_of(dims, combined(op, *a.floats, *b.floats));
  return tensor_of(dims, combined(op, a.integers, b.integers));
}

OnnxTensor filled(const OnnxNode& node, const Dims& dims) {  // of any size that a tensor may have
  const auto one = node.get<OnnxTensor>("value", tensor_of({1}, std::vector<float>{0.0F}));
  if (one.size() != 1) throw NodeError("expected one value");
  const auto size = static_cast<std::size_t>(elements_of(dims));
  if (one.is_float()) return tensor_of(dims, std::vector<float>(size, (*one.floats)[0]));
  return tensor_of(dims, Indices(size, one.integers[0]));
}

OnnxTensor cast(const OnnxNode& node, const OnnxTensor& tensor) {
  constexpr std::int64_t kFloat = 1;  // as TensorProto::DataType has them
  constexpr std::int64_t kHalf = 10;
  constexpr std::int64_t kDouble = 11;
  const auto to = node.get<std::int64_t>("to", kFloat);
  const bool to_float = to == kFloat || to == kHalf || to == kDouble;
  if (to_float == tensor.is_float()) return tensor;
  if (to_float) {
    return tensor_of(tensor.dims,
                     std::vector<float>(tensor.integers.begin(), tensor.integers.end()));
  }
  Indices values;
  for (const float value : *tensor.floats) {
    if (!(std::abs(value) < 9e18F)) throw NodeError("a value that is no integer");
    values.push_back(static_cast<std::int64_t>(value));
  }
  return tensor_of(tensor.dims, std::move(values));
}

// Integers as the reals they stand for: one scale, or one for each place along an axis.
OnnxTensor dequantised(const OnnxNode& node, const Inputs& inputs, const Dims& dims) {
  const auto& tensor = given(inputs, 0);
  const auto& scales = given(inputs, 1);
  if (tensor.is_float() || !scales.is_float()) throw NodeError("expected integers and their scale");
  const bool has_zero = inputs.size() > 2 && inputs[2] != nullptr;
  const auto axis = scales.size() == 1
                        ? std::size_t{0}
                        : axis_of(node.get<std::int64_t>("axis", 1), tensor.dims.size());
  const auto inner = product(tensor.dims, axis + 1, tensor.dims.size());
  if (scales.size() != 1 && scales.size() != tensor.dims.at(axis))
    throw NodeError("scales that do not fit");
  if (has_zero && (inputs[2]->is_float() || inputs[2]->size() != scales.size())) {
    throw NodeError("zero points that do not fit");
  }
  std::vector<float> values;
  values.reserve(tensor.integers.size());
  for (std::size_t i = 0; i < tensor.integers.size(); ++i) {
    const auto place =
        scales.size() == 1 ? 0 : static_cast<std::int64_t>(i) / inner % scales.size();
    const auto zero = has_zero ? inputs[2]->integers[static_cast<std::size_t>(place)] : 0;
    values.push_back(static_cast<float>(tensor.integers[i] - zero) *
                     (*scales.floats)[static_cast<std::size_t>(place)]);
  }
  return tensor_of(dims, std::move(values));
}

OnnxTensor reshaped(const OnnxTensor& tensor, const Dims& dims) {
  if (elements_of(dims) != tensor.size()) throw NodeError("a shape that does not fit");
  OnnxTensor result = tensor;
  result.dims = dims;
  return result;
}

using Evaluator = OnnxTensor (*)(const OnnxNode&, const Inputs&, const Dims&);

const std::map<std::string, Evaluator>& evaluators() {
  static const Evaluator kReshape = [](const OnnxNode&, const Inputs& in, const Dims& dims) {
    return reshaped(given(in, 0), dims);
  };
  static const std::map<std::string, Evaluator> kAll = {
      {"Identity", kReshape},
      {"Dropout", kReshape},
      {"Reshape", kReshape},
      {"Flatten", kReshape},
      {"Squeeze", kReshape},
      {"Unsqueeze", kReshape},
      {"Slice", sliced},
      {"Gather", gathered},
      {"Concat", concatenated},
      {"Transpose", [](const OnnxNode& node, const Inputs& in,
                       const Dims& dims) { return transpose(node, given(in, 0), dims); }},
      {"Cast", [](const OnnxNode& node, const Inputs& in,
                  const Dims&) { return cast(node, given(in, 0)); }},
      {"DequantizeLinear", dequantised},
      {"ConstantOfShape",
       [](const OnnxNode& node, const Inputs&, const Dims& dims) { return filled(node, dims); }},
      {"Add", [](const OnnxNode&, const Inputs& in,
                 const Dims& dims) { return arithmetic('A', in, dims); }},
      {"Sub", [](const OnnxNode&, const Inputs& in,
                 const Dims& dims) { return arithmetic('S', in, dims); }},
      {"Mul", [](const OnnxNode&, const Inputs& in,
                 const Dims& dims) { return arithmetic('M', in, dims); }},
      {"Div", [](const OnnxNode&, const Inputs& in, const Dims& dims) {
         return arithmetic('D', in, dims);
       }}};
  return kAll;
}

}  // namespace

Indices broadcast(const Dims& from, const Dims& to) {
  const auto own = strides_of(from);
  Dims strides(to.size(), 0);
  for (std::size_t i = 0; i < std::min(from.size(), to.size()); ++i) {
    const auto end = from.size() - 1 - i;
    if (from[end] != 1) strides[to.size() - 1 - i] = own[end];
  }
  return strided(to, strides, 0);
}

std::size_t axis_of(std::int64_t axis, std::size_t rank) {
  const auto size = static_cast<std::int64_t>(rank);
  if (axis < -size || axis >= size) throw NodeError(fmt::format("an axis of {}", axis));
  return static_cast<std::size_t>(axis < 0 ? axis + size : axis);
}

bool is_evaluable(const std::string& op) { return evaluators().count(op) > 0; }

OnnxTensor evaluate(const OnnxNode& node, const Inputs& inputs, const Dims& dims) {
  auto most = kMostComputed;
  for (const auto* const input : inputs) {
    if (input != nullptr) most = std::max(most, input->size());
  }
  const auto elements = elements_of(dims);
  if (node.op == "ConstantOfShape") most = kMostElements;
  if (elements < 0 || elements > most) throw NodeError("its shape is not known, or absurd");
  auto result = evaluators().at(node.op)(node, inputs, dims);
  if (result.size() != elements) throw NodeError("a shape that does not fit");
  return result;
}

OnnxTensor constant_of(const OnnxNode& node) {
  if (node.has("value")) return node.get<OnnxTensor>("value", {});
  if (node.has("value_int")) return tensor_of({}, Indices{node.get<std::int64_t>("value_int", 0)});
  if (node.has("value_float")) return tensor_of({}, std::vector{node.get("value_float", 0.0F)});
  if (node.has("value_ints")) {
    return row_of(node.get<Dims>("value_ints", {}));
  }
  if (node.has("value_floats")) {
    return row_of(node.get<std::vector<float>>("value_floats", {}));
  }
  throw NodeError("a constant without a value of numbers");
}

OnnxTensor shape_of(const OnnxNode& node, const Dims& dims) {
  const auto rank = static_cast<std::int64_t>(dims.size());
  const auto place = [&](std::int64_t axis) {
    return std::clamp(axis < 0 ? axis + rank : axis, std::int64_t{0}, rank);
  };
  const auto start = place(node.get<std::int64_t>("start", 0));
  const auto end = std::max(start, place(node.get<std::int64_t>("end", rank)));
  Dims part(dims.begin() + start, dims.begin() + end);
  return tensor_of({end - start}, std::move(part));
}

}  // namespace dwmtj
