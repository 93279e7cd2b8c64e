// SPDX-License-Identifier: Apache-2.0
// Trains of nominal pulses on single devices, with a reading after each: up from the first level,
// then down, repeated. What a laboratory measures of an analog device, and what devices of measured
// pulses are made of.
#pragma once

#include <array>

#include "characterization/moments.h"
#include "characterization/pulse_record.h"
#include "characterization/sweep.h"

namespace dwmtj {

struct TrainPlan {
  Pulse up, down;
  int pulses_up = 0;  // of a train: twice as many as the mean takes, at most kLongestTrain
  int pulses_down = 0;
};
inline constexpr int kLongestTrain = 1000;

TrainPlan plan_trains(const DeviceModel& model);

// The model outlives the measurement. Of the sweep, cycles and seed alone.
Measurement pulse_trains(const DeviceModel& model, const Sweep& sweep, const TrainPlan& plan);

// What single pulses do, by phase: changes of the conductance from inside the range.
class TrainStatistics {
 public:
  explicit TrainStatistics(const DeviceModel& model);

  void add(const PulseRecord& row);
  void finish_device() {}
  void add(const TrainStatistics& later);
  [[nodiscard]] TrainStatistics fresh() const { return TrainStatistics(*model_); }

  [[nodiscard]] const Moments& changes(Phase phase) const {  // over the range
    return changes_[static_cast<std::size_t>(phase)];
  }

 private:
  const DeviceModel* model_;
  double range_;  // S
  int site_ = 0;
  double before_ = 0.0;  // S
  std::array<Moments, 2> changes_;
};

}  // namespace dwmtj
