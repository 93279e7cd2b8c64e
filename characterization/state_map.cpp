// SPDX-License-Identifier: Apache-2.0
#include "characterization/state_map.h"

namespace dwmtj {

std::vector<double> state_chances(const Staircase& staircase, int sites, int start) {
  std::vector<double> chances;
  std::vector<double> now(static_cast<std::size_t>(sites), 0.0);
  now[static_cast<std::size_t>(start)] = 1.0;
  for (std::size_t pulse = 0; pulse < staircase.voltages().size(); ++pulse) {
    const auto& table = staircase.table(pulse);
    std::vector<double> next(now.size(), 0.0);
    for (int from = 0; from < sites; ++from) {
      for (int to = 0; to < sites; ++to) {
        next[static_cast<std::size_t>(to)] +=
            now[static_cast<std::size_t>(from)] * table.probability(from, to);
      }
    }
    now = next;
    chances.insert(chances.end(), now.begin(), now.end());
  }
  return chances;
}

StateMap::StateMap(const DeviceModel& model, const Sweep& sweep)
    : sites_(model.sites()), amplitudes_(sweep.amplitudes()) {
  const Staircase staircase(model, sweep, Phase::write);
  const auto cells = amplitudes_.size() * static_cast<std::size_t>(sites_);
  probability_.assign(cells, 0.0);
  if (staircase.complete()) probability_ = state_chances(staircase, sites_, 0);
  come_.assign(cells + static_cast<std::size_t>(sites_), 0);
  gone_ = come_;
}

StateMap StateMap::fresh() const {
  StateMap other = *this;
  other.come_.assign(come_.size(), 0);
  other.gone_.assign(gone_.size(), 0);
  other.samples_ = 0;
  return other;
}

std::size_t StateMap::at(std::size_t amplitude, int site) const {
  return amplitude * static_cast<std::size_t>(sites_) + static_cast<std::size_t>(site);
}

// Before the pulses of the sweep lies the first reading: pulse 0 of the rows.
void StateMap::add(const PulseRecord& row) {
  const auto pulse = static_cast<std::size_t>(row.pulse);
  if (pulse == 0) {
    ++samples_;
    ++come_[at(0, row.site)];
  } else if (row.site != site_) {
    ++gone_[at(pulse - 1, site_)];
    ++come_[at(pulse - 1, row.site)];
  }
  site_ = row.site;
}

void StateMap::add(const StateMap& later) {
  for (std::size_t i = 0; i < come_.size(); ++i) {
    come_[i] += later.come_[i];
    gone_[i] += later.gone_[i];
  }
  samples_ += later.samples_;
}

double StateMap::probability(std::size_t amplitude, int site) const {
  return probability_[at(amplitude, site)];
}

std::uint64_t StateMap::found(std::size_t amplitude, int site) const {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i <= amplitude; ++i) count += come_[at(i, site)] - gone_[at(i, site)];
  return count;
}

}  // namespace dwmtj
