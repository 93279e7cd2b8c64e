// SPDX-License-Identifier: Apache-2.0
// The labelled images of a command: --data, --split, --mean and --std.
#pragma once

#include <string>

#include <CLI/App.hpp>

#include "inference/image_source.h"

namespace dwmtj {

constexpr long kMostLabelledImages = 1'000'000'000;

struct DataArguments {
  std::string folder;
  Split split = Split::test;
  PixelNormalisation normalisation;
};

void add_data_arguments(CLI::App& command, DataArguments& arguments);
// Where the images of `network` go in. Throws InputError: there is no such layer.
const Layer& input_of(const Network& network);

}  // namespace dwmtj
