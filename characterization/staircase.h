// SPDX-License-Identifier: Apache-2.0
// Pulses of growing amplitude, and a device that climbs them.
#pragma once

#include <cstdint>
#include <vector>

#include "characterization/pulse_record.h"
#include "characterization/sweep.h"

namespace dwmtj {

// A device on its way through a measurement.
struct Specimen {
  DwMtj device;
  Instrument instrument;
  std::uint64_t index;
  int grade;

  Specimen(const DeviceModel& model, std::uint64_t seed, std::uint64_t number)
      : device(model, seed, number),
        instrument(seed, number),
        index(number),
        grade(model.variation().traits(seed, number).grade) {}
};

class Staircase {
 public:
  // From one step beyond `sweep.start` to its stop; the reset phase has the negative amplitudes.
  // Making the tables stops early when the run is interrupted: then nothing may climb.
  Staircase(const DeviceModel& model, const Sweep& sweep, Phase phase);

  void climb(Specimen& specimen, int cycle, Rows rows, const RowSink& sink) const;

  [[nodiscard]] const std::vector<double>& voltages() const { return voltages_; }
  // Of the device as its file has it.
  [[nodiscard]] const TransitionTable& table(std::size_t pulse) const {
    return tables_[pulse]->of(kNominalGrade);
  }
  [[nodiscard]] bool complete() const { return tables_.size() == voltages_.size(); }

 private:
  [[nodiscard]] std::size_t next_chance(int site, std::size_t pulse) const;
  void fill_next_chances(int sites);

  Phase phase_;
  double start_;                            // V
  std::vector<double> voltages_;            // V, signed
  std::vector<const PulseTables*> tables_;  // [pulse]
  std::vector<std::uint32_t> next_chance_;  // [site][pulse]: the next that may move a wall there
};

}  // namespace dwmtj
