// SPDX-License-Identifier: Apache-2.0
#include "characterization/ramp.h"

namespace dwmtj {

DeviceRecord measure_ramp(const DeviceModel& model, const Sweep& sweep, std::uint64_t device) {
  const auto amplitudes = sweep.amplitudes();
  DwMtj synapse(model, sweep.seed, device);
  Instrument instrument(sweep.seed, device);
  DeviceRecord record;
  for (int cycle = 0; cycle < sweep.cycles; ++cycle) {
    synapse.saturate();
    int pulse = 0;
    const auto note = [&](Voltage amplitude) {
      record.push_back({device, cycle, Phase::write, pulse++, in_si(amplitude), synapse.site(),
                        instrument.read(synapse)});
    };
    note(sweep.start);
    for (const auto& amplitude : amplitudes) {
      synapse.apply(model.pad_pulse(amplitude));
      note(amplitude);
    }
  }
  return record;
}

}  // namespace dwmtj
