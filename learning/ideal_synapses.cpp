// SPDX-License-Identifier: Apache-2.0
#include "learning/ideal_synapses.h"

#include <cstdlib>

#include "common/binary_stream.h"

namespace dwmtj {

void IdealSynapses::update(const StepLaw& law, WeightSpan span) {
  span.weights = &weights_[span.first];
  law.steps(span, first_instance_ + span.first, steps_);
}

const std::vector<std::uint32_t>& IdealSynapses::finish() {
  changed_.clear();
  for (const auto& step : steps_) {
    weights_[step.weight] =
        static_cast<std::int8_t>(weights_[step.weight] + step.steps * grid_.stride());
    changed_.push_back(step.weight);
    accounts_.wanted += static_cast<std::uint64_t>(std::abs(step.steps));
  }
  accounts_.pulses = accounts_.moved = accounts_.wanted;
  accounts_.write_energy = static_cast<double>(accounts_.wanted) * pulse_;
  steps_.clear();
  return changed_;
}

void IdealSynapses::save(std::ostream& stream) const {
  write_values(stream, weights_);
  write_value(stream, accounts_);
}

void IdealSynapses::load(std::istream& stream) {
  read_values(stream, weights_);
  read_value(stream, accounts_);
}

}  // namespace dwmtj
