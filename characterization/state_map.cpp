// SPDX-License-Identifier: Apache-2.0
#include "characterization/state_map.h"

namespace dwmtj {

StateMap::StateMap(const DeviceModel& model, const Sweep& sweep)
    : sites_(model.sites()), amplitudes_(sweep.amplitudes()) {
  const auto sites = static_cast<std::size_t>(sites_);
  found_.assign(amplitudes_.size() * sites, 0);
  std::vector<double> now(sites, 0.0);
  now[0] = 1.0;
  for (const auto& amplitude : amplitudes_) {
    const auto& table = model.table(model.pad_pulse(amplitude));
    std::vector<double> next(sites, 0.0);
    for (int from = 0; from < sites_; ++from) {
      for (int to = 0; to < sites_; ++to) {
        next[static_cast<std::size_t>(to)] +=
            now[static_cast<std::size_t>(from)] * table.probability(from, to);
      }
    }
    now = next;
    probability_.insert(probability_.end(), now.begin(), now.end());
  }
}

std::size_t StateMap::at(std::size_t amplitude, int site) const {
  return amplitude * static_cast<std::size_t>(sites_) + static_cast<std::size_t>(site);
}

void StateMap::add(const DeviceRecord& ramp) {
  for (const auto& row : ramp) {
    if (row.pulse == 0) {
      ++samples_;
    } else {
      ++found_[at(static_cast<std::size_t>(row.pulse) - 1, row.site)];
    }
  }
}

double StateMap::probability(std::size_t amplitude, int site) const {
  return probability_[at(amplitude, site)];
}

std::uint64_t StateMap::found(std::size_t amplitude, int site) const {
  return found_[at(amplitude, site)];
}

}  // namespace dwmtj
