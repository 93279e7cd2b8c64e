// SPDX-License-Identifier: Apache-2.0
#include "devices/switching_law.h"

#include <cmath>
#include <limits>

#include <boost/math/constants/constants.hpp>
#include <fmt/format.h>

#include "common/input_error.h"
#include "common/quantity_text.h"

namespace dwmtj {
namespace {

constexpr double kBarrierTemperature = 300.0;  // barriers are given in kT at 300 K

double sign(Direction direction) { return static_cast<double>(direction); }

}  // namespace

SwitchingLaw::SwitchingLaw(const DeviceParameters& parameters, Temperature temperature)
    : temperature_(temperature),
      attempt_rate_(1.0 / in_si(parameters.pinning.attempt_time)),
      exponent_(parameters.pinning.barrier_exponent),
      field_coupling_(in_si(parameters.pinning.field_coupling)),
      compensation_field_(in_si(parameters.pinning.compensation_field)),
      velocity_(in_si(parameters.pinning.wall_velocity)) {
  if (parameters.pulses) {
    throw InputError(fmt::format(
        "the device '{}' is known by its pulses alone: no switching law, so no other pulses, "
        "temperatures, fields or retention",
        parameters.name));
  }
  const auto& pinning = parameters.pinning;
  for (const auto& site : parameters.sites) {
    const double depth = site.depth / pinning.reference_depth;
    sites_.push_back({in_si(site.position), in_si(parameters.geometry.width(site.position)),
                      in_si(pinning.critical_line_current) * depth,
                      site.barrier * kBarrierTemperature / in_si(temperature)});
  }
}

double SwitchingLaw::drive(const Site& site, Direction direction, double current,
                           double bias) const {
  return sign(direction) * (current / site.width + field_coupling_ * (bias - compensation_field_));
}

double SwitchingLaw::escape_rate(int site, Direction direction, Current current, Field bias) const {
  const int last = direction == Direction::forward ? sites() - 1 : 0;
  if (site == last) return 0.0;
  const auto& here = sites_[static_cast<std::size_t>(site)];
  const double left =
      1.0 - drive(here, direction, in_si(current), in_si(bias)) / here.critical_drive;
  if (left <= 0.0) return std::numeric_limits<double>::infinity();
  return attempt_rate_ * std::exp(-here.barrier * std::pow(left, exponent_));
}

Time SwitchingLaw::shortest_pulse() const {
  return from_si<Time>(1.0 / (2.0 * boost::math::constants::pi<double>() * attempt_rate_));
}

void SwitchingLaw::check_reach(const PulseShape& shape) const {
  if (shape.width >= shortest_pulse()) return;
  throw InputError(fmt::format(
      "a pulse of {} is below the reach of the switching law: a wall needs {}, its attempt time "
      "over 2 pi, to answer",
      format_quantity(shape.width), format_quantity(shortest_pulse())));
}

Time SwitchingLaw::flight_time(int site, Direction direction) const {
  const auto from = static_cast<std::size_t>(site);
  const auto to = direction == Direction::forward ? from + 1 : from - 1;
  return from_si<Time>(std::abs(sites_[to].position - sites_[from].position) / velocity_);
}

Current SwitchingLaw::current_at_rate(int site, Direction direction, double rate,
                                      Field bias) const {
  const auto& here = sites_[static_cast<std::size_t>(site)];
  const double left = std::pow(std::log(attempt_rate_ / rate) / here.barrier, 1.0 / exponent_);
  const double field = field_coupling_ * (in_si(bias) - compensation_field_);
  return from_si<Current>((here.critical_drive * (1.0 - left) * sign(direction) - field) *
                          here.width);
}

Current SwitchingLaw::critical_current(int site, Direction direction, Field bias) const {
  return current_at_rate(site, direction, attempt_rate_, bias);
}

}  // namespace dwmtj
