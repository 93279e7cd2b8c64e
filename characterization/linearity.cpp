// SPDX-License-Identifier: Apache-2.0
#include "characterization/linearity.h"

#include <cmath>

#include <boost/math/tools/minima.hpp>

namespace dwmtj {
namespace {

constexpr std::size_t kLongestTrain = 100000;
constexpr double kMostNonlinearity = 1000.0;

// The law of Table 1, with its straight limit.
double curve(double nu, double p) {
  if (std::abs(nu) < 1e-6) return p;
  return std::expm1(-nu * p) / std::expm1(-nu);
}

double misfit(double nu, const std::vector<double>& values) {
  double sum = 0.0;
  const auto last = static_cast<double>(values.size() - 1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double off = curve(nu, static_cast<double>(i) / last) - values[i];
    sum += off * off;
  }
  return sum;
}

// The chances of all sites after one more pulse.
std::vector<double> after(const TransitionTable& table, const std::vector<double>& now) {
  std::vector<double> next(now.size(), 0.0);
  for (std::size_t from = 0; from < now.size(); ++from) {
    for (std::size_t to = 0; to < now.size(); ++to) {
      next[to] += now[from] * table.probability(static_cast<int>(from), static_cast<int>(to));
    }
  }
  return next;
}

double mean_conductance(const DeviceModel& model, const std::vector<double>& chances) {
  double mean = 0.0;
  for (std::size_t site = 0; site < chances.size(); ++site) {
    mean += chances[site] * in_si(model.readout().level_conductance(static_cast<int>(site)));
  }
  return mean;
}

}  // namespace

double nonlinearity(const std::vector<double>& values) {
  // In the arcsinh of nu, which reaches far and is fine near zero.
  const double most = std::asinh(kMostNonlinearity);
  const auto best = boost::math::tools::brent_find_minima(
      [&](double x) { return misfit(std::sinh(x), values); }, -most, most, 40);
  return std::sinh(best.first);
}

PulseTrain pulse_train(const DeviceModel& model, Direction direction) {
  const bool up = direction == Direction::forward;
  const double sign = up ? 1.0 : -1.0;
  PulseTrain train{model.nominal_pulse(direction), {}, false, 0.0, 0.0};
  const auto& table = model.table(train.pulse);
  std::vector<double> now(static_cast<std::size_t>(model.sites()), 0.0);
  (up ? now.front() : now.back()) = 1.0;
  const double start = mean_conductance(model, now);
  const auto last = up ? model.sites() - 1 : 0;
  const double range = in_si(model.readout().level_conductance(last)) - start;
  double pulses = 0.0;
  double lost = 0.0;
  train.conductance.push_back(start);
  std::vector<double> values{0.0};
  while (values.back() < kTrainCutOff && values.size() <= kLongestTrain) {
    for (int site = 0; site < model.sites(); ++site) {
      if (site == last) continue;
      pulses += now[static_cast<std::size_t>(site)];
      lost += now[static_cast<std::size_t>(site)] * table.probability(site, site);
    }
    now = after(table, now);
    train.conductance.push_back(mean_conductance(model, now));
    values.push_back((train.conductance.back() - start) / range);
  }
  train.complete = values.back() >= kTrainCutOff;
  train.lost = lost / pulses;
  const double end = values.back();
  for (double& value : values) value /= end;
  if (train.complete) train.nonlinearity = sign * nonlinearity(values);
  return train;
}

}  // namespace dwmtj
