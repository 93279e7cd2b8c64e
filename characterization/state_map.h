// SPDX-License-Identifier: Apache-2.0
// Fig. 3c: the chance to find the wall at each site against the amplitude of a ramp, exactly from
// the transition tables and as counted in simulated ramps.
#pragma once

#include "characterization/staircase.h"

namespace dwmtj {

// The exact chances after each pulse of a staircase: [pulse][site], from a wall at `start`.
std::vector<double> state_chances(const Staircase& staircase, int sites, int start);

class StateMap {
 public:
  StateMap(const DeviceModel& model, const Sweep& sweep);

  void add(const PulseRecord& row);  // of ramps with the same sweep; see Rows
  void finish_device() { site_ = -1; }
  void add(const StateMap& later);  // of further devices, finished
  [[nodiscard]] StateMap fresh() const;

  [[nodiscard]] int sites() const { return sites_; }
  [[nodiscard]] const std::vector<Voltage>& amplitudes() const { return amplitudes_; }
  [[nodiscard]] double probability(std::size_t amplitude, int site) const;
  [[nodiscard]] std::uint64_t found(std::size_t amplitude, int site) const;
  [[nodiscard]] std::uint64_t samples() const { return samples_; }

 private:
  [[nodiscard]] std::size_t at(std::size_t amplitude, int site) const;

  int sites_;
  std::vector<Voltage> amplitudes_;
  std::vector<double> probability_;  // [amplitude][site]
  std::vector<std::uint64_t> come_;  // [amplitude][site]: walls that came with it ...
  std::vector<std::uint64_t> gone_;  // ... and that left
  std::uint64_t samples_ = 0;        // ramps counted
  int site_ = -1;                    // of the ramp at hand
};

}  // namespace dwmtj
