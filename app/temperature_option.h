// SPDX-License-Identifier: Apache-2.0
// The range of --temperature, the same for all commands: the law is made for 4 K to 400 K, and
// nothing breaks somewhat beyond.
#pragma once

#include "common/input_error.h"
#include "common/units.h"

namespace dwmtj {

// Throws InputError.
inline void check_temperature(Temperature temperature) {
  if (temperature >= 1.0 * si::kelvin && temperature <= 1000.0 * si::kelvin) return;
  throw InputError("--temperature: expected 1 K to 1000 K");
}

}  // namespace dwmtj
