// SPDX-License-Identifier: Apache-2.0
#include "characterization/calibration.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include <boost/math/tools/toms748_solve.hpp>
#include <fmt/format.h>

#include "common/input_error.h"
#include "common/quantity_text.h"

namespace dwmtj {
namespace {

constexpr double kLeastBarrier = 15.0;
constexpr double kMostBarrier = 3e3;
constexpr int kBarriers = 25;    // tried in between, evenly in the logarithm
constexpr double kRare = 1e-12;  // chances that do not count
constexpr int kMostPulses = 10000;
constexpr double kClose = 1e-3;  // of the measured values, that a fit must come to

Direction direction_of(Phase phase) {
  return phase == Phase::write ? Direction::forward : Direction::reverse;
}

// How walls leave their sites on a staircase: the chances of all sites, pulse after pulse.
class StaircaseLeaving {
 public:
  StaircaseLeaving(const DeviceParameters& device, Phase phase, Temperature temperature)
      : phase_(phase), model_(device, temperature), shares_(device.sites.size()) {
    now_.assign(device.sites.size(), 0.0);
    now_[phase_ == Phase::write ? 0 : now_.size() - 1] = 1.0;
  }

  // Up to where no wall is left at the site `until` or before it.
  void climb(std::size_t until) {
    const auto& protocol = model_.parameters().protocol;
    const double sign = phase_ == Phase::write ? 1.0 : -1.0;
    const double step = in_si(protocol.ramp_step);
    const Voltage stop = phase_ == Phase::write ? protocol.ramp_stop : protocol.reset_stop;
    for (int i = 1; i * step <= in_si(stop) + 0.5 * step && !over(until); ++i) {
      for (auto& shares : shares_) shares.push_back(0.0);
      pulse(sign * i * step);
    }
  }

  // The chance that pulse 1, 2, ... ends a stay at the site.
  [[nodiscard]] const std::vector<double>& shares(std::size_t site) const { return shares_[site]; }

 private:
  void pulse(double voltage) {
    const Pulse pulse = model_.pad_pulse(from_si<Voltage>(voltage));
    if (!counts(pulse)) return;
    const TransitionTable table(model_.switching(), pulse);
    std::vector<double> next(now_.size(), 0.0);
    for (std::size_t from = 0; from < now_.size(); ++from) {
      const auto row = static_cast<int>(from);
      shares_[from].back() = now_[from] * (1.0 - table.probability(row, row));
      for (std::size_t to = 0; to < now_.size(); ++to) {
        next[to] += now_[from] * table.probability(row, static_cast<int>(to));
      }
    }
    now_ = next;
  }

  [[nodiscard]] bool over(std::size_t until) const {
    double left = 0.0;
    for (std::size_t i = 0; i < now_.size(); ++i) {
      if (phase_ == Phase::write ? i <= until : i >= until) left += now_[i];
    }
    return left < kRare;
  }

  [[nodiscard]] bool counts(const Pulse& pulse) const {
    double rate = 0.0;
    for (int i = 0; i < model_.sites(); ++i) {
      if (now_[static_cast<std::size_t>(i)] < kRare) continue;
      rate = std::max(rate, model_.switching().escape_rate(i, direction_of(phase_), pulse.amplitude,
                                                           pulse.bias));
    }
    return rate * in_si(pulse.shape.foot_to_foot()) > kRare;
  }

  Phase phase_;
  DeviceModel model_;
  std::vector<double> now_;                  // [site]
  std::vector<std::vector<double>> shares_;  // [site][pulse]
};

// Sums of V dP, of V d(P^n) for the largest of n, of V d(1-(1-P)^n) for the least.
ExpectedSwitching expected_of(const std::vector<double>& shares, double step, int cycles) {
  double seen = 0.0;
  for (const double share : shares) seen += share;
  double before = 0.0;
  double mean = 0.0;
  double most = 0.0;
  double least = 0.0;
  for (std::size_t i = 0; i < shares.size() && seen > kRare; ++i) {
    const double voltage = static_cast<double>(i + 1) * step;
    const double after = std::min(before + shares[i] / seen, 1.0);
    mean += voltage * (after - before);
    most += voltage * (std::pow(after, cycles) - std::pow(before, cycles));
    least += voltage * (std::pow(1.0 - before, cycles) - std::pow(1.0 - after, cycles));
    before = after;
  }
  return {seen, from_si<Voltage>(mean), mean > 0.0 ? (most - least) / (2.0 * mean) : 0.0};
}

Voltage critical_voltage(const SwitchingSite& site) {
  const SwitchingLaw law(site.device, kRoomTemperature);
  const auto& fields = site.device.fields;
  const Current critical =
      law.critical_current(static_cast<int>(site.site), direction_of(site.phase),
                           site.phase == Phase::write ? fields.write : fields.reset);
  return site.device.operating_point.pads_from_current(critical);
}

}  // namespace

SwitchingSite single_notch(const SingleNotch& notch) {
  DeviceParameters device;
  device.geometry = {2.0 * si::metres, 1.0 * si::metres, 1.0 * si::metres, 0.0 * si::metres,
                     1.0 * si::metres};
  // One volt at the pads is one ampere through one metre of width; the depth is the critical
  // voltage.
  device.operating_point = {1.0 * si::volts, 1.0 * si::amperes, 1.0 * si::joules, 1.0 * si::volts,
                            notch.shape};
  device.pinning.attempt_time = notch.attempt_time;
  device.pinning.barrier_exponent = notch.barrier_exponent;
  device.pinning.critical_line_current = from_si<LineCurrent>(1.0);
  device.pinning.reference_depth = 1.0 * si::metres;
  device.pinning.wall_velocity = from_si<Velocity>(1.0);
  device.readout = {1.0 * si::ohms, 2.0 * si::ohms, 1.0, 1.0, 0.0};
  device.protocol.ramp_step = notch.step;
  device.protocol.ramp_stop = static_cast<double>(kMostPulses) * notch.step;
  const SiteParameters site{"notch", 0.0 * si::metres, 1.0 * si::metres, 60.0, 0.0 * si::ohms, {}};
  device.sites = {site, site};
  device.sites.back().position = 1.0 * si::metres;
  return {device, 0, Phase::write};
}

ExpectedSwitching expected_switching(const SwitchingSite& site, int cycles) {
  StaircaseLeaving leaving(site.device, site.phase, kRoomTemperature);
  leaving.climb(site.site);
  return expected_of(leaving.shares(site.site), in_si(site.device.protocol.ramp_step), cycles);
}

std::vector<ExpectedSwitching> expected_switchings(const DeviceParameters& device, Phase phase,
                                                   int cycles, Temperature temperature) {
  StaircaseLeaving leaving(device, phase, temperature);
  leaving.climb(phase == Phase::write ? device.sites.size() - 2 : 1);
  std::vector<ExpectedSwitching> result;
  for (std::size_t site = 0; site < device.sites.size(); ++site) {
    result.push_back(expected_of(leaving.shares(site), in_si(device.protocol.ramp_step), cycles));
  }
  return result;
}

namespace {

// One attempt: the site with a barrier, and the depth that gives the measured mean.
class Fit {
 public:
  Fit(SwitchingSite site, const SwitchingMeasurement& measurement)
      : site_(std::move(site)), measurement_(measurement) {
    site_.device.sites[site_.site].depth *= in_si(measurement.mean) / critical_voltage_magnitude();
  }

