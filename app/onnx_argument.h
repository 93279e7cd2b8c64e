// SPDX-License-Identifier: Apache-2.0
// The network of a command: an ONNX file, and shapes that it leaves open.
#pragma once

#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "networks/network.h"

namespace dwmtj {

struct OnnxArgument {
  std::string network;
  std::vector<std::string> shapes;  // "input=1,3,224,224"
};

void add_onnx_argument(CLI::App& command, OnnxArgument& argument);
// Throws InputError.
Network load_network(const OnnxArgument& argument);

}  // namespace dwmtj
