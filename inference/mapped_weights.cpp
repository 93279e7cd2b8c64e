// SPDX-License-Identifier: Apache-2.0
#include "inference/mapped_weights.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "common/index.h"
#include "common/input_error.h"
#include "common/name_text.h"
#include "networks/quantisation.h"

namespace dwmtj {
namespace {

// Linear between the neighbours in rank, as numpy has it.
double percentile_of(std::vector<float> values, double percentile) {
  const double rank = percentile / 100.0 * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(rank));
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(below);
  std::nth_element(values.begin(), at, values.end());
  const double low = *at;
  if (below + 1 == values.size()) return low;
  const double high = *std::min_element(at + 1, values.end());
  return low + (rank - static_cast<double>(below)) * (high - low);
}

double limit_of(const std::vector<float>& values, double percentile) {
  const double limit = std::max(std::abs(percentile_of(values, percentile)),
                                std::abs(percentile_of(values, 100.0 - percentile)));
  return limit > 0 ? limit : 1.0;  // weights that are all zero have any
}

// By digit: a step from level to level of the least is one of the weight's magnitudes.
std::vector<double> worth_of(const WeightCells& cells, std::size_t levels) {
  std::vector<double> worth;
  worth.reserve(index(cells.digits()));
  const double largest = levels_of(cells.bits) - 1;
  for (int d = 0; d < cells.digits(); ++d) {
    worth.push_back(std::ldexp(static_cast<double>(levels) - 1, d * cells.bits_per_cell) / largest);
  }
  return worth;
}

// What a weight's magnitude can be on its pairs: any level on each.
class Magnitudes {
 public:
  Magnitudes(const LevelSet& levels, const std::optional<WeightCells>& cells)
      : levels_(static_cast<int>(levels.conductance.size())),
        worth_(cells ? worth_of(*cells, levels.conductance.size()) : std::vector<double>{1.0}),
        sums_{{0.0, 0}} {
    if (levels.is_continuous()) return;
    // Sums that hardly differ are one: of many digits there would be too many.
    const double apart = worth_.size() == 1 ? 0.0 : 1.0 / 16 / levels_of(cells->bits);
    for (std::int64_t d = 0, weight = 1; d < digits(); ++d, weight *= levels_) {
      add_digit(levels, worth_[index(d)], weight, apart);
    }
    for (std::size_t i = 1; i < sums_.size(); ++i) {
      borders_.push_back((sums_[i - 1].share + sums_[i].share) / 2);
    }
  }

  [[nodiscard]] const std::vector<double>& worth() const { return worth_; }
  [[nodiscard]] int digits() const { return static_cast<int>(worth_.size()); }
  // The levels of the nearest magnitude, as one number to the base of all levels.
  [[nodiscard]] std::int64_t nearest(double share) const {
    const auto border = std::lower_bound(borders_.begin(), borders_.end(), share);
    return sums_[index(border - borders_.begin())].number;
  }

 private:
  struct Sum {
    double share;
    std::int64_t number;
  };

  void add_digit(const LevelSet& levels, double worth, std::int64_t weight, double apart) {
    std::vector<Sum> all;
    for (int level = 0; level < levels_; ++level) {
      for (const auto& sum : sums_) {
        all.push_back({sum.share + worth * levels.share(level), sum.number + level * weight});
      }
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Sum& a, const Sum& b) { return a.share < b.share; });
    sums_.clear();
    for (const auto& sum : all) {
      if (sums_.empty() || sum.share - sums_.back().share >= apart) sums_.push_back(sum);
    }
  }

  int levels_;
  std::vector<double> worth_;    // by digit
  std::vector<Sum> sums_;        // ascending
  std::vector<double> borders_;  // half-way between neighbours
};

void check_finite(const Layer& layer) {
  for (const auto value : *layer.weights.values) {
    if (!std::isfinite(value)) {
      throw InputError(fmt::format("layer '{}': expected finite weights", printable(layer.name)));
    }
  }
}

}  // namespace

double MappedWeights::share(const LevelSet& set, std::size_t i) const {
  if (levels.empty()) return shares[i];
  const int level = levels[i];
  return level < 0 ? -set.share(-level) : set.share(level);
}

MappedWeights map_weights(const Layer& layer, const LevelSet& levels, double percentile,
                          const std::optional<WeightCells>& cells) {
  check_finite(layer);
  const auto& values = *layer.weights.values;
  const Magnitudes magnitudes(levels, cells);
  const auto count = static_cast<std::int64_t>(levels.conductance.size());
  MappedWeights mapped;
  mapped.limit = limit_of(values, percentile);
  mapped.worth = magnitudes.worth();
  if (!levels.is_continuous()) mapped.levels.resize(values.size() * mapped.worth.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double share = values[i] / mapped.limit;
    mapped.clipped += std::abs(share) > 1.0 ? 1 : 0;
    if (levels.is_continuous()) {
      mapped.shares.push_back(static_cast<float>(std::clamp(share, -1.0, 1.0)));
      continue;
    }
    auto number = magnitudes.nearest(std::abs(share));
    for (auto at = i; at < mapped.levels.size(); at += values.size(), number /= count) {
      const auto level = number % count;
      mapped.levels[at] = static_cast<std::int16_t>(share < 0 ? -level : level);
    }
  }
  return mapped;
}

}  // namespace dwmtj