  // Off by how much in var; empty where no depth gives the mean.
  std::optional<double> with_barrier(double barrier) {
    auto& here = site_.device.sites[site_.site];
    here.barrier = barrier;
    const double guess = std::log(in_si(here.depth));
    const auto off = [&](double log_depth) {
      here.depth = from_si<Length>(std::exp(log_depth));
      expected_ = expected_switching(site_, measurement_.cycles);
      // Unseen: held to the end, or passed over.
      if (expected_.seen > 0.5) return in_si(expected_.mean) / in_si(measurement_.mean) - 1.0;
      return log_depth > guess ? 1.0 : -1.0;
    };
    double low = guess - 0.1;
    double high = guess + 0.1;
    double at_low = off(low);
    double at_high = off(high);
    for (int i = 0; i < 12 && at_low > 0.0; ++i) at_low = off(low -= 0.2);
    for (int i = 0; i < 12 && at_high < 0.0; ++i) at_high = off(high += 0.2);
    if (at_low > 0.0 || at_high < 0.0) return std::nullopt;
    std::uintmax_t rounds = 60;
    const auto [a, b] = boost::math::tools::toms748_solve(
        off, low, high, at_low, at_high, boost::math::tools::eps_tolerance<double>(30), rounds);
    if (std::abs(off(0.5 * (a + b))) > kClose) return std::nullopt;
    return expected_.var - measurement_.var;
  }

  [[nodiscard]] const ExpectedSwitching& expected() const { return expected_; }
  [[nodiscard]] CalibratedSite result() const {
    const auto& here = site_.device.sites[site_.site];
    return {here.depth, here.barrier, from_si<Voltage>(critical_voltage_magnitude()), expected_};
  }

 private:
  [[nodiscard]] double critical_voltage_magnitude() const {
    return std::abs(in_si(critical_voltage(site_)));
  }

  SwitchingSite site_;
  SwitchingMeasurement measurement_;
  ExpectedSwitching expected_{};
};

[[noreturn]] void fail(const SwitchingMeasurement& m, Voltage step, double least, double most) {
  const auto asked =
      fmt::format("a var of {:.3g} % over {} cycles at {} with steps of {}", 100.0 * m.var,
                  m.cycles, format_quantity(m.mean), format_quantity(step));
  if (most < least) {
    throw InputError(fmt::format("{}: no depth gives that mean", asked));
  }
  throw InputError(fmt::format("{} cannot be reached: {} to {} kT give {:.3g} to {:.3g} %", asked,
                               kLeastBarrier, kMostBarrier, 100.0 * least, 100.0 * most));
}

}  // namespace

CalibratedSite calibrate(const SwitchingSite& site, const SwitchingMeasurement& measurement) {
  Fit fit(site, measurement);
  double least = std::numeric_limits<double>::infinity();
  double most = 0.0;
  double before = std::log(kLeastBarrier);
  std::optional<double> off_before;
  for (int i = 0; i < kBarriers; ++i) {
    const double now =
        std::log(kLeastBarrier) + i * std::log(kMostBarrier / kLeastBarrier) / (kBarriers - 1);
    const auto off = fit.with_barrier(std::exp(now));
    if (off) {
      least = std::min(least, fit.expected().var);
      most = std::max(most, fit.expected().var);
    }
    if (off && off_before && (*off > 0.0) != (*off_before > 0.0)) {
      const auto of = [&](double log_barrier) {
        return fit.with_barrier(std::exp(log_barrier)).value_or(*off);
      };
      std::uintmax_t rounds = 40;
      const auto [a, b] =
          boost::math::tools::toms748_solve(of, before, now, *off_before, *off,
                                            boost::math::tools::eps_tolerance<double>(20), rounds);
      const double close = of(0.5 * (a + b));
      if (std::abs(close) <= kClose * measurement.var) return fit.result();
    }
    before = now;
    off_before = off;
  }
  fail(measurement, site.device.protocol.ramp_step, least, most);
}

}  // namespace dwmtj
