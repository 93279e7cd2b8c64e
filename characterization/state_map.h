// SPDX-License-Identifier: Apache-2.0
// Fig. 3c: the chance to find the wall at each site against the amplitude of a ramp, exactly from
// the transition tables and as counted in simulated ramps.
#pragma once

#include "characterization/pulse_record.h"
#include "characterization/sweep.h"

namespace dwmtj {

class StateMap {
 public:
  StateMap(const DeviceModel& model, const Sweep& sweep);

  void add(const DeviceRecord& ramp);  // rows of measure_ramp with the same sweep

  [[nodiscard]] int sites() const { return sites_; }
  [[nodiscard]] const std::vector<Voltage>& amplitudes() const { return amplitudes_; }
  [[nodiscard]] double probability(std::size_t amplitude, int site) const;
  [[nodiscard]] std::uint64_t found(std::size_t amplitude, int site) const;
  [[nodiscard]] std::uint64_t samples() const { return samples_; }

 private:
  [[nodiscard]] std::size_t at(std::size_t amplitude, int site) const;

  int sites_;
  std::vector<Voltage> amplitudes_;
  std::vector<double> probability_;   // [amplitude][site]
  std::vector<std::uint64_t> found_;  // [amplitude][site]
  std::uint64_t samples_ = 0;         // ramps counted
};

}  // namespace dwmtj
