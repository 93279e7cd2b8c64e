// SPDX-License-Identifier: Apache-2.0
// What a person asks of single layers, in a file (format: docs/deployment/layer_choices.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace dwmtj {

struct LayerChoice {
  std::optional<int> bits;             // of a weight
  std::optional<std::int64_t> copies;  // of the layer
};

using LayerChoices = std::map<std::string, LayerChoice>;  // by name

// Throws InputError: file:line, key, what was expected.
LayerChoices load_layer_choices(const std::filesystem::path& file);

}  // namespace dwmtj
