// SPDX-License-Identifier: Apache-2.0
// One run of `dwmtj characterize`: the measurements asked for, their files, and the comparison.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/characterization_options.h"
#include "app/json_object.h"
#include "characterization/comparison.h"
#include "characterization/csv_tables.h"
#include "characterization/parallel_devices.h"
#include "characterization/state_map.h"
#include "characterization/summary.h"
#include "common/run_folder.h"

namespace dwmtj {

class CharacterizationRun {
 public:
  // `options` outlive the run.
  CharacterizationRun(const CharacterizationOptions& options, DeviceParameters parameters);

  void run(const std::vector<std::string>& command);
  // Whether every measured value that the protocols speak of is met.
  [[nodiscard]] bool agrees() const;
  // For `--json`, after run().
  [[nodiscard]] JsonObject found() const;

 private:
  void measure_ramp();
  void measure_write_reset();
  void measure_state_map();
  void measure_retention();
  void measure_pulse_width();
  void measure_linearity();
  void measure_trains();
  void measure_metaplasticity();
  void measure_field_loop();
  void measure_temperature();
  template <typename Tally>
  std::uint64_t take_in(const std::string& protocol, const Sweep& sweep,
                        const Measurement& measurement, RowTable* table,
                        std::uint64_t rows_of_device, Tally& tally);
  void count(const std::string& protocol, const Sweep& sweep, const Measurement& measurement,
             RowTable* table, std::uint64_t rows_of_device, CycleStatistics& statistics);
  void note_interruption(const std::string& protocol, const std::string& state);
  void note_devices(const std::string& protocol, std::uint64_t done, const Sweep& sweep);
  void note_comparison(const CycleStatistics& statistics, Phase phase);
  void print() const;

  const CharacterizationOptions& options_;
  DeviceModel model_;
  RunFolder folder_;
  Summary summary_;
  std::vector<ComparisonRow> comparison_;
  std::vector<std::string> remarks_;
};

}  // namespace dwmtj
