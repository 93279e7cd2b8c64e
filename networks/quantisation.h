// SPDX-License-Identifier: Apache-2.0
// Weights as signed integers of a few bits, each for a pair of devices, as in Fig. 6 of the paper.
#pragma once

#include <cstdint>
#include <vector>

#include "networks/weight_matrix.h"

namespace dwmtj {

// Whether all weights of a matrix share a scale, or those of each output.
enum class ScaleOf { matrix, output };

struct QuantisedMatrix {
  int bits = 0;
  std::int64_t outputs = 0;
  std::int64_t inputs = 0;
  std::vector<std::int16_t> values;  // row by row, of -largest to largest level
  std::vector<double> scales;        // one, or one an output: a weight is about value x scale

  [[nodiscard]] std::int16_t value(std::int64_t output, std::int64_t input) const {
    return values[static_cast<std::size_t>(output * inputs + input)];
  }
  [[nodiscard]] double scale(std::int64_t output) const {
    return scales[scales.size() == 1 ? 0 : static_cast<std::size_t>(output)];
  }
};

// The levels a device needs: 2^(bits - 1), for a weight's sign is the choice of the device.
// Throws InputError unless bits are 2 to 16.
int levels_of(int bits);

// Symmetric: the largest magnitude of matrix or output is the largest level, and zero stays zero.
// Throws InputError for such bits, and for weights that are not finite.
QuantisedMatrix quantise(const WeightMatrix& weights, int bits, ScaleOf scale);

// The levels of a pair, 0 to levels_of(bits) - 1: one of them is always 0.
struct PairLevels {
  int plus = 0;
  int minus = 0;
};
inline PairLevels pair_levels(std::int16_t value) {
  return value < 0 ? PairLevels{0, -value} : PairLevels{value, 0};
}

}  // namespace dwmtj
