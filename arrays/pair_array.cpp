// SPDX-License-Identifier: Apache-2.0
#include "arrays/pair_array.h"

#include <fmt/format.h>

#include "common/input_error.h"
#include "devices/conductance_grid.h"
#include "tile/tile_circuits.h"
#include "wires/crossbar.h"
#include "wires/read_ladder.h"

namespace dwmtj {

PairArray::PairArray(const DeviceModel& model, ArrayShape shape, const StuckParameters& stuck,
                     std::uint64_t seed, std::uint64_t first_device, const WireParameters& wires)
    : shape_(shape),
      devices_(model, seed, first_device,
               2 * static_cast<std::size_t>(shape.rows) * static_cast<std::size_t>(shape.columns)),
      conductance_(devices_.size(), kUnknown),
      wires_(wires) {
  stick(stuck, seed, first_device);
  devices_.saturate();
}

std::vector<DeviceState> PairArray::states() const {
  std::vector<DeviceState> states;
  states.reserve(devices_.size());
  for (std::size_t i = 0; i < devices_.size(); ++i) states.push_back(devices_.state(i));
  return states;
}

void PairArray::restore(const std::vector<DeviceState>& states) {
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (devices_.stuck(i) && states[i].site != devices_.site(i)) {
      throw InputError(fmt::format("device {} is stuck at level {}; its state has level {}", i,
                                   devices_.site(i), states[i].site));
    }
    devices_.restore(i, states[i]);
  }
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
  for (std::size_t i = 0; i < devices_.size(); ++i) static_cast<void>(conductance(i));
  if (!wires_.ideal) solve_wires();
  const auto columns = static_cast<std::size_t>(shape_.columns);
  const auto& seen = wires_.ideal ? conductance_ : effective_;
  totals_.assign(columns, 0.0);
  for (std::size_t i = 0; i < seen.size(); ++i) totals_[i % columns] += seen[i];
  known_ = true;
}

// The two devices of a pair lie side by side along the row.
void PairArray::solve_wires() const {
  const auto columns = static_cast<std::size_t>(shape_.columns);
  const auto place = [&](std::size_t device) {
    const std::size_t in_row = device % (2 * columns);
    return device - in_row + 2 * (in_row % columns) + in_row / columns;
  };
  std::vector<double> cells(devices_.size());
  for (std::size_t i = 0; i < cells.size(); ++i) cells[place(i)] = conductance_[i];
  const Crossbar crossbar(shape_.rows, 2 * shape_.columns, std::move(cells),
                          {wires_.row, wires_.column, wires_.driver, wires_.sense});
  const auto matrix = crossbar.effective_matrix();
  effective_.resize(devices_.size());
  for (std::size_t i = 0; i < effective_.size(); ++i) effective_[i] = on_grid(matrix[place(i)]);
}

void PairArray::read_row(std::uint32_t row, Side side, const std::vector<std::int16_t>& references,
                         std::vector<double>& siemens) const {
  const auto columns = static_cast<std::size_t>(shape_.columns);
  siemens.assign(columns, 0.0);
  for (std::size_t c = 0; c < columns; ++c) {
    if (references[c] == kNoReference) continue;
    siemens[c] = in_si(conductance(index(row, side, static_cast<int>(c))));
  }
  if (wires_.ideal) return;
  const double segment = in_si(wires_.row);
  const double below = shape_.rows - static_cast<double>(row);
  read_ladder({in_si(wires_.driver) + (side == Side::plus ? 1.0 : 2.0) * segment, 2.0 * segment,
               below * in_si(wires_.column) + in_si(wires_.sense)},
              siemens);
  for (auto& each : siemens) each = on_grid(each);
}

void PairArray::sums(const std::vector<std::int16_t>& inputs, ColumnSums& sums) const {
  know_all();
  const auto columns = static_cast<std::size_t>(shape_.columns);
  for (auto* const sum : {&sums.difference, &sums.driven, &sums.squares}) sum->assign(columns, 0.0);
  sums.all = totals_;
  const auto& seen = wires_.ideal ? conductance_ : effective_;
  for (std::uint32_t row = 0; row < inputs.size(); ++row) {
    if (inputs[row] == 0) continue;
    const double sign = inputs[row];
    const double* const plus = &seen[index(row, Side::plus, 0)];
    const double* const minus = &seen[index(row, Side::minus, 0)];
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
