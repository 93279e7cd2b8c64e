// SPDX-License-Identifier: Apache-2.0
// `dwmtj calibrate`: the constants of a site from its measured switching voltages.
#include <memory>
#include <stdexcept>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/quantity_option.h"
#include "characterization/calibration.h"
#include "common/input_error.h"

namespace dwmtj {
namespace {

constexpr int kMostSteps = 1000;  // the fit climbs the staircase some thousand times

void print_calibration(const SwitchingMeasurement& measurement) {
  const Voltage none = 0.0 * si::volts;
  if (measurement.mean <= none || measurement.step <= none || measurement.var <= 0.0) {
    throw InputError("--mean, --var and --step must be above zero");
  }
  if (measurement.mean / measurement.step > kMostSteps) {
    throw InputError(fmt::format("--step: more than {} steps up to {}", kMostSteps,
                                 format_quantity(measurement.mean)));
  }
  if (measurement.attempt_time <= 0.0 * si::seconds) {
    throw InputError("--attempt-time must be above zero");
  }
  try {
    check(measurement.shape);
  } catch (const std::invalid_argument& error) {
    throw InputError(fmt::format("--width, --rise, --fall: {}", error.what()));
  }
  const auto site = calibrate(measurement);
  const auto expected = expected_switching(measurement, site);
  fmt::print("critical voltage  {}\nbarrier           {:.4g} kT\n",
             format_quantity(site.critical_voltage, 5), site.barrier);
  fmt::print("with these a staircase of {} gives V_C,avg {} and var {:.3g} % over {} cycles\n",
             format_quantity(measurement.step), format_quantity(expected.mean, 5),
             100.0 * expected.var, measurement.cycles);
}

}  // namespace

void add_calibrate_command(CLI::App& app, const CommandLine&) {
  auto* const command = app.add_subcommand(
      "calibrate", "Barrier and critical voltage of a site from its V_C,avg and var.");
  const auto m = std::make_shared<SwitchingMeasurement>(
      SwitchingMeasurement{{},
                           0.0,
                           10,
                           from_si<Voltage>(0.05),
                           {from_si<Time>(50e-9), from_si<Time>(10e-9), from_si<Time>(10e-9)},
                           from_si<Time>(1e-9),
                           1.5});
  add_quantity(*command, "--mean", m->mean, "Mean switching voltage, V_C,avg")->required();
  add_quantity_option(
      *command, "--var", Dimension::number, [m](double var) { m->var = var; },
      "(V_C,max - V_C,min) / (2 V_C,avg)")
      ->required();
  command->add_option("--cycles", m->cycles, "Cycles over which the extremes were taken")
      ->check(CLI::Range(2, 100000))
      ->capture_default_str();
  add_quantity(*command, "--step", m->step, "Step of the staircase [0.05 V]");
  add_quantity(*command, "--width", m->shape.width, "Pulse width at half amplitude [50 ns]");
  add_quantity(*command, "--rise", m->shape.rise, "Rise time [10 ns]");
  add_quantity(*command, "--fall", m->shape.fall, "Fall time [10 ns]");
  add_quantity(*command, "--attempt-time", m->attempt_time, "Inverse attempt frequency [1 ns]");
  command->add_option("--exponent", m->barrier_exponent, "Exponent of the barrier")
      ->check(CLI::Range(1.0, 2.0))
      ->capture_default_str();
  command->footer(
      "Example, the second switch of the trapezoidal device:\n"
      "  dwmtj calibrate --mean 3.5V --var 5.7% --cycles 13");
  command->callback([m] { print_calibration(*m); });
}

}  // namespace dwmtj
