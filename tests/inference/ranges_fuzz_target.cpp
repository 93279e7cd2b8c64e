// SPDX-License-Identifier: Apache-2.0
#include "tests/inference/ranges_fuzz_target.h"

#include "common/input_error.h"
#include "inference/activation_ranges.h"
#include "inference/ranges_file.h"
#include "tests/inference/networks.h"
#include "tests/support/require.h"

namespace dwmtj {
namespace {

constexpr std::int64_t kRows = 20;

using test::require;

const Network& network() {
  static const Network kNetwork = small_perceptron();
  return kNetwork;
}

}  // namespace

std::string sound_ranges() {
  const auto data = random_images(20, {1, 6, 6}, 4);
  const ImageSource source(data, network().layers[0], {});
  return ranges_json(
      measure_ranges(network(), plan_forward(network()), source, {20, kRows, 8, std::nullopt}));
}

void fuzz_ranges(const std::string& bytes) {
  try {
    for (const auto& layer : parse_ranges("file", bytes, network(), kRows, std::nullopt).layers) {
      require(layer.range.input_high > layer.range.input_low, "inputs from high to low");
      for (const auto& column : layer.range.columns) {
        require(column.high > column.low, "a column from high to low");
      }
    }
  } catch (const InputError& error) {
    const std::string message = error.what();
    require(!message.empty() && message.find('\n') == std::string::npos, "not one line");
  }
}

}  // namespace dwmtj
