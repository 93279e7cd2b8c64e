// SPDX-License-Identifier: Apache-2.0
// k T, what thermal noise follows from.
#pragma once

#include "common/units.h"

namespace dwmtj {

// J
inline double thermal_energy(Temperature temperature) {
  return 1.380649e-23 * in_si(temperature);  // Boltzmann's constant, exact by definition
}

}  // namespace dwmtj
