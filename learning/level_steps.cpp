// SPDX-License-Identifier: Apache-2.0
#include "learning/level_steps.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "arrays/philox_lanes.h"
#include "common/random_stream.h"
#include "learning/on_unit.h"

namespace dwmtj {
namespace {

// Adam's constants (Kingma and Ba, 2015), which the paper does not state to differ.
constexpr float kMeanDecay = 0.9F;
constexpr float kSquareDecay = 0.999F;
// Mean gradients below it count as none: else those of pixels that are always dark would decay into
// numbers that processors are slow with.
constexpr float kLeastMean = 1e-30F;

template <typename T>
using Block = std::array<T, kWeightBlock>;

constexpr std::size_t kLanes = 16;  // draws a block: 16 bits a weight
// The lower bits of a draw are of instances of their own, beyond those of any weights.
constexpr std::uint64_t kLowerBits = std::uint64_t{1} << 60U;

// Draws from `first` on: sixteen bits for each weight of a block.
template <VectorUnit Unit>
DWMTJ_INLINE void draw_block(const StepLaw::Constants& law, std::uint64_t first,
                             Block<std::int32_t>& bits) {
  PhiloxLanes<kLanes> lanes;
  for (std::size_t i = 0; i < kLanes; ++i) {
    const std::uint64_t instance = first + i;
    lanes.word[0][i] = static_cast<std::uint32_t>(instance);
    lanes.word[1][i] = static_cast<std::uint32_t>(instance >> 32U);
    lanes.word[2][i] = law.count;
    lanes.word[3][i] = static_cast<std::uint32_t>(Stream::rounding);
  }
#if defined(__x86_64__)
  if constexpr (Unit == VectorUnit::avx512) {
    lanes.run_avx512(law.seed);
  } else {
    lanes.run(law.seed);
  }
#else
  lanes.run(law.seed);
#endif
  for (std::size_t w = 0; w < 4; ++w) {
    for (std::size_t i = 0; i < kLanes; ++i) {
      const std::uint32_t word = lanes.word[w][i];
      bits[2 * w * kLanes + i] = static_cast<std::int32_t>(word & 0xffffU);
      bits[(2 * w + 1) * kLanes + i] = static_cast<std::int32_t>(word >> 16U);
    }
  }
}

// A move of `w` that ends within the grid.
DWMTJ_INLINE float clipped(const StepLaw::Constants& law, float w, float move) {
  const float up = (law.largest - w) * law.per_stride;
  const float down = (-law.largest - w) * law.per_stride;
  return move > up ? up : (move < down ? down : move);
}

// Moves, in level strides, as real numbers.
DWMTJ_INLINE void wanted_moves(const StepLaw::Constants& law, const WeightSpan& span,
                               std::size_t at, Block<float>& moves) {
  for (std::size_t i = 0; i < kWeightBlock; ++i) {
    const float g = static_cast<float>(span.gradients[at + i]) * span.gradient_unit;
    float mean = kMeanDecay * span.mean[at + i] + (1.0F - kMeanDecay) * g;
    mean = std::abs(mean) < kLeastMean ? 0.0F : mean;
    const float square = kSquareDecay * span.square[at + i] + (1.0F - kSquareDecay) * (g * g);
    span.mean[at + i] = mean;
    span.square[at + i] = square;
    const float w = span.weights[at + i];
    const float step = law.rate * (mean / (std::sqrt(square) + law.epsilon));
    const bool rises = w * step > 0.0F;
    const float factor = 1.0F - (rises ? law.slope_up : law.slope) * std::abs(w);
    moves[i] = clipped(law, w, step * factor * (rises ? law.delta : 1.0F));
  }
}

DWMTJ_INLINE std::int32_t floor_of(float value) {
  const auto towards_zero = static_cast<std::int32_t>(value);
  return towards_zero - (value < static_cast<float>(towards_zero) ? 1 : 0);
}

DWMTJ_INLINE std::int32_t round_to_nearest(const Block<float>& moves, Block<std::int32_t>& steps) {
  std::int32_t any = 0;
  for (std::size_t i = 0; i < kWeightBlock; ++i) any |= steps[i] = floor_of(moves[i] + 0.5F);
  return any;
}

// Whole strides of each move, rounded up with the probability of its rest: floor(move + U), with U
// of 24 bits. The upper 16 nearly always tell that no weight of a block steps; the rest of them is
// drawn where they do not.
template <VectorUnit Unit>
DWMTJ_INLINE std::int32_t round_by_draws(const StepLaw::Constants& law, std::uint64_t block,
                                         const Block<float>& moves, Block<std::int32_t>& steps) {
  Block<std::int32_t> upper;
  Block<std::int32_t> lower;
  draw_block<Unit>(law, block * kLanes, upper);
  std::int32_t any = 0;
  for (std::size_t i = 0; i < kWeightBlock; ++i) {
    const float least = static_cast<float>(upper[i]) * 0x1p-16F;
    any |= static_cast<std::int32_t>(moves[i] + least < 0.0F) |
           static_cast<std::int32_t>(moves[i] + (least + 0x1p-16F) >= 1.0F);
  }
  if (any == 0) return 0;
  draw_block<Unit>(law, kLowerBits + block * kLanes, lower);
  any = 0;
  for (std::size_t i = 0; i < kWeightBlock; ++i) {
    const std::int32_t bits = upper[i] * 256 + (lower[i] >> 8);
    any |= steps[i] = floor_of(moves[i] + static_cast<float>(bits) * 0x1p-24F);
  }
  return any;
}

// Whole strides of what has come together so far; the rest is carried on.
DWMTJ_INLINE std::int32_t accumulate(const StepLaw::Constants& law, const WeightSpan& span,
                                     std::size_t at, const Block<float>& moves,
                                     Block<std::int32_t>& steps) {
  std::int32_t any = 0;
  for (std::size_t i = 0; i < kWeightBlock; ++i) {
    const float w = span.weights[at + i];
    const float sum = clipped(law, w, span.carry[at + i] + moves[i]);
    steps[i] = static_cast<std::int32_t>(sum);
    span.carry[at + i] = sum - static_cast<float>(steps[i]);
    any |= steps[i];
  }
  return any;
}

template <VectorUnit Unit>
DWMTJ_INLINE std::int32_t round_block(const StepLaw::Constants& law, const WeightSpan& span,
                                      std::size_t at, std::uint64_t first_instance,
                                      const Block<float>& moves, Block<std::int32_t>& steps) {
  if (span.carry != nullptr) return accumulate(law, span, at, moves, steps);
  if (law.nearest) return round_to_nearest(moves, steps);
  return round_by_draws<Unit>(law, (first_instance + at) / kWeightBlock, moves, steps);
}

template <VectorUnit Unit>
DWMTJ_INLINE void all_steps(const StepLaw::Constants& law, const WeightSpan& span,
                            std::uint64_t first_instance, std::vector<LevelStep>& result) {
  Block<float> moves;
  Block<std::int32_t> steps;
  for (std::size_t at = 0; at < span.size; at += kWeightBlock) {
    wanted_moves(law, span, at, moves);
    if (round_block<Unit>(law, span, at, first_instance, moves, steps) == 0) continue;
    for (std::size_t i = 0; i < kWeightBlock; ++i) {
      if (steps[i] == 0) continue;
      result.push_back({static_cast<std::uint32_t>(span.first + at + i), steps[i]});
    }
  }
}

DWMTJ_INLINE void all_moves(const StepLaw::Constants& law, const WeightSpan& span, float* result) {
  Block<float> moves;
  for (std::size_t at = 0; at < span.size; at += kWeightBlock) {
    wanted_moves(law, span, at, moves);
    std::copy(moves.begin(), moves.end(), result + at);
  }
}

// Kept out of the vector code's functions: a call there would save and load all its registers.
void steps_portable(const StepLaw::Constants& law, const WeightSpan& span, std::uint64_t first,
                    std::vector<LevelStep>& result) {
  all_steps<VectorUnit::none>(law, span, first, result);
}
DWMTJ_AVX2 void steps_avx2(const StepLaw::Constants& law, const WeightSpan& span,
                           std::uint64_t first, std::vector<LevelStep>& result) {
  all_steps<VectorUnit::avx2>(law, span, first, result);
}
DWMTJ_AVX512 void steps_avx512(const StepLaw::Constants& law, const WeightSpan& span,
                               std::uint64_t first, std::vector<LevelStep>& result) {
  all_steps<VectorUnit::avx512>(law, span, first, result);
}

}  // namespace

void StepLaw::moves(const WeightSpan& span, float* result, VectorUnit unit) const {
  on_unit<all_moves>(unit, constants_, span, result);
}

StepLaw::StepLaw(const LearningRule& rule, std::uint64_t seed) : rule_(rule) {
  const auto largest = static_cast<double>(rule.grid.largest());
  constants_.seed = seed;
  constants_.slope = static_cast<float>((1.0 - rule.width_ratio) / largest);
  constants_.slope_up = rule.metaplasticity == Metaplasticity::all ? constants_.slope : 0.0F;
  constants_.delta = static_cast<float>(rule.delta);
  constants_.largest = static_cast<float>(largest);
  constants_.per_stride = static_cast<float>(1.0 / rule.grid.stride());
  constants_.nearest = rule.rounding == Rounding::nearest;
}

void StepLaw::begin(std::uint32_t made) {
  const double t = made + 1.0;
  const double corrected =
      rule_.learning_rate * std::sqrt(1.0 - std::pow(0.999, t)) / (1.0 - std::pow(0.9, t));
  constants_.rate = static_cast<float>(-corrected * rule_.grid.largest() / rule_.grid.stride());
  constants_.count = made;
}

void StepLaw::steps(const WeightSpan& span, std::uint64_t first_instance,
                    std::vector<LevelStep>& result, VectorUnit unit) const {
  if (unit == VectorUnit::avx512) return steps_avx512(constants_, span, first_instance, result);
  if (unit == VectorUnit::avx2) return steps_avx2(constants_, span, first_instance, result);
  steps_portable(constants_, span, first_instance, result);
}

}  // namespace dwmtj
