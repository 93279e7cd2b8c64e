// SPDX-License-Identifier: Apache-2.0
#include "characterization/write_reset.h"

namespace dwmtj {

DeviceRecord measure_write_reset(const DeviceModel& model, const Sweep& sweep, Voltage reset_stop,
                                 std::uint64_t device) {
  Sweep back = sweep;
  back.stop = reset_stop;
  DwMtj synapse(model, sweep.seed, device);
  Instrument instrument(sweep.seed, device);
  DeviceRecord record;
  const auto climb = [&](int cycle, Phase phase, const std::vector<Voltage>& amplitudes) {
    const double sign = phase == Phase::write ? 1.0 : -1.0;
    int pulse = 0;
    const auto note = [&](Voltage amplitude) {
      record.push_back({device, cycle, phase, pulse++, in_si(amplitude), synapse.site(),
                        instrument.read(synapse)});
    };
    note(sign * sweep.start);
    for (const auto& amplitude : amplitudes) {
      synapse.apply(model.pad_pulse(sign * amplitude));
      note(sign * amplitude);
    }
  };
  synapse.saturate();
  for (int cycle = 0; cycle < sweep.cycles; ++cycle) {
    climb(cycle, Phase::write, sweep.amplitudes());
    climb(cycle, Phase::reset, back.amplitudes());
  }
  return record;
}

}  // namespace dwmtj
