// SPDX-License-Identifier: Apache-2.0
// What `dwmtj infer` is asked for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "app/data_arguments.h"
#include "app/onnx_argument.h"
#include "inference/study_options.h"

namespace dwmtj {

struct InferOptions {
  OnnxArgument network;
  std::string architecture;            // empty: none
  std::vector<std::string> overrides;  // "core.rows=64"; of the device where there is none
  DataArguments data;
  StudyOptions study;
  std::optional<int> converter_bits;
  std::string out;
  bool resume = false;
  std::string save_calibration;
  bool figures = true;
  int threads = 1;
  std::vector<const CLI::Option*> of_devices;  // that change nothing without any
};

void add_infer_options(CLI::App& command, InferOptions& options);

// Throws InputError: options that do not go together.
void require_sensible(const InferOptions& given);

}  // namespace dwmtj
