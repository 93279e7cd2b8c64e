// SPDX-License-Identifier: Apache-2.0
#include "characterization/trains.h"

#include <algorithm>

#include "characterization/linearity.h"
#include "characterization/staircase.h"
#include "common/interrupt.h"

namespace dwmtj {
namespace {

int pulses_of(const PulseTrain& train) {
  const auto taken = 2 * (train.conductance.size() - 1);
  return static_cast<int>(std::min<std::size_t>(taken, kLongestTrain));
}

}  // namespace

TrainPlan plan_trains(const DeviceModel& model) {
  const auto up = pulse_train(model, Direction::forward);
  const auto down = pulse_train(model, Direction::reverse);
  return {up.pulse, down.pulse, pulses_of(up), pulses_of(down)};
}

Measurement pulse_trains(const DeviceModel& model, const Sweep& sweep, const TrainPlan& plan) {
  return [&model, sweep, plan](std::uint64_t number, Rows, const RowSink& sink) {
    Specimen specimen(model, sweep.seed, number);
    specimen.device.saturate();
    const auto train = [&](int cycle, Phase phase, const Pulse& pulse, int pulses) {
      const double volts = in_si(model.pads_of(pulse));
      const auto note = [&](int count) {
        sink({number, cycle, phase, count, volts, specimen.device.site(),
              specimen.instrument.read(specimen.device)});
      };
      const auto& table = model.table(pulse, specimen.grade);
      note(0);
      for (int i = 1; i <= pulses && !interrupted(); ++i) {
        specimen.device.apply(table);
        note(i);
      }
    };
    for (int cycle = 0; cycle < sweep.cycles && !interrupted(); ++cycle) {
      train(cycle, Phase::write, plan.up, plan.pulses_up);
      train(cycle, Phase::reset, plan.down, plan.pulses_down);
    }
  };
}

TrainStatistics::TrainStatistics(const DeviceModel& model)
    : model_(&model),
      range_(in_si(model.readout().level_conductance(model.sites() - 1) -
                   model.readout().level_conductance(0))) {}

// A pulse at the end of its direction says nothing of others.
void TrainStatistics::add(const PulseRecord& row) {
  const double now = 1.0 / row.resistance;
  const int end = row.phase == Phase::write ? model_->sites() - 1 : 0;
  if (row.pulse > 0 && site_ != end) {
    changes_[static_cast<std::size_t>(row.phase)].add((now - before_) / range_);
  }
  before_ = now;
  site_ = row.site;
}

void TrainStatistics::add(const TrainStatistics& later) {
  for (std::size_t phase = 0; phase < changes_.size(); ++phase) {
    changes_[phase].add(later.changes_[phase]);
  }
}

}  // namespace dwmtj
