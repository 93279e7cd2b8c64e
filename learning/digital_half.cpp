// SPDX-License-Identifier: Apache-2.0
#include "learning/digital_half.h"

#include <array>

namespace dwmtj {
namespace {

// Counted in level_steps.cpp and normalisation.cpp: multiplications, additions, divisions, roots
// and comparisons that a weight, or a sum, takes in one step.
constexpr double kStepOperations = 20.0;
constexpr double kNormalOperations = 7.0;
constexpr double kNormalOperationsBack = 9.0;
constexpr double kBytesOfNumber = 4.0;

}  // namespace

std::vector<DigitalWork> digital_work(const LearningRun& run, const DigitalKind& kind) {
  const auto& network = run.network();
  const double steps = network.steps_made();
  const double images = steps * run.rule().batch;
  DigitalWork backward{"backward pass"};
  DigitalWork optimiser{"optimiser"};
  DigitalWork accumulators{"accumulators"};
  DigitalWork normalisation{"batch normalisation"};
  DigitalWork sums{"digitised sums"};
  for (std::size_t i = 0; i < network.layers(); ++i) {
    const auto& shape = network.layer(i).shape();
    const auto weights = static_cast<double>(shape.inputs * shape.outputs);
    const auto outputs = static_cast<double>(shape.outputs);
    const auto parts = (shape.rows() + kind.tile_rows - 1) / kind.tile_rows;
    // Gradients of weights, and but for the first layer of inputs; each a product and a sum.
    backward.operations += 2.0 * images * weights * (i == 0 ? 1.0 : 2.0);
    optimiser.operations += kStepOperations * steps * weights;
    optimiser.bytes += 2.0 * kBytesOfNumber * steps * weights;
    accumulators.operations += 2.0 * steps * weights;
    accumulators.bytes += kBytesOfNumber * steps * weights;
    normalisation.operations += (kNormalOperations + kNormalOperationsBack) * images * outputs;
    sums.conversions += images * outputs * static_cast<double>(parts);
  }
  if (!kind.accumulators) return {backward, optimiser, normalisation, sums};
  return {backward, optimiser, accumulators, normalisation, sums};
}

std::optional<double> energy_of(const DigitalWork& work, const Architecture& architecture) {
  const std::array<std::pair<Action, double>, 4> actions = {
      {{Action::digital_op, work.operations},
       {Action::buffer_read_byte, work.bytes},
       {Action::buffer_write_byte, work.bytes},
       {Action::conversion, work.conversions}}};
  double sum = 0.0;
  for (const auto& [action, count] : actions) {
    if (count == 0.0) continue;
    if (!architecture.core.prices(action)) return std::nullopt;
    sum += count * in_si(architecture.core.energy_of(action));
  }
  return sum;
}

}  // namespace dwmtj
