// SPDX-License-Identifier: Apache-2.0
// What a core does, in units that a simulation can count and a publication can price.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace dwmtj {

enum class Action {
  row_drive,             // one row, for one input step
  array_read,            // one array, for one step
  sample,                // one column, for one step
  conversion,            // one column by an ADC, for one step
  decision,              // one pair of columns by a comparator, for one step
  shift_add,             // one converted value into its sum
  input_register_byte,   // into the row drivers
  output_register_byte,  // of results
  buffer_read_byte,
  buffer_write_byte,
  bus_byte,    // between the buffer and the arrays
  digital_op,  // on one result: activation, pooling
  router_bit,  // through one router
  link_bit,    // off the chip
  cycle,       // one busy clock cycle of a controller
  count_of_actions
};

inline constexpr std::size_t kActions = static_cast<std::size_t>(Action::count_of_actions);

// The names as they stand in files, in order.
const std::vector<std::string>& action_names();
const std::string& name_of(Action action);

// A number for each action: how often a second it can happen at most, or what it costs.
class ActionTable {
 public:
  [[nodiscard]] double& operator[](Action action) {
    return values_[static_cast<std::size_t>(action)];
  }
  [[nodiscard]] double operator[](Action action) const {
    return values_[static_cast<std::size_t>(action)];
  }

 private:
  std::array<double, kActions> values_{};
};

}  // namespace dwmtj
