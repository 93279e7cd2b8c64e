// SPDX-License-Identifier: Apache-2.0
// One row of a measurement: what a pulse of a sweep left behind.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "common/random_stream.h"
#include "devices/dw_mtj.h"

namespace dwmtj {

enum class Phase : std::uint8_t { write, reset };

struct PulseRecord {
  std::uint64_t device;
  int cycle;
  Phase phase;
  int pulse;          // within the phase; 0 is the state before the first pulse
  double voltage;     // V at the pads
  int site;           // after the pulse
  double resistance;  // ohm, as the instrument reads it
};

// Which rows a measurement hands on: each, or the first of a phase and those of pulses that moved
// the wall. All that is counted follows from the latter, which cost a hundredth.
enum class Rows : std::uint8_t { all, changes };
using RowSink = std::function<void(const PulseRecord&)>;

// Measures one device from its first draw on; stops early when the run is interrupted.
using Measurement = std::function<void(std::uint64_t device, Rows rows, const RowSink& sink)>;

// The rows of one device, cycle by cycle.
using DeviceRecord = std::vector<PulseRecord>;
DeviceRecord record_of(const Measurement& measurement, std::uint64_t device);

// The 4-point instrument of one device: every reading draws its own noise.
class Instrument {
 public:
  Instrument(std::uint64_t seed, std::uint64_t device) : seed_(seed), device_(device) {}
  [[nodiscard]] double read(const DwMtj& device) {
    const Draw noise = draw(seed_, Stream::instrument, device_, readings_++);
    return in_si(device.model().readout().reading(device.resistance(), noise));
  }
  // Readings that nobody looks at.
  void skip(std::uint32_t readings) { readings_ += readings; }

 private:
  std::uint64_t seed_;
  std::uint64_t device_;
  std::uint32_t readings_ = 0;
};

}  // namespace dwmtj
