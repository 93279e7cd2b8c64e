// SPDX-License-Identifier: Apache-2.0
#include "characterization/pulse_width.h"

#include "common/interrupt.h"

namespace dwmtj {

std::vector<PulseWidthPoint> pulse_width_map(const DeviceModel& model, const Sweep& sweep,
                                             const std::vector<Time>& widths) {
  std::vector<PulseWidthPoint> points;
  const PulseShape nominal = model.parameters().operating_point.shape;
  for (const auto& width : widths) {
    const double scale = width / nominal.width;
    for (const auto& amplitude : sweep.amplitudes()) {
      if (interrupted()) return points;
      Pulse pulse = model.pad_pulse(amplitude);
      pulse.shape = {width, nominal.rise * scale, nominal.fall * scale};
      const TransitionTable table(model.switching(), pulse);  // used once: not worth caching
      for (int site = 0; site + 1 < model.sites(); ++site) {
        points.push_back({site, width, amplitude, 1.0 - table.probability(site, site)});
      }
    }
  }
  return points;
}

}  // namespace dwmtj
