// SPDX-License-Identifier: Apache-2.0
#include "devices/measured_pulses.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/quantity_text.h"

namespace dwmtj {
namespace {

constexpr double kSame = 1e-9;  // of a value: what rounding of codes and units makes of it

bool alike(double a, double b) { return std::abs(a - b) <= kSame * std::abs(b); }

bool alike(const Pulse& a, const Pulse& b) {
  return alike(in_si(a.amplitude), in_si(b.amplitude)) &&
         alike(in_si(a.shape.width), in_si(b.shape.width)) &&
         alike(in_si(a.shape.foot_to_foot()), in_si(b.shape.foot_to_foot()));
}

}  // namespace

const MeasuredPulse* MeasuredPulses::find(const Pulse& pulse) const {
  for (const auto* const pulses : {&up, &down}) {
    const auto found = std::find_if(pulses->begin(), pulses->end(), [&](const auto& measured) {
      return alike(pulse, measured.pulse);
    });
    if (found != pulses->end()) return &*found;
  }
  return nullptr;
}

std::string MeasuredPulses::names() const {
  std::vector<std::string> names;
  for (const auto* const pulses : {&up, &down}) {
    for (const auto& measured : *pulses) {
      const auto current = format_quantity(measured.pulse.amplitude);
      names.push_back(measured.amplitude == current
                          ? current
                          : fmt::format("{} ({})", measured.amplitude, current));
    }
  }
  return fmt::format("{} for {} at {}", fmt::join(names, ", "),
                     format_quantity(up.front().pulse.shape.width), format_quantity(temperature));
}

}  // namespace dwmtj
