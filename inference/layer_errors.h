// SPDX-License-Identifier: Apache-2.0
// How far the products of layers on devices are off those in software, each layer given what it
// gets there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inference/classification.h"
#include "inference/tile_pass.h"

namespace dwmtj {

struct LayerError {
  std::string name;
  std::int64_t weights = 0;
  std::int64_t clipped = 0;
  double limit = 0;              // the largest weight
  double signal = 0;             // sum of squares of the exact products
  double error = 0;              // and of their errors
  std::optional<Share> alone{};  // accuracy with this layer on devices, the others in software

  [[nodiscard]] double signal_to_error_db() const;
};

// A network in software, and the first of some images.
struct SoftwareRun {
  const ForwardPlan& plan;
  const ForwardPass<float>::Products& exact;
  const ImageSource& source;
  std::int64_t images;
};

// Adds to signal and error of `layers`: those with weights, in order.
template <typename Number>
void add_layer_errors(const SoftwareRun& run,
                      const std::vector<std::shared_ptr<const Product<Number>>>& products,
                      std::vector<LayerError>& layers);
void add_layer_errors(const SoftwareRun& run, TilePass& tiles, std::vector<LayerError>& layers);

extern template void add_layer_errors(const SoftwareRun&, const ForwardPass<float>::Products&,
                                      std::vector<LayerError>&);
extern template void add_layer_errors(const SoftwareRun&, const ForwardPass<Fixed>::Products&,
                                      std::vector<LayerError>&);

}  // namespace dwmtj
