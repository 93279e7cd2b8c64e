// SPDX-License-Identifier: Apache-2.0
#include "app/pulse_lines.h"

#include <fmt/format.h>

#include "devices/measured_pulses.h"

namespace dwmtj {

std::vector<std::string> describe_pulses(const DeviceModel& model) {
  const auto& pulses = *model.parameters().pulses;
  const auto& readout = model.readout();
  const int last = model.sites() - 1;
  const Conductance range = readout.level_conductance(last) - readout.level_conductance(0);
  std::vector<std::string> lines = {fmt::format(
      "{} levels from {} to {}, {} apart; pulses of {} at {}, edges {} and {}", model.sites(),
      format_quantity(readout.level_conductance(0)),
      format_quantity(readout.level_conductance(last)),
      format_quantity(range / static_cast<double>(last)),
      format_quantity(pulses.up.front().pulse.shape.width), format_quantity(pulses.temperature),
      format_quantity(pulses.up.front().pulse.shape.rise),
      format_quantity(pulses.up.front().pulse.shape.fall))};
  const auto share = [&](double siemens) { return 100.0 * siemens / in_si(range); };
  for (const auto* const side : {&pulses.up, &pulses.down}) {
    for (const auto& pulse : *side) {
      lines.push_back(fmt::format(
          "{}, {}: {}; on these levels its mean is off by {:.2g} %, its deviation by {:.2g} % of "
          "the range at most",
          pulse.amplitude, format_quantity(pulse.energy), pulse.origin, share(pulse.error.mean),
          share(pulse.error.deviation)));
    }
  }
  return lines;
}

}  // namespace dwmtj
