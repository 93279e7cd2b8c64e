// SPDX-License-Identifier: Apache-2.0
#include "devices/retention.h"

#include <cmath>

namespace dwmtj {

double leaving_probability(const SwitchingLaw& law, int site, Time time, Current current,
                           Field bias) {
  const double rate = law.escape_rate(site, Direction::forward, current, bias) +
                      law.escape_rate(site, Direction::reverse, current, bias);
  return -std::expm1(-rate * in_si(time));
}

}  // namespace dwmtj
