// SPDX-License-Identifier: Apache-2.0
// Pads, track and energy. The paper's Table 1 gives 0.2 V over the track and 0.124 pJ; its figures
// apply 1.5 to 5.5 V at the pads. One ratio per device joins the two (an assumption, see docs).
#pragma once

#include "devices/pulse.h"

namespace dwmtj {

struct OperatingPoint {
  Voltage track_voltage;  // Table 1: 0.2 V
  Current track_current;  // 12.4 uA = 0.124 pJ / (0.2 V x 50 ns)
  Energy update_energy;   // Table 1: what one nominal pulse costs, 0.124 pJ
  Voltage pad_voltage;    // the amplitude at the pads that is `track_voltage` on the track
  PulseShape shape;       // the nominal pulse

  [[nodiscard]] Current current_from_pads(Voltage pads) const {
    return track_current * (pads / pad_voltage);
  }
  [[nodiscard]] Voltage pads_from_current(Current current) const {
    return pad_voltage * (current / track_current);
  }
  [[nodiscard]] Voltage track_from_current(Current current) const {
    return track_voltage * (current / track_current);
  }

  // Ohmic energy in the track: the nominal pulse costs exactly `update_energy`, any other scales
  // with the integral of its squared waveform.
  [[nodiscard]] Energy pulse_energy(const Pulse& pulse) const {
    const double amplitude = pulse.amplitude / track_current;
    return update_energy * amplitude * amplitude *
           (pulse.shape.squared_integral() / shape.squared_integral());
  }
  // The same current drawn from the pads' voltage: what the instrument spends. Never in an
  // estimate.
  [[nodiscard]] Energy pad_energy(const Pulse& pulse) const {
    return pulse_energy(pulse) * (pad_voltage / track_voltage);
  }
};

}  // namespace dwmtj
