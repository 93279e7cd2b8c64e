// SPDX-License-Identifier: Apache-2.0
// Reads a network from an ONNX file, as PyTorch and others export it
// (docs/networks/onnx_reader.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "networks/network.h"

namespace dwmtj {

struct OnnxOptions {
  // The shape of an input, batch axis included, by its name: for files that leave sizes open. An
  // open batch axis needs none: it is 1.
  std::map<std::string, std::vector<std::int64_t>> shapes;
};

// Throws InputError: file: what was expected. All operators that are not supported are named at
// once, with their nodes.
Network load_onnx(const std::filesystem::path& file, const OnnxOptions& options = {});

}  // namespace dwmtj
