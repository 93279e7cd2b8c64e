// SPDX-License-Identifier: Apache-2.0
// What each core must be sent of the results of a stage: the positions that its windows compute
// with, and of each the channels that its rows multiply.
#pragma once

#include <cstddef>
#include <map>

#include "deployment/plan.h"

namespace dwmtj {

struct Intake {
  IndexSet positions;  // of an image
  IndexSet channels;   // the same of all these positions
};

// By core.
std::map<int, Intake> intakes_of(const Plan& plan, std::size_t stage);

}  // namespace dwmtj
