// SPDX-License-Identifier: Apache-2.0
// The tidy tables of a characterisation, one row a pulse or point (columns:
// docs/app/characterize.md).
#pragma once

#include "characterization/pulse_record.h"
#include "characterization/pulse_width.h"
#include "characterization/retention_curve.h"
#include "characterization/state_map.h"
#include "common/output_file.h"
#include "common/run_folder.h"

namespace dwmtj {

// ramp.csv, written as the devices come in.
class RampTable {
 public:
  explicit RampTable(const std::filesystem::path& folder);
  void add(const DeviceRecord& record);
  void commit() { file_.commit(); }

 private:
  OutputFile file_;
};

// write_reset.csv
class WriteResetTable {
 public:
  explicit WriteResetTable(const std::filesystem::path& folder);
  void add(const DeviceRecord& record);
  void commit() { file_.commit(); }

 private:
  OutputFile file_;
};

void write_state_map(const RunFolder& folder, const DeviceModel& model, const StateMap& map);
void write_retention(const RunFolder& folder, const DeviceModel& model,
                     const std::vector<RetentionPoint>& points);
void write_pulse_width(const RunFolder& folder, const DeviceModel& model,
                       const std::vector<PulseWidthPoint>& points);

}  // namespace dwmtj
