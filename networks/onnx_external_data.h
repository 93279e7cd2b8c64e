// SPDX-License-Identifier: Apache-2.0
// Tensor data that a model keeps in a file beside it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace dwmtj {

struct OnnxExternalData {
  std::string location;  // relative to the model's folder
  std::string offset;    // bytes; empty: 0
  std::string length;    // bytes; empty: to the end
};

// Its bytes. Throws InputError, without the model's name, when the place is outside of the folder,
// missing or too short, or when there are more than `most` bytes.
std::string read_external_data(const std::filesystem::path& folder, const OnnxExternalData& data,
                               std::uint64_t most);

}  // namespace dwmtj
