// SPDX-License-Identifier: Apache-2.0
#include "characterization/write_reset.h"

#include <memory>

#include "common/interrupt.h"

namespace dwmtj {

Measurement write_reset(const DeviceModel& model, const Sweep& sweep, Voltage reset_stop) {
  Sweep back = sweep;
  back.stop = reset_stop;
  const auto up = std::make_shared<const Staircase>(model, sweep, Phase::write);
  const auto down = std::make_shared<const Staircase>(model, back, Phase::reset);
  return [&model, sweep, up, down](std::uint64_t device, Rows rows, const RowSink& sink) {
    Specimen specimen(model, sweep.seed, device);
    specimen.device.saturate();
    for (int cycle = 0; cycle < sweep.cycles && !interrupted(); ++cycle) {
      up->climb(specimen, cycle, rows, sink);
      down->climb(specimen, cycle, rows, sink);
    }
  };
}

}  // namespace dwmtj
