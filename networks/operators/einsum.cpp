// SPDX-License-Identifier: Apache-2.0
// Products that an equation of letters describes: by a constant, a dense layer; of two computed
// tensors, what MatMul does, with axes moved before and behind where they stand in another order.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "networks/operators/operator_table.h"
#include "networks/operators/weights.h"
#include "networks/value_order.h"

namespace dwmtj {
namespace {

bool contains(const std::string& letters, char letter) {
  return letters.find(letter) != std::string::npos;
}

// The letters of "bhid,bhjd->bhij", and how long their axes are.
struct Equation {
  std::string text, first, second, output;
  std::map<char, std::int64_t> sizes;

  [[nodiscard]] std::int64_t size(const std::string& letters) const {
    std::int64_t elements = 1;
    for (const char letter : letters) elements *= sizes.at(letter);
    return elements;
  }
  [[nodiscard]] Dims dims(const std::string& letters) const {
    Dims result;
    for (const char letter : letters) result.push_back(sizes.at(letter));
    return result;
  }
  [[noreturn]] void refuse() const { throw NodeError(fmt::format("equation '{}'", text)); }
};

void take_letters(const std::string& letters, const Dims& dims, Equation& equation) {
  if (letters.size() != dims.size()) equation.refuse();
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const bool twice = letters.find(letters[i]) != i;
    const auto known = equation.sizes.emplace(letters[i], dims[i]).first->second;
    if (twice || known != dims[i]) equation.refuse();
  }
}

Equation equation_of(const NodeImport& node) {
  Equation equation;
  auto& text = equation.text;
  text = node.node().get<std::string>("equation", "");
  text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
  const auto comma = text.find(',');
  const auto arrow = text.find("->");
  if (comma == std::string::npos || arrow == std::string::npos || comma > arrow ||
      text.find(',', comma + 1) != std::string::npos || text.find('.') != std::string::npos) {
    throw NodeError(fmt::format("equation '{}': expected two operands and an output", text));
  }
  equation.first = text.substr(0, comma);
  equation.second = text.substr(comma + 1, arrow - comma - 1);
  equation.output = text.substr(arrow + 2);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto& dims = node.is_constant(i) ? node.constant(i).dims : node.value(i).dims;
    take_letters(i == 0 ? equation.first : equation.second, dims, equation);
  }
  return equation;
}

// Which letters stand where, in the order of the tensor that is named first.
struct Roles {
  std::string batch;    // in all three, but for the axis of images
  std::string rows;     // of the first alone, and the output
  std::string inner;    // of both, summed over
  std::string columns;  // of the second alone, and the output
};

Roles roles_of(const Equation& of, const std::string& first, const std::string& second) {
  Roles roles;
  for (const char letter : of.output) {
    const bool in_first = contains(first, letter);
    const bool in_second = contains(second, letter);
    const bool twice = of.output.find(letter) != of.output.rfind(letter);
    if (twice || (!in_first && !in_second)) of.refuse();
    (in_first && in_second ? roles.batch : in_first ? roles.rows : roles.columns) += letter;
  }
  for (const char letter : first) {
    if (contains(of.output, letter)) continue;
    if (!contains(second, letter)) of.refuse();
    roles.inner += letter;
  }
  for (const char letter : second) {
    if (!contains(of.output, letter) && !contains(first, letter)) of.refuse();
  }
  if (roles.inner.empty()) of.refuse();
  return roles;
}

// Places, in a tensor of the letters `from`, of the values in the order of `to`.
IndexMap moved(const Equation& of, const std::string& from, const std::string& to) {
  const auto sizes = of.dims(to);
  Dims strides;
  for (const char letter : to) strides.push_back(of.size(from.substr(from.find(letter) + 1)));
  auto map = std::make_shared<std::vector<std::int32_t>>();
  Dims at(to.size(), 0);
  for (std::int64_t n = of.size(to); n > 0; --n) {
    std::int64_t place = 0;
    for (std::size_t axis = 0; axis < at.size(); ++axis) place += at[axis] * strides[axis];
    map->push_back(static_cast<std::int32_t>(place));
    for (std::size_t axis = at.size(); axis-- > 0 && ++at[axis] == sizes[axis];) at[axis] = 0;
  }
  return map;
}

