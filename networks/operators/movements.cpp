// SPDX-License-Identifier: Apache-2.0
// Values that move, or only seem to.
#include <algorithm>

#include <fmt/format.h>

#include "networks/onnx_constants.h"
#include "networks/operators/attributes.h"
#include "networks/operators/operator_table.h"
#include "networks/value_order.h"

namespace dwmtj {
namespace {

void pass(NodeImport& node) { node.pass(); }

void import_rearranged(NodeImport& node, std::size_t output = 0) {
  auto layer = node.layer(LayerKind::rearrange, output);
  layer.sources = {moved_values(node, output)};
  node.add(std::move(layer), output);
}

// As when only axes of one element move.
bool keeps_order(const Dims& dims, const Dims& perm) {
  std::int64_t last = -1;
  for (const auto axis : perm) {
    if (dims[axis_of(axis, dims.size())] == 1) continue;
    if (axis < last) return false;
    last = axis;
  }
  return true;
}

void import_transpose(NodeImport& node) {
  const auto& dims = node.value(0).dims;
  auto perm = node.node().get<Dims>("perm", {});
  for (std::size_t i = perm.empty() ? dims.size() : 0; i > 0;) {
    perm.push_back(static_cast<std::int64_t>(--i));
  }
  if (perm.size() != dims.size()) throw NodeError("perm: expected all axes");
  if (keeps_order(dims, perm)) return node.pass();
  const auto channels = node.value(0).channel_axis;
  for (std::size_t i = 0; i < perm.size(); ++i) {
    if (axis_of(perm[i], dims.size()) == channels) node.set_channel_axis(channels, i);
  }
  import_rearranged(node);
}

void import_part(NodeImport& node) {
  const auto& input = node.value(0);
  if (node.outputs() == 1 && input.dims == node.output_dims()) return node.pass();
  for (std::size_t i = 0; i < node.outputs(); ++i) import_rearranged(node, i);
}

// The order of the values: a gather may keep the shape and still shuffle.
void import_gather(NodeImport& node) {
  static_cast<void>(node.constant(1));
  import_rearranged(node);
}

void import_concat(NodeImport& node) {
  for (std::size_t i = 0; i < node.inputs(); ++i) static_cast<void>(node.value(i));
  const auto& dims = node.output_dims();
  auto layer = node.layer(LayerKind::concat);
  layer.axis = axis_extent(dims, axis_of(node.node().get<std::int64_t>("axis", 1), dims.size()));
  node.add(std::move(layer));
}

// Zeros around the image are noted in the window, for a convolution to take over.
void import_pad(NodeImport& node) {
  const auto rank = node.value(0).dims.size();
  const auto pads = pads_of(node);
  if (pads.size() != 2 * rank) throw NodeError(fmt::format("pads: expected {} numbers", 2 * rank));
  for (const auto pad : pads) {
    if (pad < -kMostElements || pad > kMostElements) throw NodeError("pads: absurd numbers");
  }
  if (std::all_of(pads.begin(), pads.end(), [](auto pad) { return pad == 0; })) return node.pass();
  auto layer = node.layer(LayerKind::rearrange);
  layer.sources = {moved_values(node, 0)};
  layer.parameters = {limit_of(node, 2, "value", 0.0F)};
  const bool zeros =
      node.node().get<std::string>("mode", "constant") == "constant" && layer.parameters[0] == 0.0F;
  const bool outside = pads[0] == 0 && pads[1] == 0 && pads[rank] == 0 && pads[rank + 1] == 0 &&
                       *std::min_element(pads.begin(), pads.end()) >= 0;
  if (zeros && outside && (rank == 3 || rank == 4)) {
    const bool flat = rank == 3;
    layer.window.pad_before = {flat ? 0 : pads[2], pads[rank - 1], 0};
    layer.window.pad_after = {flat ? 0 : pads[rank + 2], pads[2 * rank - 1], 0};
  }
  node.add(std::move(layer));
}

}  // namespace

const OperatorTable& movement_operators() {
  static const OperatorTable kAll = {{"Identity", pass},
                                     {"Dropout", pass},
                                     {"Cast", pass},
                                     {"Flatten", pass},
                                     {"Reshape", pass},
                                     {"Squeeze", pass},
                                     {"Unsqueeze", pass},
                                     {"Transpose", import_transpose},
                                     {"Slice", import_part},
                                     {"Split", import_part},
                                     {"Expand", import_part},
                                     {"Gather", import_gather},
                                     {"Concat", import_concat},
                                     {"Pad", import_pad}};
  return kAll;
}

}  // namespace dwmtj
