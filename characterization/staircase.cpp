// SPDX-License-Identifier: Apache-2.0
#include "characterization/staircase.h"

#include "common/interrupt.h"

namespace dwmtj {

Staircase::Staircase(const DeviceModel& model, const Sweep& sweep, Phase phase) : phase_(phase) {
  const double sign = phase == Phase::write ? 1.0 : -1.0;
  start_ = sign * in_si(sweep.start);
  const auto amplitudes = sweep.amplitudes();
  for (const auto& amplitude : amplitudes) voltages_.push_back(sign * in_si(amplitude));
  for (const double voltage : voltages_) {
    if (interrupted()) return;
    tables_.push_back(&model.tables(model.pad_pulse(from_si<Voltage>(voltage))));
    static_cast<void>(
        tables_.back()->of(kNominalGrade));  // the work, where an interruption is noticed
  }
  fill_next_chances(model.sites());
}

void Staircase::fill_next_chances(int sites) {
  const std::size_t pulses = tables_.size();
  next_chance_.assign(static_cast<std::size_t>(sites) * (pulses + 1), 0);
  for (int site = 0; site < sites; ++site) {
    auto next = static_cast<std::uint32_t>(pulses);
    for (std::size_t pulse = pulses + 1; pulse-- > 0;) {
      if (pulse < pulses && !table(pulse).stays_surely(site)) {
        next = static_cast<std::uint32_t>(pulse);
      }
      next_chance_[static_cast<std::size_t>(site) * (pulses + 1) + pulse] = next;
    }
  }
}

std::size_t Staircase::next_chance(int site, std::size_t pulse) const {
  return next_chance_[static_cast<std::size_t>(site) * (tables_.size() + 1) + pulse];
}

void Staircase::climb(Specimen& specimen, int cycle, Rows rows, const RowSink& sink) const {
  DwMtj& device = specimen.device;
  Instrument& instrument = specimen.instrument;
  const auto note = [&](std::size_t pulse, double voltage) {
    sink({specimen.index, cycle, phase_, static_cast<int>(pulse), voltage, device.site(),
          instrument.read(device)});
  };
  note(0, start_);
  for (std::size_t pulse = 0; pulse < tables_.size(); ++pulse) {
    if (rows == Rows::changes && specimen.grade == kNominalGrade) {
      const std::size_t next = next_chance(device.site(), pulse);
      device.sit_through(static_cast<std::uint32_t>(next - pulse));
      instrument.skip(static_cast<std::uint32_t>(next - pulse));
      pulse = next;
      if (pulse == tables_.size()) break;
    }
    const auto result = device.apply(tables_[pulse]->of(specimen.grade));
    if (rows == Rows::all || result.to != result.from) {
      note(pulse + 1, voltages_[pulse]);
    } else {
      instrument.skip(1);
    }
  }
}

}  // namespace dwmtj
