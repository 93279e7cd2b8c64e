// SPDX-License-Identifier: Apache-2.0
// How a network learns from a stream: every knob of the study that changes what is learned.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/checkpoint.h"
#include "learning/weight_grid.h"

namespace dwmtj {

enum class HiddenActivation : std::uint8_t { sign, relu };
enum class Metaplasticity : std::uint8_t { all, decreasing };  // steps that the factor scales
enum class Rounding : std::uint8_t { stochastic, nearest };
enum class SignOfZero : std::uint8_t { zero, hold };  // what a weight of 0 multiplies by
enum class Evaluation : std::uint8_t { subset, epoch };

struct LearningRule {
  std::vector<int> hidden = {512, 512};
  HiddenActivation activation = HiddenActivation::sign;
  bool binarised = true;  // forward by sign(W), else by W
  WeightGrid grid;
  SignOfZero sign_of_zero = SignOfZero::zero;
  double width_ratio = 0.25;  // w1 / w2 of the track: 1/4 for the trapezoid, 1 for none
  Metaplasticity metaplasticity = Metaplasticity::all;
  double delta = 3.0;  // steps that raise abs(W) are this much larger
  Rounding rounding = Rounding::stochastic;
  double learning_rate = 0.005;
  double initial_width = 0.05;  // hidden weights start uniform in +- this
  int batch = 100;
  int subsets = 60;
  int subset_size = 1000;
  int epochs = 30;
  Evaluation evaluation = Evaluation::subset;
};

// Each knob by name, as text: what a checkpoint must agree with.
NamedValues named_values(const LearningRule& rule);

// Throws InputError for a rule that cannot be followed; `images` are what there is to learn from.
void check(const LearningRule& rule, std::size_t images);

}  // namespace dwmtj
