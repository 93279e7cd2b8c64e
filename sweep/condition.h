// SPDX-License-Identifier: Apache-2.0
// Which combinations of a sweep are wanted: expressions of SQL over its columns, such as
// "rows * columns <= 65536 and device <> 'straight'".
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sweep/axis.h"

namespace dwmtj {

class Condition {
 public:
  // The text of `node` over columns of these names. Throws InputError.
  Condition(const ParameterNode& node, const std::vector<std::string>& names);
  ~Condition();
  Condition(const Condition&) = delete;
  Condition& operator=(const Condition&) = delete;

  [[nodiscard]] bool holds(const std::vector<const AxisValue*>& values);

 private:
  struct Database;
  std::unique_ptr<Database> database_;
};

}  // namespace dwmtj
