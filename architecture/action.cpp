// SPDX-License-Identifier: Apache-2.0
#include "architecture/action.h"

#include <array>

namespace dwmtj {
namespace {

constexpr std::array kActionNames = {"row_drive",
                                     "array_read",
                                     "sample",
                                     "conversion",
                                     "decision",
                                     "shift_add",
                                     "input_register_byte",
                                     "output_register_byte",
                                     "buffer_read_byte",
                                     "buffer_write_byte",
                                     "bus_byte",
                                     "digital_op",
                                     "router_bit",
                                     "link_bit",
                                     "cycle"};
static_assert(kActionNames.size() == kActions, "a name an Action");

}  // namespace

const std::vector<std::string>& action_names() {
  static const std::vector<std::string> kAll(kActionNames.begin(), kActionNames.end());
  return kAll;
}

const std::string& name_of(Action action) {
  return action_names()[static_cast<std::size_t>(action)];
}

}  // namespace dwmtj
