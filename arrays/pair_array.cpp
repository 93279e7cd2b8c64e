// SPDX-License-Identifier: Apache-2.0
#include "arrays/pair_array.h"

#include "devices/conductance_grid.h"

namespace dwmtj {

PairArray::PairArray(const DeviceModel& model, ArrayShape shape, const StuckParameters& stuck,
                     std::uint64_t seed, std::uint64_t first_device)
    : shape_(shape),
      devices_(model, seed, first_device,
               2 * static_cast<std::size_t>(shape.rows) * static_cast<std::size_t>(shape.columns)),
      conductance_(devices_.size(), kUnknown) {
  stick(stuck, seed, first_device);
  devices_.saturate();
}

void PairArray::restore(const std::vector<DeviceState>& states) {
  for (std::size_t i = 0; i < states.size(); ++i) devices_.restore(i, states[i]);
  conductance_.assign(devices_.size(), kUnknown);
  known_ = false;
}

PulseResult PairArray::apply(const PulseTables& tables, std::size_t device) {
  const PulseResult result = devices_.apply(tables, device);
  if (result.to != result.from) {
    conductance_[device] = kUnknown;
    known_ = false;
  }
  return result;
}

const double* PairArray::conductances() const {
  know_all();
  return conductance_.data();
}

void PairArray::know_all() const {
  if (known_) return;
  const auto columns = static_cast<std::size_t>(shape_.columns);
  totals_.assign(columns, 0.0);
  for (std::size_t i = 0; i < devices_.size(); ++i) totals_[i % columns] += in_si(conductance(i));
  known_ = true;
}

void PairArray::sums(const std::vector<std::int16_t>& inputs, ColumnSums& sums) const {
  know_all();
  const auto columns = static_cast<std::size_t>(shape_.columns);
  for (auto* const sum : {&sums.difference, &sums.driven, &sums.squares}) sum->assign(columns, 0.0);
  sums.all = totals_;
  for (std::uint32_t row = 0; row < inputs.size(); ++row) {
    if (inputs[row] == 0) continue;
    const double sign = inputs[row];
    const double* const plus = &conductance_[index(row, Side::plus, 0)];
    const double* const minus = &conductance_[index(row, Side::minus, 0)];
    for (std::size_t c = 0; c < columns; ++c) {
      sums.difference[c] += sign * (plus[c] - minus[c]);
      sums.driven[c] += plus[c] + minus[c];
      sums.squares[c] += square_on_grid(plus[c]) + square_on_grid(minus[c]);
    }
  }
}

// Where each device would stick, and whether it is one of the share that does, are drawn once.
void PairArray::stick(const StuckParameters& stuck, std::uint64_t seed,
                      std::uint64_t first_device) {
  if (stuck.none()) return;
  stuck.check(shape_.rows, shape_.columns, devices_.model().sites());
  for (std::uint32_t row = 0; row < static_cast<std::uint32_t>(shape_.rows); ++row) {
    for (const Side side : {Side::plus, Side::minus}) {
      for (int column = 0; column < shape_.columns; ++column) {
        const auto device = index(row, side, column);
        const Draw drawn = draw(seed, Stream::device_traits, first_device + device, 1);
        if (uniform(drawn.words[0]) >= stuck.rate && !stuck.named(row, side, column)) continue;
        const double level = uniform(drawn.words[1]) * devices_.model().sites();
        devices_.stick(device, stuck.level.value_or(static_cast<int>(level)));
      }
    }
  }
}

}  // namespace dwmtj
