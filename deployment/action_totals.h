// SPDX-License-Identifier: Apache-2.0
// How often an image asks for each action: what there is to pay for, priced or not.
#pragma once

#include <string>
#include <vector>

#include "deployment/mapped_network.h"

namespace dwmtj {

// On all cores, and over the links off the chip; without what messages do to buffers.
[[nodiscard]] ActionTable actions_of_image(const MappedNetwork& mapped);

struct UnpricedAction {
  Action action;
  double count;  // of an image
};
// That no component of the architecture prices: they cost nothing, and whoever shows a total says
// so.
[[nodiscard]] std::vector<UnpricedAction> unpriced_actions(const MappedNetwork& mapped);

// "digital_op (1.2e+04 an image), link_bit (...)"; empty: all are priced.
[[nodiscard]] std::string unpriced_text(const MappedNetwork& mapped);

}  // namespace dwmtj
