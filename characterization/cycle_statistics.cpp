// SPDX-License-Identifier: Apache-2.0
#include "characterization/cycle_statistics.h"

#include <cmath>
#include <cstdlib>

namespace dwmtj {
namespace {

std::size_t index(int site) { return static_cast<std::size_t>(site); }

void add_device(SwitchStatistics& switching, const Moments& voltages) {
  if (voltages.count() == 0) return;
  switching.voltages.add(voltages);
  switching.mean.add(voltages.mean());
  if (voltages.count() < 2) return;
  switching.var.add((voltages.most() - voltages.least()) / (2.0 * voltages.mean()));
}

void add_devices(SwitchStatistics& switching, const SwitchStatistics& later) {
  switching.voltages.add(later.voltages);
  switching.mean.add(later.mean);
  switching.var.add(later.var);
}

}  // namespace

double LevelStatistics::spread() const {
  return freedom == 0 ? 0.0 : std::sqrt(squares / static_cast<double>(freedom));
}

CycleStatistics::CycleStatistics(int sites, Phase phase)
    : phase_(phase),
      levels_(index(sites)),
      leaving_(index(sites)),
      resistances_(index(sites)),
      left_(index(sites)) {}

void CycleStatistics::add(const PulseRecord& row) {
  if (row.phase != phase_) {
    end_cycle();
  } else if (row.pulse == 0) {
    begin_cycle(row);
  } else if (row.site != site_) {
    note_switch(row);
  }
}

void CycleStatistics::begin_cycle(const PulseRecord& row) {
  end_cycle();
  site_ = row.site;
  resistances_[index(row.site)].add(row.resistance);
}

void CycleStatistics::note_switch(const PulseRecord& row) {
  left_[index(site_)].add(std::abs(row.voltage));
  left_for_[{site_, row.site}].add(std::abs(row.voltage));
  skipped_ += std::abs(row.site - site_) - 1;
  ++switches_;
  site_ = row.site;
  resistances_[index(row.site)].add(row.resistance);
}

void CycleStatistics::end_cycle() {
  if (site_ < 0) return;
  const int far_end = phase_ == Phase::write ? static_cast<int>(levels_.size()) - 1 : 0;
  ++cycles_;
  notches_skipped_ += static_cast<std::uint64_t>(skipped_);
  cycles_with_skip_ += skipped_ > 0 ? 1 : 0;
  cycles_in_one_switch_ += switches_ == 1 && site_ == far_end ? 1 : 0;
  site_ = -1;
  skipped_ = 0;
  switches_ = 0;
}

void CycleStatistics::finish_device() {
  end_cycle();
  ++devices_;
  bool all = true;
  for (std::size_t site = 0; site < levels_.size(); ++site) {
    const auto& seen = resistances_[site];
    all = all && seen.count() > 0;
    if (seen.count() > 0) {
      levels_[site].mean.add(seen.mean());
      levels_[site].visits += seen.count();
      levels_[site].squares += seen.squares();
      levels_[site].freedom += seen.count() - 1;
    }
    add_device(leaving_[site], left_[site]);
    resistances_[site] = left_[site] = {};
  }
  for (const auto& [pair, voltages] : left_for_) add_device(switching_[pair], voltages);
  left_for_.clear();
  devices_with_all_sites_ += all ? 1 : 0;
}

void CycleStatistics::add(const DeviceRecord& record) {
  for (const auto& row : record) add(row);
  finish_device();
}

void CycleStatistics::add(const CycleStatistics& later) {
  for (std::size_t site = 0; site < levels_.size(); ++site) {
    levels_[site].mean.add(later.levels_[site].mean);
    levels_[site].visits += later.levels_[site].visits;
    levels_[site].squares += later.levels_[site].squares;
    levels_[site].freedom += later.levels_[site].freedom;
    add_devices(leaving_[site], later.leaving_[site]);
  }
  for (const auto& [pair, switching] : later.switching_) add_devices(switching_[pair], switching);
  devices_ += later.devices_;
  cycles_ += later.cycles_;
  notches_skipped_ += later.notches_skipped_;
  cycles_with_skip_ += later.cycles_with_skip_;
  cycles_in_one_switch_ += later.cycles_in_one_switch_;
  devices_with_all_sites_ += later.devices_with_all_sites_;
}

SwitchStatistics CycleStatistics::switching(int from, int to) const {
  const auto found = switching_.find({from, to});
  return found == switching_.end() ? SwitchStatistics{} : found->second;
}

}  // namespace dwmtj
