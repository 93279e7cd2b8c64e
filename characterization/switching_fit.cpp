// SPDX-License-Identifier: Apache-2.0
#include "characterization/switching_fit.h"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/tools/minima.hpp>
#include <boost/math/tools/toms748_solve.hpp>
#include <fmt/format.h>

#include "common/input_error.h"

namespace dwmtj {
namespace {

constexpr double kLeastFittedBarrier = 5.0;  // kT
constexpr double kMostFittedBarrier = 3000.0;
constexpr double kLeastDepth = 0.3;  // of the first guess
constexpr double kMostDepth = 3.0;
constexpr int kBits = 16;               // of the result of a minimisation
constexpr double kLeastChance = 1e-12;  // a pulse with less does not happen in any file
constexpr double kLeastExpected = 5.0;  // of a bin of Pearson's test
constexpr std::uint64_t kLeastLeft = 2;
constexpr double kFarBelow = 0.5;  // of the least amplitude that moved a wall

// A site by itself: the chance to leave it by a pulse depends on no other.
class LoneSite {
 public:
  LoneSite(const DeviceParameters& device, std::size_t site)
      : device_(device), here_(device.sites[site]) {
    device_.constants.clear();  // what a copy is slow with
    device_.effective_text.clear();
    device_.fabricated.clear();
    device_.sites.clear();
  }

  // Of the site with this depth and barrier.
  [[nodiscard]] double chance(double voltage, double depth, double barrier) const {
    auto here = here_;
    here.depth = from_si<Length>(depth);
    here.barrier = barrier;
    auto there = here;
    const bool forward = voltage > 0.0;
    there.position += (forward ? 1.0 : -1.0) * device_.geometry.length;
    auto device = device_;
    device.sites = forward ? std::vector<SiteParameters>{here, there}
                           : std::vector<SiteParameters>{there, here};
    const Pulse pulse{device.operating_point.current_from_pads(from_si<Voltage>(voltage)),
                      device.operating_point.shape,
                      forward ? device.fields.write : device.fields.reset};
    const int from = forward ? 0 : 1;
    return TransitionTable(SwitchingLaw(device, kRoomTemperature), pulse)
        .probability(from, 1 - from);
  }

