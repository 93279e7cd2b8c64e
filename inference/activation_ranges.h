// SPDX-License-Identifier: Apache-2.0
// Which values a network's layers meet: measured on some images in software, kept in a file, and
// read by later runs (docs/inference/activation_ranges.md).
#pragma once

#include <cstdint>
#include <filesystem>
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

struct ActivationRanges {
  std::string network;
  std::uint64_t weights_digest = 0;  // of all weights: a calibration is of one network alone
  std::string data;
  std::int64_t images = 0;
  std::int64_t rows = 0;           // of the arrays whose sums were looked at
  std::vector<NamedRange> layers;  // those with weights, in order
};

// Ranges that make converters of `bits` least wrong (mean magnitude), of those that leave out
// nothing, or 0.01, 0.1, 0.5, 1 or 2 % of the values.
ActivationRanges measure_ranges(const Network& network, const ForwardPlan& plan,
                                const ImageSource& source, std::int64_t images, std::int64_t rows,
                                int bits);

std::string ranges_json(const ActivationRanges& calibration);
// Throws InputError: file: no calibration, one of another network, or of other arrays.
ActivationRanges load_ranges(const std::filesystem::path& file, const Network& network,
                             std::int64_t rows);

}  // namespace dwmtj
