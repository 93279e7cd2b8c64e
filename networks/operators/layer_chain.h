// SPDX-License-Identifier: Apache-2.0
// Several layers that are one node together.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "networks/onnx_values.h"

namespace dwmtj {

class LayerChain {
 public:
  explicit LayerChain(NodeImport& node) : node_(node) {}

  // Each adds a layer and returns it. Values have the node's output shape, or what a mean before
  // them has left.
  std::size_t function(std::size_t of, Activation function, std::vector<float> parameters = {});
  std::size_t scale(std::size_t of, std::vector<float> factor, std::vector<float> offset);
  std::size_t scale(std::size_t of, float factor, float offset) {
    return scale(of, std::vector<float>{factor}, std::vector<float>{offset});
  }
  // Of two, the second perhaps a mean over `along`.
  std::size_t combine(LayerKind kind, std::size_t a, std::size_t b,
                      const AxisExtent* along = nullptr);
  std::size_t mean(std::size_t of, AxisExtent axis);

  // Less its mean, over its deviation.
  std::size_t standardised(std::size_t of, AxisExtent axis, float epsilon);

 private:
  [[nodiscard]] Layer of_one(LayerKind kind, std::size_t of) const;
  std::size_t add(Layer layer, const std::string& what);

  NodeImport& node_;
  int added_ = 0;
  // Of the chain's own layers, where it is not the output's.
  struct Left {
    TensorShape shape;
    std::int64_t stride = 0;
  };
  std::map<std::size_t, Left> left_;
};

// The values that a mean over `axis` leaves, each where it came from.
[[nodiscard]] IndexMap spread_along(AxisExtent axis, std::int64_t elements);

}  // namespace dwmtj
