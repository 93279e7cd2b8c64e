// SPDX-License-Identifier: Apache-2.0
#include "common/picoseconds.h"

#include <cmath>

#include <fmt/format.h>

#include "common/input_error.h"
#include "common/quantity_text.h"

namespace dwmtj {

void fail_after_the_last_picosecond() {
  throw InputError("simulated time would go beyond 106 days, the most that can be counted");
}

Picoseconds to_picoseconds(Time time) {
  const double picoseconds = in_si(time) * 1e12;
  if (!(std::abs(picoseconds) <= static_cast<double>(kLongestDuration))) {
    throw InputError(fmt::format("{} is longer than {}, the most of one simulated time",
                                 format_quantity(time),
                                 format_quantity(to_time(kLongestDuration))));
  }
  return static_cast<Picoseconds>(std::llround(picoseconds));
}

void check_duration(Time time) {
  const double picoseconds = in_si(time) * 1e12;
  constexpr double kPicosecond = 1.0 - 1e-9;  // 1 ps, as a double that was computed
  const bool fine = picoseconds == 0.0 || (picoseconds >= kPicosecond &&
                                           picoseconds <= static_cast<double>(kLongestDuration));
  if (fine) return;
  throw InputError(fmt::format("{} is not 0 s, nor from 1 ps to {}", format_quantity(time),
                               format_quantity(to_time(kLongestDuration))));
}

}  // namespace dwmtj
