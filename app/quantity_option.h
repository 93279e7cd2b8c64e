// SPDX-License-Identifier: Apache-2.0
// Command-line options with a unit: --step 0.05V, --temperature "350 K".
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "common/quantity_text.h"

namespace dwmtj {

CLI::Option* add_quantity_option(CLI::App& command, const std::string& name, Dimension dimension,
                                 std::function<void(double)> set, const std::string& description);

// An option that sets `target`, of any quantity type.
template <typename Quantity>
CLI::Option* add_quantity(CLI::App& command, const std::string& name, Quantity& target,
                          const std::string& description) {
  return add_quantity_option(
      command, name, kDimensionOf<Quantity>,
      [&target](double value) { target = from_si<Quantity>(value); }, description);
}

// Throws InputError that names the option.
double parse_option(const std::string& name, const std::string& text, Dimension dimension);

// A comma-separated list, as it was given to the option `name`.
template <typename Quantity>
std::vector<Quantity> parse_list(const std::string& name, const std::string& text) {
  std::vector<Quantity> result;
  for (std::size_t start = 0; start <= text.size();) {
    const auto comma = std::min(text.find(',', start), text.size());
    result.push_back(from_si<Quantity>(
        parse_option(name, text.substr(start, comma - start), kDimensionOf<Quantity>)));
    start = comma + 1;
  }
  return result;
}

}  // namespace dwmtj
