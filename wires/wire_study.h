// SPDX-License-Identifier: Apache-2.0
// How much of a binary matrix-vector product is left when the wires have resistance: square arrays
// of random weights and random binary inputs, with wires and without (method:
// docs/wires/wire_study.md).
#pragma once

#include <cstdint>
#include <vector>

#include "common/units.h"

namespace dwmtj {

struct WireStudyOptions {
  int columns = 64;        // of devices, and as many rows; even: neighbours are a pair
  Resistance segment;      // of the wires, row and column, a cell
  int vectors = 32;        // of inputs, each 0 or the read voltage with equal chance
  std::uint64_t seed = 1;  // of levels and inputs
  int threads = 1;         // changes no result
};

struct WireStudyPoint {
  double mean_current = 0;  // of a column, over that without wires
  double gain = 0;          // of pair differences, best fit
  double error = 0;         // rms of pair differences over that fit, over the rms of the fit
  double wrong_signs = 0;   // share of decisions, ties left out
  double ties = 0;          // share of pairs that are equal without wires
  bool interrupted = false;
};

// `levels`: the conductances of a device from its start on, S. Throws std::invalid_argument for an
// odd number of columns, none, or no level.
WireStudyPoint study_wires(const std::vector<double>& levels, const WireStudyOptions& options);

}  // namespace dwmtj
