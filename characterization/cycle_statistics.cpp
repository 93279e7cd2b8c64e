// SPDX-License-Identifier: Apache-2.0
#include "characterization/cycle_statistics.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace dwmtj {

// What one device showed at one site, over its cycles.
struct CycleStatistics::Visit {
  std::vector<double> resistances;  // mean of the readings of each cycle that saw the site
  std::vector<double> leaving;      // |V| of the pulse that ended the stay
};

namespace {

double mean_of(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double deviation_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double sum = 0.0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

}  // namespace

void CycleStatistics::add(const DeviceRecord& record) {
  std::vector<Visit> visits(levels_.size());
  for (auto row = record.begin(); row != record.end();) {
    const auto end = std::find_if(row, record.end(), [&](const PulseRecord& other) {
      return other.cycle != row->cycle || other.phase != row->phase;
    });
    if (row->phase == phase_) add_cycle(&*row, &*row + (end - row), visits);
    row = end;
  }
  add_device(visits);
}

void CycleStatistics::add_cycle(const PulseRecord* first, const PulseRecord* last,
                                std::vector<Visit>& visits) {
  std::uint64_t skipped = 0;
  int switches = 0;
  std::vector<double> sums(levels_.size(), 0.0);
  std::vector<int> readings(levels_.size(), 0);
  for (const auto* row = first; row != last; ++row) {
    const auto site = static_cast<std::size_t>(row->site);
    sums[site] += row->resistance;
    ++readings[site];
    if (row == first || row->site == row[-1].site) continue;
    visits[static_cast<std::size_t>(row[-1].site)].leaving.push_back(std::abs(row->voltage));
    skipped += static_cast<std::uint64_t>(std::abs(row->site - row[-1].site)) - 1;
    ++switches;
  }
  for (std::size_t site = 0; site < sums.size(); ++site) {
    if (readings[site] > 0) visits[site].resistances.push_back(sums[site] / readings[site]);
  }
  ++cycles_;
  notches_skipped_ += skipped;
  cycles_with_skip_ += skipped > 0 ? 1 : 0;
  cycles_in_one_switch_ += switches == 1 ? 1 : 0;
}

void CycleStatistics::add_device(const std::vector<Visit>& visits) {
  ++devices_;
  bool all = true;
  for (std::size_t site = 0; site < visits.size(); ++site) {
    const auto& seen = visits[site].resistances;
    all = all && !seen.empty();
    levels_[site].visits += seen.size();
    if (!seen.empty()) levels_[site].mean.add(mean_of(seen));
    if (seen.size() > 1) levels_[site].spread.add(deviation_of(seen));
    const auto& left = visits[site].leaving;
    if (left.empty()) continue;
    const auto [least, most] = std::minmax_element(left.begin(), left.end());
    auto& switching = leaving_[site];
    switching.least = switching.switches == 0 ? *least : std::min(switching.least, *least);
    switching.most = std::max(switching.most, *most);
    switching.switches += left.size();
    switching.mean.add(mean_of(left));
    if (left.size() > 1) switching.var.add((*most - *least) / (2.0 * mean_of(left)));
  }
  devices_with_all_sites_ += all ? 1 : 0;
}

}  // namespace dwmtj
