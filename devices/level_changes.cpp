// SPDX-License-Identifier: Apache-2.0
#include "devices/level_changes.h"

#include <algorithm>
#include <cmath>

namespace dwmtj {
namespace {

constexpr double kRounding = 1e-9;  // of a step: on a level

}  // namespace

LevelChanges::LevelChanges(const ConductanceLevels& levels)
    : levels_(levels),
      sources_(index(levels.count)),
      weights_(index(levels.count) * index(levels.count), 0.0) {}

void LevelChanges::Moments::add(double value, double added) {
  weight += added;
  sum += added * value;
  squares += added * value * value;
}

double LevelChanges::Moments::deviation() const {
  return std::sqrt(std::max(0.0, squares / weight - mean() * mean()));
}

LevelChanges::Place LevelChanges::place(double conductance) const {
  double steps = std::clamp((conductance - levels_.least) / levels_.step(), 0.0,
                            static_cast<double>(levels_.count - 1));
  if (std::abs(steps - std::round(steps)) < kRounding) steps = std::round(steps);
  const int below = std::min(static_cast<int>(steps), levels_.count - 2);
  return {below, steps - below};
}

void LevelChanges::add(int from, double change, double weight) {
  sources_[index(from)].add(change, weight);
  const auto to = place(levels_.level(from) + change);
  const auto below = index(from * levels_.count + to.below);
  weights_[below] += weight * (1.0 - to.share);
  weights_[below + 1] += weight * to.share;
}

void LevelChanges::add_from(double conductance, double change, double weight) {
  const auto from = place(conductance);
  add(from.share < 0.5 ? from.below : from.below + 1, change, weight);
}

std::vector<double> LevelChanges::chances() const {
  auto chances = weights_;
  for (std::size_t i = 0; i < chances.size(); ++i) {
    chances[i] /= sources_[i / index(levels_.count)].weight;
  }
  return chances;
}

LevelError LevelChanges::error() const {
  LevelError worst;
  for (int from = 0; from < levels_.count; ++from) {
    Moments brought;
    for (int to = 0; to < levels_.count; ++to) {
      brought.add(levels_.level(to) - levels_.level(from),
                  weights_[index(from) * index(levels_.count) + index(to)]);
    }
    const auto& source = sources_[index(from)];
    worst.mean = std::max(worst.mean, std::abs(brought.mean() - source.mean()));
    worst.deviation = std::max(worst.deviation, std::abs(brought.deviation() - source.deviation()));
  }
  return worst;
}

}  // namespace dwmtj
