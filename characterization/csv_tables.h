// SPDX-License-Identifier: Apache-2.0
// The tidy tables of a characterisation, one row a pulse or point (columns:
// docs/app/characterize.md).
#pragma once

#include <fmt/format.h>

#include "characterization/field_loop.h"
#include "characterization/linearity.h"
#include "characterization/metaplasticity.h"
#include "characterization/pulse_record.h"
#include "characterization/pulse_width.h"
#include "characterization/retention_curve.h"
#include "characterization/state_map.h"
#include "characterization/temperature.h"
#include "common/output_file.h"
#include "common/run_folder.h"

namespace dwmtj {

// A row a pulse, written as they come in.
class RowTable {
 public:
  enum class Columns { ramp, phases, trains };  // without and with the phase; as pulse trains

  // `width` is that of the pulses of trains.
  RowTable(const std::filesystem::path& file, Columns columns, Time width = {});
  void add(const PulseRecord& row);
  void finish_device() { flush(); }
  // Rows of a device that was not finished are kept.
  void commit();

 private:
  void add_of_train(const PulseRecord& row);
  void flush();

  OutputFile file_;
  Columns columns_;
  double width_;  // s
  fmt::memory_buffer text_;
};

void write_state_map(const RunFolder& folder, const DeviceModel& model, const StateMap& map);
void write_retention(const RunFolder& folder, const DeviceModel& model,
                     const std::vector<RetentionPoint>& points);
void write_linearity(const RunFolder& folder, const std::vector<PulseTrain>& trains);
void write_metaplasticity(const RunFolder& folder, const DeviceModel& model,
                          const std::vector<MetaplasticPoint>& points);
void write_field_loop(const RunFolder& folder, const FieldLoop& loop);
void write_temperature(const RunFolder& folder, const DeviceModel& model,
                       const std::vector<TemperaturePoint>& points);
void write_pulse_width(const RunFolder& folder, const DeviceModel& model,
                       const std::vector<PulseWidthPoint>& points);

}  // namespace dwmtj
