// SPDX-License-Identifier: Apache-2.0
// `dwmtj calibrate`: the constants of a site from its measured switching voltages.
#include <memory>
#include <optional>
#include <stdexcept>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/device_argument.h"
#include "app/quantity_option.h"
#include "characterization/calibration.h"
#include "common/input_error.h"

namespace dwmtj {
namespace {

constexpr int kMostSteps = 1000;  // the fit climbs the staircase some hundred times

struct CalibrateOptions {
  SwitchingMeasurement measurement{{}, 0.0, 10};
  SingleNotch notch{from_si<Voltage>(0.05),
                    {from_si<Time>(50e-9), from_si<Time>(10e-9), from_si<Time>(10e-9)},
                    from_si<Time>(1e-9),
                    1.5};
  std::string device;  // in whose protocol it was measured, if named
  std::string site;
  bool reset = false;
};

void check_steps(Voltage mean, Voltage step) {
  if (mean / step <= kMostSteps) return;
  throw InputError(
      fmt::format("--step: more than {} steps up to {}", kMostSteps, format_quantity(mean)));
}

void check(const CalibrateOptions& options) {
  const Voltage none = 0.0 * si::volts;
  if (options.measurement.mean <= none || options.notch.step <= none ||
      options.measurement.var <= 0.0) {
    throw InputError("--mean, --var and --step must be above zero");
  }
  if (options.notch.attempt_time <= 0.0 * si::seconds) {
    throw InputError("--attempt-time must be above zero");
  }
  if (options.device.empty() && (options.reset || !options.site.empty())) {
    throw InputError("--site and --reset: expected --device as well");
  }
  try {
    check(options.notch.shape);
  } catch (const std::invalid_argument& error) {
    throw InputError(fmt::format("--width, --rise, --fall: {}", error.what()));
  }
}

SwitchingSite site_of(const CalibrateOptions& options) {
  if (options.device.empty()) {
    check_steps(options.measurement.mean, options.notch.step);
    return single_notch(options.notch);
  }
  auto device = load_device(options.device, {});
  check_steps(options.measurement.mean, device.protocol.ramp_step);
  const std::size_t end = options.reset ? 0 : device.sites.size() - 1;
  std::string known;
  for (std::size_t i = 0; i < device.sites.size(); ++i) {
    if (i == end) continue;  // nothing leaves it
    if (device.sites[i].name == options.site) {
      return {std::move(device), i, options.reset ? Phase::reset : Phase::write};
    }
    known += (known.empty() ? "" : ", ") + device.sites[i].name;
  }
  throw InputError(fmt::format("--site: '{}' is left by no {} of {}; expected one of {}",
                               options.site, options.reset ? "reset" : "ramp", device.name, known));
}

void print_calibration(const CalibrateOptions& options, JsonObject& found) {
  check(options);
  const auto& measurement = options.measurement;
  const auto site = site_of(options);
  const auto fit = calibrate(site, measurement);
  fmt::print("critical voltage  {}\n", format_quantity(fit.critical_voltage, 5));
  fmt::print("barrier           {:.4g} kT\n", fit.barrier);
  if (!options.device.empty()) fmt::print("depth             {}\n", format_quantity(fit.depth, 5));
  fmt::print("with these a staircase of {} gives V_C,avg {} and var {:.3g} % over {} cycles\n",
             format_quantity(site.device.protocol.ramp_step), format_quantity(fit.expected.mean, 5),
             100.0 * fit.expected.var, measurement.cycles);
  found.set("critical_voltage_V", in_si(fit.critical_voltage)).set("barrier_kT", fit.barrier);
  if (!options.device.empty()) found.set("depth_m", in_si(fit.depth));
  found.set("step_V", in_si(site.device.protocol.ramp_step))
      .set("mean_V", in_si(fit.expected.mean))
      .set("var", fit.expected.var)
      .set("cycles", measurement.cycles);
}

void add_notch_options(CLI::App& command, SingleNotch& notch) {
  add_quantity(command, "--step", notch.step, "Step of the staircase [0.05 V]");
  add_quantity(command, "--width", notch.shape.width, "Pulse width at half amplitude [50 ns]");
  add_quantity(command, "--rise", notch.shape.rise, "Rise time [10 ns]");
  add_quantity(command, "--fall", notch.shape.fall, "Fall time [10 ns]");
  add_quantity(command, "--attempt-time", notch.attempt_time, "Inverse attempt frequency [1 ns]");
  command.add_option("--exponent", notch.barrier_exponent, "Exponent of the barrier")
      ->check(CLI::Range(1.0, 2.0))
      ->capture_default_str();
}

}  // namespace

void add_calibrate_command(CLI::App& app, const CommandLine& line) {
  auto* const command = app.add_subcommand(
      "calibrate", "Barrier and critical voltage of a site from its V_C,avg and var.");
  const auto options = std::make_shared<CalibrateOptions>();
  add_quantity(*command, "--mean", options->measurement.mean, "Mean switching voltage, V_C,avg")
      ->required();
  add_quantity_option(
      *command, "--var", Dimension::number,
      [options](double var) { options->measurement.var = var; },
      "(V_C,max - V_C,min) / (2 V_C,avg)")
      ->required();
  command
      ->add_option("--cycles", options->measurement.cycles,
                   "Cycles over which the extremes were taken")
      ->check(CLI::Range(2, 100000))
      ->capture_default_str();
  add_notch_options(*command, options->notch);
  command->add_option("--device", options->device,
                      "Fit in the ramp of this device, with its pulse and step");
  command->add_option("--site", options->site, "The site of the device that is left");
  command->add_flag("--reset", options->reset, "It is left in the reset, not in the ramp");
  command->footer(
      "Examples, the second switch of the trapezoidal device, by itself and in the device's ramp:\n"
      "  dwmtj calibrate --mean 3.5V --var 5.7% --cycles 13\n"
      "  dwmtj calibrate --mean 3.5V --var 5.7% --cycles 13 --device trapezoidal --site n6");
  command->callback([options, line] { print_calibration(*options, *line.found); });
}

}  // namespace dwmtj
