// SPDX-License-Identifier: Apache-2.0
// The tidy tables of a characterisation, one row a pulse or point (columns:
// docs/app/characterize.md).
#pragma once

#include <fmt/format.h>

#include "characterization/linearity.h"
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
  enum class Columns { ramp, phases };  // with or without the phase

  RowTable(const std::filesystem::path& file, Columns columns);
  void add(const PulseRecord& row);
  void finish_device() { flush(); }
  // Rows of a device that was not finished are kept.
  void commit();

 private:
  void flush();

  OutputFile file_;
  Columns columns_;
  fmt::memory_buffer text_;
};

void write_state_map(const RunFolder& folder, const DeviceModel& model, const StateMap& map);
void write_retention(const RunFolder& folder, const DeviceModel& model,
                     const std::vector<RetentionPoint>& points);
void write_linearity(const RunFolder& folder, const std::vector<PulseTrain>& trains);
void write_temperature(const RunFolder& folder, const DeviceModel& model,
                       const std::vector<TemperaturePoint>& points);
void write_pulse_width(const RunFolder& folder, const DeviceModel& model,
                       const std::vector<PulseWidthPoint>& points);

}  // namespace dwmtj
