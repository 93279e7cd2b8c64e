// SPDX-License-Identifier: Apache-2.0
// What `dwmtj characterize` is asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "characterization/sweep.h"
#include "devices/device_model.h"

namespace dwmtj {

struct CharacterizationOptions {
  std::string device;
  std::vector<std::string> overrides;  // of the device: "track.length=2 um"
  std::vector<std::string> protocols;
  std::optional<long> cycles;
  std::optional<Voltage> start, stop, step, reset_stop, read_voltage;
  std::optional<Field> field;
  Field field_most = 0.15 * si::tesla;
  long devices = 20;
  std::uint64_t seed = 1;
  long threads = 0;
  std::optional<Temperature> temperature;
  std::string temperatures = "300 K, 350 K, 400 K";
  std::string widths = "1 ns, 2 ns, 5 ns, 10 ns, 20 ns, 50 ns, 100 ns, 200 ns";
  std::string out;
  bool figures = true;
  bool rows = true;    // of every pulse, into CSV files
  bool check = false;  // fail where the device does not agree with what was measured

  CharacterizationOptions();

  [[nodiscard]] bool asks_for(const std::string& protocol) const;
  // The ramp of the device with what was asked for in its place; `cycles` unless others were.
  [[nodiscard]] Sweep sweep(const ProtocolParameters& protocol, long cycles) const;
  [[nodiscard]] Voltage reset_stop_of(const ProtocolParameters& protocol) const;
};

// All protocols, in the order in which they are measured.
const std::vector<std::string>& characterization_protocols();
// Those that a device is measured in unless others are named.
std::vector<std::string> usual_protocols(const DeviceParameters& device);

void add_characterization_options(CLI::App& command, CharacterizationOptions& options);
// Throw InputError: what is wrong by itself, and what is wrong with this device.
void check(const CharacterizationOptions& options);
void check(const CharacterizationOptions& options, const DeviceParameters& device);

}  // namespace dwmtj
