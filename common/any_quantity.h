// SPDX-License-Identifier: Apache-2.0
// Quantities whose kind nobody has said: of the values that a sweep goes through.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dwmtj {

// "50 ns" is 50 of "ns", which is 5e-8 of "s".
struct AnyQuantity {
  double number;
  std::string unit;  // as written
  double value;      // SI
  std::string base;  // the SI unit; none for numbers and %
};

// Empty for other text.
std::optional<AnyQuantity> read_quantity(std::string_view text);

}  // namespace dwmtj