// The constant as outputs x inputs.
WeightMatrix matrix_of(const Equation& of, const std::string& letters, const OnnxTensor& tensor,
                       const Roles& roles) {
  WeightMatrix weights{of.size(roles.columns), of.size(roles.inner), tensor.floats, {}};
  const auto wanted = roles.columns + roles.inner;
  if (letters == wanted || tensor.floats == nullptr) return weights;
  const auto places = moved(of, letters, wanted);
  auto values = std::make_shared<std::vector<float>>();
  for (const auto place : *places) {
    values->push_back((*tensor.floats)[static_cast<std::size_t>(place)]);
  }
  weights.values = std::move(values);
  return weights;
}

// Rows stay as they are; the axes that the constant multiplies, and those of the results, must
// stand together.
void add_dense_by(NodeImport& node, const Equation& of, std::size_t computed) {
  const auto& first = computed == 0 ? of.first : of.second;
  const auto& second = computed == 0 ? of.second : of.first;
  const auto roles = roles_of(of, first, second);
  const auto inner = first.find(roles.inner);
  const auto columns = of.output.find(roles.columns);
  if (!roles.batch.empty() || roles.columns.empty() || inner == std::string::npos ||
      columns == std::string::npos) {
    of.refuse();
  }
  auto rest = first;
  if (rest.erase(inner, roles.inner.size()) != roles.rows) of.refuse();
  node.set_channel_axis(inner + roles.inner.size() - 1, columns + roles.columns.size() - 1);
  auto layer = node.layer(LayerKind::dense);
  layer.weights = matrix_of(of, second, float_weights(node, 1 - computed), roles);
  const auto rows = layer.input.elements() / layer.weights.inputs;
  layer.input = {layer.weights.inputs, 1, rows};
  layer.output = {layer.weights.outputs, 1, rows};
  node.add(std::move(layer));
}

// The values of layer `of` in another order, position by position.
std::size_t add_moved(NodeImport& node, const Equation& equation, std::size_t of,
                      const std::string& from, const std::string& to, std::size_t operand) {
  if (from == to) return of;
  auto layer = node.step_like(LayerKind::rearrange, operand);
  layer.name += operand == 0 ? "/first" : "/second";
  const auto channels = equation.sizes.at(to.back());
  layer.output = {channels, 1, layer.input.elements() / channels};
  layer.output_stride = 1;
  const bool few = layer.input.elements() <= kMostMoved;
  layer.sources = {few ? moved(equation, from, to) : nullptr};
  return node.add_step(std::move(layer));
}

// The axis of images, where all three begin with it.
void drop_images(const NodeImport& node, Equation& of) {
  const auto& dims = node.value(0).dims;
  const bool has_images = node.without_batch(dims).size() < dims.size();
  const auto first = of.first.substr(0, 1);
  if (!has_images || of.second.substr(0, 1) != first || of.output.substr(0, 1) != first) return;
  for (auto* const letters : {&of.first, &of.second, &of.output}) letters->erase(0, 1);
}

void add_product_of(NodeImport& node, Equation of) {
  drop_images(node, of);
  const auto roles = roles_of(of, of.first, of.second);
  if (roles.rows.empty() || roles.columns.empty()) of.refuse();
  auto layer = node.layer(LayerKind::product);
  layer.product.batch = of.size(roles.batch);
  layer.product.rows = of.size(roles.rows);
  layer.product.inner = of.size(roles.inner);
  layer.product.columns = of.size(roles.columns);
  const auto rows = layer.product.batch * layer.product.rows;
  layer.input = {layer.product.inner, 1, rows};
  layer.output = {layer.product.columns, 1, rows};
  layer.input_stride = layer.output_stride = 1;
  layer.inputs = {
      add_moved(node, of, node.value(0).layer, of.first, roles.batch + roles.rows + roles.inner, 0),
      add_moved(node, of, node.value(1).layer, of.second, roles.batch + roles.inner + roles.columns,
                1)};
  const auto made = roles.batch + roles.rows + roles.columns;
  node.set_channel_axis(0, node.output_dims().size() - 1);
  if (made == of.output) return node.add(std::move(layer));
  layer.name += "/product";
  auto last = node.layer(LayerKind::rearrange);
  last.input = layer.output;
  last.input_stride = 1;
  last.sources = {moved(of, made, of.output)};
  last.inputs = {node.add_step(std::move(layer))};
  node.add(std::move(last));
}

void import_einsum(NodeImport& node) {
  const auto equation = equation_of(node);
  if (node.is_constant(0)) return add_dense_by(node, equation, 1);
  if (node.is_constant(1)) return add_dense_by(node, equation, 0);
  add_product_of(node, equation);
}

}  // namespace

const OperatorTable& einsum_operators() {
  static const OperatorTable kAll = {{"Einsum", import_einsum}};
  return kAll;
}

}  // namespace dwmtj
