// SPDX-License-Identifier: Apache-2.0
#include "app/network_argument.h"

#include <charconv>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "common/input_error.h"
#include "networks/onnx_reader.h"

namespace dwmtj {
namespace {

[[noreturn]] void refuse_shape(const std::string& text) {
  throw InputError(
      fmt::format("--shape: '{}': expected NAME=SIZES, such as input=1,3,224,224", text));
}

std::vector<std::int64_t> parse_sizes(const std::string& text, std::size_t start) {
  std::vector<std::int64_t> sizes;
  const char* at = text.data() + start;
  const char* const end = text.data() + text.size();
  for (;;) {
    std::int64_t size = 0;
    const auto [behind, error] = std::from_chars(at, end, size);
    if (error != std::errc{} || size < 1) refuse_shape(text);
    sizes.push_back(size);
    if (behind == end) return sizes;
    if (*behind != ',') refuse_shape(text);
    at = behind + 1;
  }
}

Network load_network(const NetworkArgument& argument) {
  OnnxOptions options;
  for (const auto& text : argument.shapes) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0) refuse_shape(text);
    options.shapes[text.substr(0, equals)] = parse_sizes(text, equals + 1);
  }
  return load_onnx(argument.network, options);
}

}  // namespace

void add_network_argument(CLI::App& command, NetworkArgument& argument) {
  command.add_option("network", argument.network, "An ONNX file")->required();
  command
      .add_option("--arch", argument.architecture, "An architecture of the catalog or a .yaml file")
      ->required();
  command.add_option("--shape", argument.shapes,
                     "NAME=SIZES of an input that the file leaves open: input=1,3,224,224");
}

void add_cell_options(CLI::App& command, MappingChoices& choices) {
  command.add_option("--bits", choices.bits, "Of a weight [as the core says]")
      ->check(CLI::Range(2, 16));
  command.add_option("--tile", choices.tile,
                     "A tile of the catalog or a .yaml file: its device holds the weights");
  command.add_flag_callback(
      "--no-copies", [&choices] { choices.replicate = false; },
      "Do not replicate layers on arrays left over");
  command
      .add_option("--activation-bits", choices.activation_bits,
                  "Of a value between layers [as the core's inputs]")
      ->check(CLI::Range(1, 32));
}

MappedNetwork map_argument(const NetworkArgument& argument, const MappingChoices& choices) {
  auto architecture = Architecture::load(find_architecture(argument.architecture));
  return map_onto(load_network(argument), std::move(architecture), choices);
}

}  // namespace dwmtj
