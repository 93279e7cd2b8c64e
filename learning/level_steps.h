// SPDX-License-Identifier: Apache-2.0
// From gradients to level steps: Adam, the metaplastic factor, the asymmetry delta, clipping and
// rounding, fused over blocks of weights. Who holds the weights then takes the steps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "common/vector_units.h"
#include "learning/learning_rule.h"

namespace dwmtj {

// Weights are worked on in blocks of this many; arrays of them are a multiple of it long.
inline constexpr std::size_t kWeightBlock = 128;

struct LevelStep {
  std::uint32_t weight;
  std::int32_t steps;  // of one level each
};

// What the optimiser remembers of each weight.
struct AdamMoments {
  std::vector<float> mean;
  std::vector<float> square;
};

// The weights of a layer from some block on, with their gradients as whole numbers.
struct WeightSpan {
  std::size_t first;  // weight
  std::size_t size;
  const std::int32_t* gradients;
  float gradient_unit;
  const std::int8_t* weights;
  float* mean;
  float* square;
  float* carry;  // what was not yet a whole level, or null
};

// The rule with the constants of one step of training.
class StepLaw {
 public:
  StepLaw(const LearningRule& rule, std::uint64_t seed);

  // Of the step after the ones made, `made` of them.
  void begin(std::uint32_t made);
  // Appends the steps of the span, whose weights are numbered from `first_instance` on for draws.
  void steps(const WeightSpan& span, std::uint64_t first_instance, std::vector<LevelStep>& result,
             VectorUnit unit = widest_vector_unit()) const;

  // The moves themselves, in level strides.
  void moves(const WeightSpan& span, float* result, VectorUnit unit = widest_vector_unit()) const;
  [[nodiscard]] std::uint32_t made() const { return constants_.count; }

  struct Constants {
    float rate = 0.0F;  // -learning rate with Adam's corrections, in level steps
    float epsilon = 1e-8F;
    float slope = 0.0F;     // the factor is 1 - slope abs(w)
    float slope_up = 0.0F;  // the same where abs(w) rises
    float delta = 1.0F;
    float largest = 3.0F;     // of w
    float per_stride = 1.0F;  // 1 / stride
    bool nearest = false;
    std::uint64_t seed = 0;
    std::uint32_t count = 0;
  };

 private:
  LearningRule rule_;
  Constants constants_;
};

}  // namespace dwmtj
