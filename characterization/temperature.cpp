// SPDX-License-Identifier: Apache-2.0
#include "characterization/temperature.h"

#include "characterization/retention_curve.h"
#include "common/interrupt.h"
#include "devices/retention.h"

namespace dwmtj {

std::vector<TemperaturePoint> temperature_map(const DeviceParameters& parameters,
                                              const std::vector<Temperature>& temperatures) {
  std::vector<TemperaturePoint> points;
  const int last = static_cast<int>(parameters.sites.size()) - 1;
  for (const auto& temperature : temperatures) {
    const SwitchingLaw law(parameters, temperature);
    const auto add = [&](Phase phase, long cycles, int first, int end) {
      if (interrupted()) return;
      const auto sites =
          expected_switchings(parameters, phase, static_cast<int>(cycles), temperature);
      for (int site = first; site < end; ++site) {
        points.push_back({temperature, site, phase, sites[static_cast<std::size_t>(site)],
                          leaving_probability(law, site, kTenYears, 0.0 * si::amperes,
                                              parameters.pinning.compensation_field)});
      }
    };
    add(Phase::write, parameters.protocol.ramp_cycles, 0, last);
    add(Phase::reset, parameters.protocol.reset_cycles, last, last + 1);
  }
  return points;
}

}  // namespace dwmtj
