// SPDX-License-Identifier: Apache-2.0
#include "arrays/pair_array.h"

namespace dwmtj {

PairArray::PairArray(const DeviceModel& model, ArrayShape shape, std::uint64_t seed,
                     std::uint64_t first_device)
    : shape_(shape),
      devices_(model, seed, first_device,
               2 * static_cast<std::size_t>(shape.rows) * static_cast<std::size_t>(shape.columns)),
      conductance_(devices_.size(), kUnknown) {
  devices_.saturate();
}

PulseResult PairArray::apply(const TransitionTable& table, std::size_t device) {
  const PulseResult result = devices_.apply(table, device);
  if (result.to != result.from) conductance_[device] = kUnknown;
  return result;
}

PairArray::Sums PairArray::sums(const std::vector<std::int16_t>& inputs, int column) const {
  Sums result{0.0 * si::siemens, 0.0 * si::siemens};
  for (std::uint32_t row = 0; row < inputs.size(); ++row) {
    if (inputs[row] == 0) continue;
    const auto plus = conductance(index(row, Side::plus, column));
    const auto minus = conductance(index(row, Side::minus, column));
    result.difference += static_cast<double>(inputs[row]) * (plus - minus);
    result.load += plus + minus;
  }
  return result;
}

}  // namespace dwmtj
