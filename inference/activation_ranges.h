// SPDX-License-Identifier: Apache-2.0
// Which values a network's layers meet, measured on some images in software
// (docs/inference/activation_ranges.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inference/forward_plan.h"
#include "inference/image_source.h"
#include "inference/read_settings.h"

namespace dwmtj {

struct NamedRange {
  std::string name;
  std::int64_t weights = 0;
  LayerRange range;
};

// What columns of arrays are seen to sum.
struct CalibrationSettings {
  std::int64_t images = 500;
  std::int64_t rows = 1152;  // of an array
  int converter_bits = 8;
  std::optional<int> serial_bits;  // of inputs that are driven bit by bit; none: as one level
};

struct ActivationRanges {
  std::string network;
  std::uint64_t weights_digest = 0;  // of all weights: a calibration is of one network alone
  std::string data;
  CalibrationSettings settings;
  std::vector<NamedRange> layers;  // those with weights, in order
};

[[nodiscard]] std::uint64_t weights_digest(const Network& network);

// Ranges that make converters least wrong (mean magnitude), of those that leave out nothing, or
// 0.01, 0.1, 0.5, 1 or 2 % of the values: of inputs, of all sums of a layer, of each column.
ActivationRanges measure_ranges(const Network& network, const ForwardPlan& plan,
                                const ImageSource& source, const CalibrationSettings& settings);

}  // namespace dwmtj
