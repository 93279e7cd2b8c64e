// SPDX-License-Identifier: Apache-2.0
// The ranges of a network's layers in a file, for later runs.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "inference/activation_ranges.h"

namespace dwmtj {

std::string ranges_json(const ActivationRanges& calibration);
// Throws InputError: file: no calibration, one of another network, of other arrays, or of inputs
// that are driven otherwise.
ActivationRanges load_ranges(const std::filesystem::path& file, const Network& network,
                             std::int64_t rows, std::optional<int> serial_bits);
// The same of a text that stands in `file`.
ActivationRanges parse_ranges(const std::filesystem::path& file, const std::string& text,
                              const Network& network, std::int64_t rows,
                              std::optional<int> serial_bits);

}  // namespace dwmtj
