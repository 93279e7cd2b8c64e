// SPDX-License-Identifier: Apache-2.0
// summary.json: what a characterisation found, for programs (schema: docs/app/characterize.md).
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "characterization/cycle_statistics.h"
#include "characterization/field_loop.h"
#include "characterization/linearity.h"
#include "characterization/metaplasticity.h"
#include "characterization/pulse_width.h"
#include "characterization/retention_curve.h"
#include "characterization/state_map.h"
#include "characterization/temperature.h"
#include "characterization/trains.h"

namespace dwmtj {

class Summary {
 public:
  Summary(const DeviceModel& model, std::uint64_t seed);
  ~Summary();
  Summary(const Summary&) = delete;
  Summary& operator=(const Summary&) = delete;

  void add(const std::string& protocol, const CycleStatistics& statistics);
  void add_state_map(const StateMap& map);
  void add_retention(const std::vector<RetentionPoint>& points);
  void add_linearity(const std::vector<PulseTrain>& trains);
  void add_metaplasticity(const std::vector<MetaplasticPoint>& points);
  void add_field_loop(const FieldLoop& loop);
  void add_trains(const TrainPlan& plan, const TrainStatistics& statistics);
  void add_temperature(const std::vector<TemperaturePoint>& points);
  void add_pulse_width(const std::vector<PulseWidthPoint>& points);
  void mark_interrupted(const std::string& protocol);
  [[nodiscard]] std::string text() const;

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

}  // namespace dwmtj
