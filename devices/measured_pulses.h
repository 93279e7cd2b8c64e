// SPDX-License-Identifier: Apache-2.0
// A device that is known by what its pulses do, not by a law: for each pulse the chances of all end
// levels from each level. What lies between the pulses, or beside their temperature, is not known.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "devices/level_changes.h"
#include "devices/pulse.h"

namespace dwmtj {

struct MeasuredPulse {
  std::string amplitude;  // as in the file: "1.25 V"
  Pulse pulse;            // its current is energy over duration and voltage
  Voltage voltage;        // signed, as the amplitude
  Energy energy;
  std::vector<double> chances;  // [from][to]
  std::string origin;           // "table up.txt", "120 pulses of trains.csv"
  LevelError error;             // of the levels
};

struct MeasuredPulses {
  Temperature temperature;
  std::vector<MeasuredPulse> up;             // by rising amplitude, at least one
  std::vector<MeasuredPulse> down;           // likewise
  std::map<std::string, std::string> files;  // what they were read from: name, bytes

  // Number 1 to so many upwards, -1 and on downwards: the codes of a driver.
  [[nodiscard]] const MeasuredPulse& numbered(int code) const {
    const auto& pulses = code > 0 ? up : down;
    return pulses[static_cast<std::size_t>(code > 0 ? code : -code) - 1];
  }
  // Null where there is none like it.
  [[nodiscard]] const MeasuredPulse* find(const Pulse& pulse) const;
  [[nodiscard]] std::string names() const;  // "1 V, -1 V for 50 ns"
};

}  // namespace dwmtj
