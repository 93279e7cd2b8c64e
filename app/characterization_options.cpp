// SPDX-License-Identifier: Apache-2.0
#include "app/characterization_options.h"

#include <algorithm>
#include <limits>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <tbb/info.h>

#include "app/device_argument.h"
#include "app/figures_option.h"
#include "app/quantity_option.h"
#include "app/seed_option.h"
#include "app/set_option.h"
#include "app/temperature_option.h"
#include "common/input_error.h"
#include "devices/measured_pulses.h"

namespace dwmtj {
namespace {

constexpr int kMostPulses = 10000;  // of one ramp: each has a transition table of its own

template <typename Quantity>
void add_optional(CLI::App& command, const std::string& name, std::optional<Quantity>& target,
                  const std::string& description) {
  add_quantity_option(
      command, name, kDimensionOf<Quantity>,
      [&target](double value) { target = from_si<Quantity>(value); }, description);
}

void add_sweep_options(CLI::App& command, CharacterizationOptions& options) {
  command
      .add_option("--cycles", options.cycles, "Cycles of a ramp or write-reset [as in the paper]")
      ->check(CLI::Range(1L, 1000000L));
  command.add_option("--devices", options.devices, "How many devices, each with its own draws")
      ->check(CLI::Range(1L, 100000000L))
      ->capture_default_str();
  add_optional(command, "--start", options.start, "Where ramps start [0 V]");
  add_optional(command, "--stop", options.stop, "Largest amplitude at the pads [of the device]");
  add_optional(command, "--step", options.step, "Step of a ramp [of the device]");
  add_optional(command, "--reset-stop", options.reset_stop,
               "Largest amplitude of the reset phase [of the device]");
  add_seed_option(command, options.seed);
  command.add_option("--threads", options.threads, "Threads; results do not depend on it")
      ->check(CLI::Range(1L, 1024L))
      ->capture_default_str();
}

void add_condition_options(CLI::App& command, CharacterizationOptions& options) {
  add_optional(command, "--temperature", options.temperature,
               "Temperature of the device [300 K; of measured pulses theirs]");
  command
      .add_option("--temperatures", options.temperatures,
                  "retention, temperature: a comma-separated list")
      ->capture_default_str();
  add_optional(command, "--read-voltage", options.read_voltage,
               "retention: steady voltage at the pads, for read disturb [0 V]");
  add_optional(command, "--field", options.field, "retention: bias field [the compensation field]");
  add_quantity(command, "--field-most", options.field_most, "field-loop: from -B to B [150 mT]");
  command.add_option("--widths", options.widths, "pulse-width: a comma-separated list")
      ->capture_default_str();
}

void check_ramp(const char* name, Voltage start, Voltage stop, Voltage step, long cycles) {
  const double pulses = (stop - start) / step;
  const auto count = [&] {
    return fmt::format("the {} from {} to {} in steps of {} has", name, format_quantity(start),
                       format_quantity(stop), format_quantity(step));
  };
  if (pulses <= 0.5) throw InputError(count() + " no pulses");  // as Sweep::amplitudes() rounds
  if (pulses > kMostPulses) {
    throw InputError(fmt::format("{} more than {} pulses", count(), kMostPulses));
  }
  // A device counts its draws in 32 bits.
  if ((pulses + 2.0) * static_cast<double>(cycles) > std::numeric_limits<std::int32_t>::max()) {
    throw InputError(fmt::format("--cycles: {} {:.0f} pulses, over {} cycles more than 2^31 draws",
                                 count(), pulses, cycles));
  }
}

void check_widths(const CharacterizationOptions& options, const DeviceParameters& device) {
  const SwitchingLaw law(device, options.temperature.value_or(kRoomTemperature));
  for (const auto& width : parse_list<Time>("--widths", options.widths)) {
    try {
      law.check_reach({width, 0.0 * si::seconds, 0.0 * si::seconds});
    } catch (const InputError& error) {
      throw InputError(fmt::format("--widths: {}", error.what()));
    }
  }
}

}  // namespace

const std::vector<std::string>& characterization_protocols() {
  static const std::vector<std::string> kProtocols = {
      "ramp",      "write-reset", "state-map", "retention",      "pulse-width",
      "linearity", "temperature", "trains",    "metaplasticity", "field-loop"};
  return kProtocols;
}

std::vector<std::string> usual_protocols(const DeviceParameters& device) {
  if (device.pulses) return {"linearity", "trains"};
  return {"ramp",        "write-reset", "state-map",  "retention",
          "pulse-width", "linearity",   "temperature"};
}

CharacterizationOptions::CharacterizationOptions() : threads(tbb::info::default_concurrency()) {}

bool CharacterizationOptions::asks_for(const std::string& protocol) const {
  return std::find(protocols.begin(), protocols.end(), protocol) != protocols.end();
}

Sweep CharacterizationOptions::sweep(const ProtocolParameters& protocol, long device_cycles) const {
  return {start.value_or(0.0 * si::volts),
          stop.value_or(protocol.ramp_stop),
          step.value_or(protocol.ramp_step),
          static_cast<int>(cycles.value_or(device_cycles)),
          static_cast<std::uint64_t>(devices),
          seed,
          static_cast<int>(threads)};
}

Voltage CharacterizationOptions::reset_stop_of(const ProtocolParameters& protocol) const {
  return reset_stop.value_or(protocol.reset_stop);
}

void check(const CharacterizationOptions& options) {
  const auto positive = [](const std::optional<Voltage>& voltage, const char* name) {
    if (voltage && *voltage <= 0.0 * si::volts) {
      throw InputError(fmt::format("{}: {} is not above 0 V", name, format_quantity(*voltage)));
    }
  };
  positive(options.stop, "--stop");
  positive(options.step, "--step");
  positive(options.reset_stop, "--reset-stop");
  if (options.start && *options.start < 0.0 * si::volts) {
    throw InputError("--start: must not be negative; the reset phase runs from -start to -stop");
  }
  check_temperature(options.temperature.value_or(kRoomTemperature));
  for (const auto& temperature : parse_list<Temperature>("--temperatures", options.temperatures)) {
    if (temperature <= 0.0 * si::kelvin) throw InputError("--temperatures: must be above 0 K");
  }
  if (options.field_most <= 0.0 * si::tesla || options.field_most > 10.0 * si::tesla) {
    throw InputError("--field-most: expected up to 10 T, above 0 T");
  }
  for (const auto& width : parse_list<Time>("--widths", options.widths)) {
    if (width <= 0.0 * si::seconds) throw InputError("--widths: must be above 0 s");
  }
}

namespace {

// Of such a device nothing else is known.
void check_measured(const CharacterizationOptions& options, const DeviceParameters& device) {
  const auto known = usual_protocols(device);
  for (const auto& protocol : options.protocols) {
    if (std::find(known.begin(), known.end(), protocol) != known.end()) continue;
    throw InputError(
        fmt::format("--protocol {}: the device '{}' is known by its pulses alone ({}); expected {}",
                    protocol, device.name, device.pulses->names(), fmt::join(known, " or ")));
  }
  if (options.start || options.stop || options.step || options.reset_stop) {
    throw InputError(fmt::format(
        "--start, --stop, --step, --reset-stop: the device '{}' is known by its pulses alone ({})",
        device.name, device.pulses->names()));
  }
}

}  // namespace

// Only what is asked for can be wrong.
void check(const CharacterizationOptions& options, const DeviceParameters& device) {
  if (device.pulses) check_measured(options, device);
  const auto& protocol = device.protocol;
  const bool resets = options.asks_for("write-reset");
  const auto ramp = options.sweep(protocol, std::max(protocol.reset_cycles, protocol.ramp_cycles));
  if (resets || options.asks_for("ramp") || options.asks_for("state-map") ||
      options.asks_for("pulse-width")) {
    check_ramp("ramp", ramp.start, ramp.stop, ramp.step, ramp.cycles);
  }
  if (resets) {
    check_ramp("reset phase", ramp.start, options.reset_stop_of(protocol), ramp.step, ramp.cycles);
  }
  if (options.asks_for("pulse-width")) check_widths(options, device);
  if (options.check && device.measured.levels.empty() && device.measured.switches.empty()) {
    throw InputError(
        fmt::format("--check: {} has no measured values to check against", device.name));
  }
}

void add_characterization_options(CLI::App& command, CharacterizationOptions& options) {
  add_device_argument(command, options.device)->required();
  add_set_option(command, options.overrides, "device");
  command
      .add_option("--protocol", options.protocols,
                  "Which measurements [the first seven; of measured pulses linearity, trains]")
      ->check(CLI::IsMember(characterization_protocols()))
      ->delimiter(',');
  add_sweep_options(command, options);
  add_condition_options(command, options);
  command.add_option("--out", options.out, "Output folder [results/DEVICE]");
  add_figures_option(command, options.figures);
  command.add_flag("!--no-rows", options.rows,
                   "Count, but write no row a pulse: for millions of devices or cycles");
  command.add_flag("--check", options.check,
                   "Exit with 1 unless every row of the comparison says yes");
}

}  // namespace dwmtj