 private:
  DeviceParameters device_;
  SiteParameters here_;
};

double minus_log_likelihood(const LoneSite& site, const TrialsByVoltage& trials, double depth,
                            double barrier) {
  double sum = 0.0;
  for (const auto& [voltage, seen] : trials) {
    const double chance =
        std::clamp(site.chance(voltage, depth, barrier), kLeastChance, 1.0 - kLeastChance);
    const auto left = static_cast<double>(seen.left);
    const auto stayed = static_cast<double>(seen.pulses - seen.left);
    sum -= left * std::log(chance) + stayed * std::log1p(-chance);
  }
  return sum;
}

struct Best {
  double depth;
  double barrier;
};

// Over the barrier of what is best over the depth.
Best most_likely(const LoneSite& site, const TrialsByVoltage& trials, double guess) {
  const auto best_depth = [&](double barrier) {
    return boost::math::tools::brent_find_minima(
        [&](double log_depth) {
          return minus_log_likelihood(site, trials, std::exp(log_depth), barrier);
        },
        std::log(kLeastDepth * guess), std::log(kMostDepth * guess), kBits);
  };
  const auto found = boost::math::tools::brent_find_minima(
      [&](double log_barrier) { return best_depth(std::exp(log_barrier)).second; },
      std::log(kLeastFittedBarrier), std::log(kMostFittedBarrier), kBits / 2);
  const double barrier = std::exp(found.first);
  return {std::exp(best_depth(barrier).first), barrier};
}

// From the curvature of the likelihood, by differences.
void find_errors(const LoneSite& site, const TrialsByVoltage& trials, const Best& best,
                 SiteFit& fit) {
  const auto at = [&](double depth_step, double barrier_step) {
    return minus_log_likelihood(site, trials, best.depth * std::exp(depth_step),
                                best.barrier * std::exp(barrier_step));
  };
  constexpr double kDepth = 1e-3;
  constexpr double kBarrier = 3e-2;
  const double here = at(0, 0);
  const double dd = (at(kDepth, 0) - 2 * here + at(-kDepth, 0)) / (kDepth * kDepth);
  const double bb = (at(0, kBarrier) - 2 * here + at(0, -kBarrier)) / (kBarrier * kBarrier);
  const double db = (at(kDepth, kBarrier) - at(kDepth, -kBarrier) - at(-kDepth, kBarrier) +
                     at(-kDepth, -kBarrier)) /
                    (4 * kDepth * kBarrier);
  const double determinant = dd * bb - db * db;
  if (!(determinant > 0.0)) return;
  fit.depth_error = best.depth * std::sqrt(bb / determinant);
  fit.barrier_error = best.barrier * std::sqrt(dd / determinant);
}

// The width of the site scales its critical current, so the first guess is exact but for the
// thermal part: the amplitude at which half have left is below the critical one.
double guess_depth(const DeviceParameters& device, std::size_t site,
                   const TrialsByVoltage& trials) {
  double voltages = 0.0;
  double left = 0.0;
  double field = 0.0;
  for (const auto& [voltage, seen] : trials) {
    voltages += std::abs(voltage) * static_cast<double>(seen.left);
    left += static_cast<double>(seen.left);
    field += voltage > 0.0 ? static_cast<double>(seen.left) : 0.0;
  }
  const SwitchingLaw law(device, kRoomTemperature);
  const bool forward = 2.0 * field > left;
  const auto critical = law.critical_current(static_cast<int>(site),
                                             forward ? Direction::forward : Direction::reverse,
                                             forward ? device.fields.write : device.fields.reset);
  const double pads = std::abs(in_si(device.operating_point.pads_from_current(critical)));
  return in_si(device.sites[site].depth) * voltages / left / pads;
}

std::uint64_t times_left(const TrialsByVoltage& trials) {
  std::uint64_t left = 0;
  for (const auto& [voltage, seen] : trials) left += seen.left;
  return left;
}

void judge(const std::vector<FitPoint>& points, int site, SiteFit& fit) {
  for (const auto& point : points) {
    if (point.site != site) continue;
    const auto pulses = static_cast<double>(point.trials.pulses);
    const double expected = pulses * point.chance;
    if (expected < kLeastExpected || pulses - expected < kLeastExpected) continue;
    const double off = static_cast<double>(point.trials.left) - expected;
    fit.chi_square += off * off / (expected * (1.0 - point.chance));
    ++fit.freedom;
  }
  fit.freedom -= 2;  // depth and barrier
  if (fit.freedom < 1) return;
  fit.p = boost::math::cdf(
      boost::math::complement(boost::math::chi_squared(fit.freedom), fit.chi_square));
}

// Where the MTJ has switched as far as the level says.
Length position_of(const TrackGeometry& track, double share) {
  const Length end = track.mtj_start + track.mtj_length;
  if (share <= 0.0) return track.mtj_start;
  if (share >= 1.0) return end;
  const auto off = [&](double metres) {
    return track.switched_fraction(from_si<Length>(metres)) - share;
  };
  std::uintmax_t rounds = 100;
  const auto [low, high] = boost::math::tools::toms748_solve(
      off, in_si(track.mtj_start), in_si(end), -share, 1.0 - share,
      boost::math::tools::eps_tolerance<double>(48), rounds);
  return from_si<Length>(0.5 * (low + high));
}

// Levels, positions and spreads; depths and barriers still of `like`.
DeviceParameters with_levels(const DeviceParameters& like, const SwitchingData& data) {
  auto device = like;
  const double least = 1.0 / data.levels.front();
  const double most = 1.0 / data.levels.back();
  device.readout.antiparallel = from_si<Resistance>(data.levels.front());
  device.readout.parallel = from_si<Resistance>(data.levels.back());
  device.readout.tmr = data.levels.front() / data.levels.back() - 1.0;
  device.readout.read_noise = data.read_noise;
  device.protocol = data.protocol;
  device.variation = {};
  device.measured = {};
  device.sites.clear();
  for (std::size_t i = 0; i < data.levels.size(); ++i) {
    SiteParameters site;
    site.name = fmt::format("n{}", i);
    site.position = position_of(like.geometry, (1.0 / data.levels[i] - least) / (most - least));
    site.depth = like.pinning.reference_depth;
    site.barrier = like.sites.front().barrier;
    site.spread = from_si<Resistance>(data.spreads[i]);
    device.sites.push_back(site);
  }
  device.fabricated = device.sites;
  return device;
}

// What says something of a site: pulses that could move a wall on along the track, and not so far
// below the least that did that nothing is expected of them.
TrialsByVoltage telling_trials(const TrialsByVoltage& all, std::size_t site, std::size_t sites) {
  const auto writes = [](double voltage) { return voltage > 0.0; };
  TrialsByVoltage possible;
  std::map<bool, double> least;  // V, by direction
  for (const auto& [voltage, seen] : all) {
    if (writes(voltage) ? site + 1 == sites : site == 0) continue;
    possible[voltage] = seen;
    if (seen.left == 0) continue;
    const auto known = least.try_emplace(writes(voltage), std::abs(voltage)).first;
    known->second = std::min(known->second, std::abs(voltage));
  }
  TrialsByVoltage telling;
  for (const auto& [voltage, seen] : possible) {
    const auto limit = least.find(writes(voltage));
    const double from = limit == least.end() ? 0.0 : kFarBelow * limit->second;
    if (std::abs(voltage) >= from) telling[voltage] = seen;
  }
  return telling;
}

}  // namespace

SwitchingFit fit_device(const DeviceParameters& like, const SwitchingData& data) {
  SwitchingFit fit{with_levels(like, data), std::vector<SiteFit>(data.levels.size()), {}};
  auto& device = fit.device;
  for (std::size_t i = 0; i < device.sites.size(); ++i) {
    const auto trials = telling_trials(data.trials[i], i, device.sites.size());
    const auto left = times_left(trials);
    auto& site = device.sites[i];
    if (left < kLeastLeft) {
      if (i == 0 || i + 1 < device.sites.size()) {
        throw InputError(
            fmt::format("the level at {:.6g} ohm is left {} times; expected {} at least",
                        data.levels[i], left, kLeastLeft));
      }
      site.depth = device.sites[i - 1].depth;
      site.barrier = device.sites[i - 1].barrier;
      continue;
    }
    const LoneSite lone(device, i);
    const auto best = most_likely(lone, trials, guess_depth(device, i, trials));
    fit.sites[i].fitted = true;
    find_errors(lone, trials, best, fit.sites[i]);
    for (const auto& [voltage, seen] : trials) {
      fit.points.push_back({static_cast<int>(i), from_si<Voltage>(voltage), seen,
                            lone.chance(voltage, best.depth, best.barrier)});
    }
    judge(fit.points, static_cast<int>(i), fit.sites[i]);
    site.depth = from_si<Length>(best.depth);
    site.barrier = best.barrier;
  }
  device.fabricated = device.sites;
  return fit;
}

}  // namespace dwmtj
