// SPDX-License-Identifier: Apache-2.0
#include "app/onnx_argument.h"

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

}  // namespace

void add_onnx_argument(CLI::App& command, OnnxArgument& argument) {
  command.add_option("network", argument.network, "An ONNX file")->required();
  command.add_option("--shape", argument.shapes,
                     "NAME=SIZES of an input that the file leaves open: input=1,3,224,224");
}

Network load_network(const OnnxArgument& argument) {
  OnnxOptions options;
  for (const auto& text : argument.shapes) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0) refuse_shape(text);
    options.shapes[text.substr(0, equals)] = parse_sizes(text, equals + 1);
  }
  return load_onnx(argument.network, options);
}

}  // namespace dwmtj
