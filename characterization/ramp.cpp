// SPDX-License-Identifier: Apache-2.0
#include "characterization/ramp.h"

#include <memory>

#include "common/interrupt.h"

namespace dwmtj {

Measurement ramp(const DeviceModel& model, const Sweep& sweep) {
  const auto up = std::make_shared<const Staircase>(model, sweep, Phase::write);
  return [&model, sweep, up](std::uint64_t device, Rows rows, const RowSink& sink) {
    Specimen specimen(model, sweep.seed, device);
    for (int cycle = 0; cycle < sweep.cycles && !interrupted(); ++cycle) {
      specimen.device.saturate();
      up->climb(specimen, cycle, rows, sink);
    }
  };
}

}  // namespace dwmtj
