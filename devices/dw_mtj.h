// SPDX-License-Identifier: Apache-2.0
// One synapse device: a passive object with state and law, and no clock.
#pragma once

#include <cstdint>

#include "devices/device_model.h"

namespace dwmtj {

// All a device remembers. Its resistance follows from these and (seed, index).
struct DeviceState {
  std::uint8_t site = 0;
  std::uint32_t draws = 0;    // how many draws this device has made
  std::uint32_t arrival = 0;  // the draw with which the wall came to its site
};

inline bool operator==(const DeviceState& a, const DeviceState& b) {
  return a.site == b.site && a.draws == b.draws && a.arrival == b.arrival;
}

// What one pulse did.
struct PulseResult {
  int from;
  int to;
  Draw draw;  // for TransitionTable::motion
};

class DwMtj {
 public:
  // `index` numbers the device within the simulation: its own stream of draws.
  DwMtj(const DeviceModel& model, std::uint64_t seed, std::uint64_t index)
      : model_(&model),
        seed_(seed),
        index_(index),
        traits_(model.variation().traits(seed, index)) {}

  // Puts the wall to the start by a saturating field: a new visit of site 0.
  void saturate();
  PulseResult apply(const TransitionTable& table);
  // Pulses that surely leave the wall where it is: their draws are counted, not made.
  void sit_through(std::uint32_t pulses) { state_.draws += pulses; }
  PulseResult apply(const Pulse& pulse) { return apply(model_->table(pulse, traits_.grade)); }

  [[nodiscard]] int site() const { return state_.site; }
  [[nodiscard]] Resistance resistance() const;
  [[nodiscard]] const DeviceState& state() const { return state_; }
  [[nodiscard]] const DeviceModel& model() const { return *model_; }

 private:
  const DeviceModel* model_;
  std::uint64_t seed_;
  std::uint64_t index_;
  DeviceTraits traits_;
  DeviceState state_;
};

}  // namespace dwmtj
