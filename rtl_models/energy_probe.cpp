// SPDX-License-Identifier: Apache-2.0
#include "rtl_models/energy_probe.h"

namespace dwmtj {
namespace {

double picojoules(Energy energy) { return 1e12 * in_si(energy); }

}  // namespace

EnergyProbe::EnergyProbe(WaveformWriter* waveforms, const std::string& name) {
  if (waveforms == nullptr) return;
  const Probe energy = waveforms->real(name, "pJ");
  if (!energy) return;
  meter_ = std::make_shared<Meter>();
  meter_->energy = energy;
  waveforms->before_close([meter = meter_](Picoseconds end) { meter->leak_until(end); });
}

void EnergyProbe::follow(Ledger& ledger, const TileAccounts& accounts) {
  if (!meter_) return;
  meter_->leakage = accounts.leakage();
  ledger.listen([meter = meter_, &accounts](const Posting& posting) {
    if (!accounts.owns(posting.account)) return;
    meter->energy.add(posting.start + posting.duration,
                      picojoules(from_si<Energy>(posting.joules)));
  });
}

void EnergyProbe::Meter::leak_until(Picoseconds now) {
  if (now <= leaked_until) return;
  energy.add(now, picojoules(leakage * to_time(now - leaked_until)));
  leaked_until = now;
}

}  // namespace dwmtj
