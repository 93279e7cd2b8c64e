// SPDX-License-Identifier: Apache-2.0
#include "characterization/level_clusters.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "common/input_error.h"

namespace dwmtj {
namespace {

constexpr std::size_t kMostGroups = 1500;  // of values that are never told apart

// Sums over the first groups of values, so that those of any stretch are a difference.
struct Sums {
  double count = 0.0;
  double values = 0.0;
  double squares = 0.0;
};

double squares_about_mean(const Sums& before, const Sums& after) {
  const double count = after.count - before.count;
  const double sum = after.values - before.values;
  return std::max(0.0, after.squares - before.squares - sum * sum / count);
}

// Runs of sorted values, by evenly many differences in value and rank at most.
std::vector<std::size_t> group_ends(const std::vector<double>& values) {
  const double step = (values.back() - values.front()) / static_cast<double>(kMostGroups);
  std::vector<std::size_t> ends;
  double first = values.front();
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (values[i] - first <= step) continue;
    ends.push_back(i);
    first = values[i];
  }
  ends.push_back(values.size());
  return ends;
}

}  // namespace

std::vector<double> split_into_levels(std::vector<double> values, std::size_t parts) {
  std::sort(values.begin(), values.end());
  const auto ends = values.empty() ? std::vector<std::size_t>{} : group_ends(values);
  const std::size_t groups = ends.size();
  if (groups < parts) {
    throw InputError(
        fmt::format("{} levels; the readings have {} different values", parts, groups));
  }
  std::vector<Sums> sums(groups + 1);
  const double middle = values[values.size() / 2];  // keeps the digits of the squares
  for (std::size_t g = 0, i = 0; g < groups; ++g) {
    sums[g + 1] = sums[g];
    for (; i < ends[g]; ++i) {
      const double value = values[i] - middle;
      sums[g + 1].count += 1.0;
      sums[g + 1].values += value;
      sums[g + 1].squares += value * value;
    }
  }
  // best[g]: of the first g groups in as many parts as so far; from[p][g]: where the last begins.
  std::vector<double> best(sums.size(), std::numeric_limits<double>::infinity());
  best[0] = 0.0;
  std::vector<std::vector<std::size_t>> from(parts, std::vector<std::size_t>(sums.size(), 0));
  for (std::size_t part = 0; part < parts; ++part) {
    std::vector<double> next(sums.size(), std::numeric_limits<double>::infinity());
    for (std::size_t end = part + 1; end <= groups; ++end) {
      for (std::size_t begin = part; begin < end; ++begin) {
        const double squares = best[begin] + squares_about_mean(sums[begin], sums[end]);
        if (squares >= next[end]) continue;
        next[end] = squares;
        from[part][end] = begin;
      }
    }
    best = next;
  }
  std::vector<double> limits;
  for (std::size_t part = parts, end = groups; part-- > 1;) {
    end = from[part][end];
    limits.push_back(0.5 * (values[ends[end - 1] - 1] + values[ends[end - 1]]));
  }
  std::reverse(limits.begin(), limits.end());
  return limits;
}

}  // namespace dwmtj
