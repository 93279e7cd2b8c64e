// SPDX-License-Identifier: Apache-2.0
#include "devices/retention.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "common/index.h"
#include "common/input_error.h"
#include "common/quantity_text.h"

namespace dwmtj {
namespace {

// A matrix of chances, [from][to].
class Chances {
 public:
  Chances(std::size_t sites, double diagonal) : sites_(sites), values_(sites * sites) {
    for (std::size_t i = 0; i < sites; ++i) at(i, i) = diagonal;
  }
  double& at(std::size_t from, std::size_t to) { return values_[from * sites_ + to]; }
  [[nodiscard]] const std::vector<double>& values() const { return values_; }

  [[nodiscard]] Chances times(const Chances& then, double factor) const {
    Chances result(sites_, 0.0);
    for (std::size_t i = 0; i < sites_; ++i) {
      for (std::size_t k = 0; k < sites_; ++k) {
        const double way = factor * values_[i * sites_ + k];
        for (std::size_t j = 0; j < sites_; ++j)
          result.at(i, j) += way * then.values_[k * sites_ + j];
      }
    }
    return result;
  }
  void add(const Chances& other) {
    for (std::size_t i = 0; i < values_.size(); ++i) values_[i] += other.values_[i];
  }
  // So that no error of rounding grows when it is squared.
  void make_rows_sum_to_one() {
    for (std::size_t i = 0; i < sites_; ++i) {
      const auto row = values_.begin() + static_cast<std::ptrdiff_t>(i * sites_);
      double sum = 0.0;
      std::for_each(row, row + static_cast<std::ptrdiff_t>(sites_), [&](double x) { sum += x; });
      std::for_each(row, row + static_cast<std::ptrdiff_t>(sites_), [&](double& x) { x /= sum; });
    }
  }

 private:
  std::size_t sites_;
  std::vector<double> values_;
};

double rate_of(const SwitchingLaw& law, int site, Direction direction, Current current,
               Field bias) {
  const double rate = law.escape_rate(site, direction, current, bias);
  if (std::isfinite(rate)) return rate;
  throw InputError(fmt::format("site {}: {} along the track leaves no barrier: expected less", site,
                               format_quantity(current)));
}

// Hops of a time so short that fewer than one is expected: all terms of the sum are positive.
Chances short_chances(const SwitchingLaw& law, double time, Current current, Field bias,
                      double most) {
  const auto sites = static_cast<std::size_t>(law.sites());
  Chances hops(sites, most * time);
  for (std::size_t i = 0; i < sites; ++i) {
    const auto site = static_cast<int>(i);
    const double on = i + 1 < sites ? rate_of(law, site, Direction::forward, current, bias) : 0.0;
    const double back = i > 0 ? rate_of(law, site, Direction::reverse, current, bias) : 0.0;
    if (i + 1 < sites) hops.at(i, i + 1) = on * time;
    if (i > 0) hops.at(i, i - 1) = back * time;
    hops.at(i, i) -= (on + back) * time;
  }
  Chances sum(sites, 1.0);
  Chances term = sum;
  for (int order = 1; order <= 20; ++order) {
    term = term.times(hops, 1.0 / order);
    sum.add(term);
  }
  return sum;
}

}  // namespace

double leaving_probability(const SwitchingLaw& law, int site, Time time, Current current,
                           Field bias) {
  const double rate = law.escape_rate(site, Direction::forward, current, bias) +
                      law.escape_rate(site, Direction::reverse, current, bias);
  return -std::expm1(-rate * in_si(time));
}

std::vector<double> resting_chances(const SwitchingLaw& law, Time time, Current current,
                                    Field bias) {
  double most = 0.0;
  for (int site = 0; site < law.sites(); ++site) {
    most = std::max(most, rate_of(law, site, Direction::forward, current, bias) +
                              rate_of(law, site, Direction::reverse, current, bias));
  }
  int doublings = 0;
  double part = in_si(time);
  for (; most * part > 1.0; ++doublings) part /= 2;
  auto chances = short_chances(law, part, current, bias, most);
  chances.make_rows_sum_to_one();
  for (; doublings > 0; --doublings) {
    chances = chances.times(chances, 1.0);
    chances.make_rows_sum_to_one();
  }
  return chances.values();
}

void sum_up_rows(std::vector<double>& chances, int sites) {
  for (std::size_t i = 0; i < chances.size(); ++i) {
    if (i % index(sites) != 0) chances[i] += chances[i - 1];
  }
}

int drawn_end(const std::vector<double>& below, int sites, int from, std::uint32_t word) {
  const auto* const row = &below[index(from) * index(sites)];
  const double u = (word + 0.5) * 0x1p-32;
  return static_cast<int>(std::upper_bound(row, row + sites - 1, u) - row);
}

}  // namespace dwmtj
