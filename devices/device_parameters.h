// SPDX-License-Identifier: Apache-2.0
// A device as its parameter file describes it (format: docs/devices/device_parameters.md).
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/parameter_file.h"
#include "devices/operating_point.h"
#include "devices/track_geometry.h"

namespace dwmtj {

struct MeasuredPulses;  // devices/measured_pulses.h

// A place along the track where a wall can rest: the start, or a lithographic notch.
struct SiteParameters {
  std::string name;
  Length position;  // from the IN end
  Length
      depth;  // notch depth: scales the critical drive; shallower than `holding_depth` never holds
  double barrier = 0.0;            // depinning barrier without drive, in kT at 300 K
  Resistance spread;               // standard deviation over arrivals, normal in resistance ...
  Conductance conductance_spread;  // ... or this one, normal in conductance; the other is zero
  Conductance level = {};          // of a device of measured pulses
};

struct PinningParameters {
  Time attempt_time;
  double barrier_exponent = 0.0;
  double barrier = 0.0;  // kT at 300 K, of a notch of `reference_depth`; 0: each site has its own
  LineCurrent critical_line_current;  // of a notch of `reference_depth`, at the compensation field
  Length reference_depth;
  Length holding_depth;
  Velocity wall_velocity;
  FieldCoupling field_coupling;
  Field compensation_field;  // the field at which both directions are alike
};

struct ReadoutParameters {
  Resistance parallel;
  Resistance antiparallel;
  double tmr = 0.0;              // of the minor field loop, for the record
  double resistance_area = 0.0;  // ohm m^2, likewise
  double read_noise = 0.0;       // standard deviation of one reading over its value
  Resistance series = {};        // what a tile's cell adds to the MTJ in a reading
};

struct FieldParameters {
  Field saturation;
  Field write;
  Field reset;
};

// How far devices of this kind differ from each other: standard deviations over devices, relative.
struct VariationParameters {
  double resistance = 0.0;        // of all levels of a device together
  double critical_current = 0.0;  // of all sites of a device together
  double barrier = 0.0;           // likewise
  int classes = 1;                // into which critical current and barrier fall, each

  [[nodiscard]] bool identical() const {
    return resistance == 0.0 && critical_current == 0.0 && barrier == 0.0;
  }
};

// How the paper swept this device; the defaults of `dwmtj characterize`.
struct ProtocolParameters {
  Voltage ramp_stop;
  Voltage ramp_step;
  Voltage reset_stop;
  long ramp_cycles = 0;
  long reset_cycles = 0;
};

// What was measured on the device, to be compared with; optional in a user's file.
struct MeasuredLevel {
  std::size_t site = 0;  // index among the sites that hold
  Resistance mean;
  Resistance spread;
};
struct MeasuredSwitch {
  std::string label;
  std::size_t from = 0;  // leaving this site ...
  std::size_t to = 0;    // ... for this one
  Voltage mean;          // V_C,avg at the pads, unsigned
  double var = 0.0;      // (V_C,max - V_C,min) / (2 V_C,avg)
  long cycles = 0;
};
struct MeasuredValues {
  std::string source;
  std::vector<MeasuredLevel> levels;
  std::vector<MeasuredSwitch> switches;
};

struct DeviceParameters {
  std::string name;
  std::string title;
  std::filesystem::path file;
  TrackGeometry geometry;
  OperatingPoint operating_point;
  PinningParameters pinning;
  ReadoutParameters readout;
  FieldParameters fields;
  ProtocolParameters protocol;
  VariationParameters variation;
  // Null: a wall on a track, moved by the switching law. Else levels of conductance and what pulses
  // do to them; geometry, pinning, fields and protocol are then zero.
  std::shared_ptr<const MeasuredPulses> pulses;
  Time settling_time;                      // after a pulse, before the device can be read
  std::vector<SiteParameters> fabricated;  // every site of the file
  std::vector<SiteParameters> sites;       // those that hold a wall, in order from IN
  MeasuredValues measured;
  std::vector<Constant> constants;  // every number with its source, as written
  std::string effective_text;  // the file as YAML, with what it extends and what was set over it

  // Throws InputError: file:line, key, what was expected.
  static DeviceParameters load(const std::filesystem::path& file,
                               const ParameterOverrides& overrides = {});
};

inline constexpr std::size_t kMostSites = 64;    // of a track
inline constexpr std::size_t kMostLevels = 255;  // of any device: a site fits a byte

}  // namespace dwmtj
