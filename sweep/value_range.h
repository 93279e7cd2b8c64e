// SPDX-License-Identifier: Apache-2.0
// The values between two ends, in the unit that the first is written in.
#pragma once

#include <string>
#include <vector>

#include "common/parameter_file.h"

namespace dwmtj {

class ValueRange {
 public:
  // {from, to} with `scale: log` or `whole: true` if wanted. Throws InputError.
  explicit ValueRange(const ParameterNode& node);

  // As `by`, `times` or `points` of the node say, from the first end on, never beyond the second.
  [[nodiscard]] std::vector<std::string> steps(const ParameterNode& node) const;
  // At a share (0 to 1) of the way.
  [[nodiscard]] std::string at(double share) const;

 private:
  [[nodiscard]] std::string text(double value) const;
  [[nodiscard]] std::vector<std::string> by_steps(const ParameterNode& node) const;
  [[nodiscard]] std::vector<std::string> by_factor(const ParameterNode& node) const;

  double from_, to_;  // in `unit_`
  std::string unit_;
  bool logarithmic_ = false;
  bool whole_ = false;
};

}  // namespace dwmtj
