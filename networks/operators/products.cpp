// SPDX-License-Identifier: Apache-2.0
// Products of matrices: by constants, which become weights, and of two that are computed.
#include <algorithm>

#include <fmt/format.h>

#include "networks/operators/operator_table.h"
#include "networks/operators/weights.h"

namespace dwmtj {
namespace {

void scale(std::vector<float>& values, float factor) {
  for (auto& value : values) value *= factor;
}

// A constant matrix as outputs x inputs; axes of one element ahead of its two do not count.
WeightMatrix matrix_of(const NodeImport& node, std::size_t input, bool outputs_first) {
  const auto& tensor = float_weights(node, input);
  auto dims = tensor.dims;
  while (dims.size() > 2 && dims.front() == 1) dims.erase(dims.begin());
  if (dims.size() != 2) throw NodeError(fmt::format("input {}: expected a matrix", input));
  if (outputs_first) return {dims[0], dims[1], tensor.floats, {}};
  return {dims[1], dims[0], transposed(tensor.floats, dims[0], dims[1]), {}};
}

void multiply(WeightMatrix& weights, float factor) {
  if (factor == 1.0F || !weights.values) return;
  auto scaled = *weights.values;
  scale(scaled, factor);
  weights.values = std::make_shared<const std::vector<float>>(std::move(scaled));
}

// One of the two is a constant; the other may be transposed.
void import_gemm(NodeImport& node) {
  const auto& attributes = node.node();
  const bool turn_first = attributes.get<std::int64_t>("transA", 0) != 0;
  const bool turn_second = attributes.get<std::int64_t>("transB", 0) != 0;
  const std::size_t constant = node.is_constant(1) ? 1 : 0;
  if (node.value(1 - constant).dims.size() != 2) throw NodeError("expected matrices");
  auto weights = matrix_of(node, constant, constant == 1 ? turn_second : !turn_first);
  multiply(weights, attributes.get("alpha", 1.0F));
  if (constant == 1) {
    weights.bias = bias_of(node, 2, weights.outputs);
    scale(weights.bias, attributes.get("beta", 1.0F));
    return add_dense(node, 0, turn_first ? 0 : 1, 1, std::move(weights));
  }
  if (node.has(2)) throw NodeError("input 2: a bias along the rows");
  add_dense(node, 1, turn_second ? 1 : 0, 0, std::move(weights));
}

std::int64_t elements_ahead(const Dims& dims, std::size_t axes) {
  std::int64_t elements = 1;
  for (std::size_t i = 0; i + axes < dims.size(); ++i) elements *= dims[i];
  return elements;
}

// Both are computed: attention.
void add_product(NodeImport& node) {
  const auto first = node.without_batch(node.value(0).dims);
  const auto second = node.without_batch(node.value(1).dims);
  const auto output = node.without_batch(node.output_dims());
  if (first.size() < 2 || second.size() < 2) throw NodeError("expected two matrices");
  const auto rank = node.value(0).dims.size();
  node.set_channel_axis(rank - 1, node.output_dims().size() - 1);
  auto layer = node.layer(LayerKind::product);
  auto& product = layer.product;
  product.rows = first[first.size() - 2];
  product.inner = first.back();
  product.columns = second.back();
  product.batch = elements_ahead(output, 2);
  product.first_once = elements_ahead(first, 2) != product.batch;
  product.second_once = elements_ahead(second, 2) != product.batch;
  const bool fits = (!product.first_once || elements_ahead(first, 2) == 1) &&
                    (!product.second_once || elements_ahead(second, 2) == 1);
  if (!fits) throw NodeError("matrices that are broadcast along some axes alone");
  node.add(std::move(layer));
}

void import_matmul(NodeImport& node) {
  if (node.is_constant(1)) {
    const auto last = node.value(0).dims.size() - 1;
    return add_dense(node, 0, last, node.output_dims().size() - 1, matrix_of(node, 1, false));
  }
  if (!node.is_constant(0)) return add_product(node);
  const auto rank = node.value(1).dims.size();
  if (rank < 2) throw NodeError("expected two matrices");
  add_dense(node, 1, rank - 2, node.output_dims().size() - 2, matrix_of(node, 0, true));
}

}  // namespace

const OperatorTable& product_operators() {
  static const OperatorTable kAll = {{"Gemm", import_gemm}, {"MatMul", import_matmul}};
  return kAll;
}

}  // namespace dwmtj
