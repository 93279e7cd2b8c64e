// SPDX-License-Identifier: Apache-2.0
#include "app/onnx_argument.h"

#include <charconv>
#include <map>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "common/input_error.h"
#include "common/input_log.h"
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

// A sweep reads the network of its points once, before the processes that run them are made.
Network load_network(const OnnxArgument& argument) {
  static std::map<std::string, Network> known;
  note_input(argument.network);
  OnnxOptions options;
  auto key = argument.network;
  for (const auto& text : argument.shapes) {
    key += '\0' + text;
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0) refuse_shape(text);
    options.shapes[text.substr(0, equals)] = parse_sizes(text, equals + 1);
  }
  const auto found = known.find(key);
  if (found != known.end()) return found->second;
  return known.emplace(key, load_onnx(argument.network, options)).first->second;
}

}  // namespace dwmtj
