// SPDX-License-Identifier: Apache-2.0
#include "arrays/pair_array.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "common/input_error.h"
#include "common/vector_units.h"
#include "devices/conductance_grid.h"
#include "tile/tile_circuits.h"
#include "wires/crossbar.h"
#include "wires/read_ladder.h"

namespace dwmtj {
namespace {

constexpr double kMostLifted = 0.5;  // of the read voltage: what follows holds for good wires

// A row with an input: where its terms begin, and their sign.
struct DrivenRow {
  std::size_t first;
  double sign;
};

struct RowTerms {
  const double* difference;
  const double* squares;
  const std::vector<DrivenRow>* rows;
  std::size_t columns;
};

// Of `Count` rows: their terms are read along the rows, once, and are on a grid, so that no order
// of sums matters.
template <std::size_t Count>
DWMTJ_INLINE void add_together(const double* terms, const DrivenRow* rows, std::size_t columns,
                               bool are_signed, double* __restrict sums) {
  std::array<const double*, Count> of_row{};
  std::array<double, Count> sign{};
  for (std::size_t i = 0; i < Count; ++i) {
    of_row[i] = terms + rows[i].first;
    sign[i] = are_signed ? rows[i].sign : 1.0;
  }
  for (std::size_t column = 0; column < columns; ++column) {
    double sum = sums[column];
    for (std::size_t i = 0; i < Count; ++i) sum += sign[i] * of_row[i][column];
    sums[column] = sum;
  }
}

DWMTJ_INLINE void add_rows(const RowTerms& terms, double* difference, double* squares) {
  constexpr std::size_t kTogether = 8;
  const auto& rows = *terms.rows;
  std::size_t row = 0;
  for (; row + kTogether <= rows.size(); row += kTogether) {
    add_together<kTogether>(terms.difference, &rows[row], terms.columns, true, difference);
    add_together<kTogether>(terms.squares, &rows[row], terms.columns, false, squares);
  }
  for (; row < rows.size(); ++row) {
    add_together<1>(terms.difference, &rows[row], terms.columns, true, difference);
    add_together<1>(terms.squares, &rows[row], terms.columns, false, squares);
  }
}

void add_portable(const RowTerms& terms, double* difference, double* squares) {
  add_rows(terms, difference, squares);
}
DWMTJ_AVX2 void add_avx2(const RowTerms& terms, double* difference, double* squares) {
  add_rows(terms, difference, squares);
}
DWMTJ_AVX512 void add_avx512(const RowTerms& terms, double* difference, double* squares) {
  add_rows(terms, difference, squares);
}

using AddRows = void (*)(const RowTerms&, double*, double*);
AddRows adder_for(VectorUnit unit) {
  if (unit == VectorUnit::avx512) return add_avx512;
  return unit == VectorUnit::avx2 ? add_avx2 : add_portable;
}

}  // namespace

PairArray::PairArray(const DeviceModel& model, ArrayShape shape, const StuckParameters& stuck,
                     std::uint64_t seed, std::uint64_t first_device, WireParameters wires)
    : shape_(shape),
      devices_(model, seed, first_device,
               2 * static_cast<std::size_t>(shape.rows) * static_cast<std::size_t>(shape.columns)),
      conductance_(devices_.size(), kUnknown),
      wires_(std::move(wires)) {
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

std::size_t PairArray::hold(const Holding& holding) {
  conductance_.assign(devices_.size(), kUnknown);
  known_ = false;
  return devices_.hold(holding);
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
  rows_.known = false;
  known_ = true;
}

void PairArray::know_rows() const {
  know_all();
  if (rows_.known) return;
  const auto columns = static_cast<std::size_t>(shape_.columns);
  const auto rows = static_cast<std::size_t>(shape_.rows);
  const auto& seen = wires_.ideal ? conductance_ : effective_;
  rows_.difference.resize(rows * columns);
  rows_.squares.resize(rows * columns);
  rows_.all.assign(rows, 0.0);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t c = 0; c < columns; ++c) {
      const double plus = seen[2 * row * columns + c];
      const double minus = seen[(2 * row + 1) * columns + c];
      rows_.difference[row * columns + c] = plus - minus;
      rows_.squares[row * columns + c] = square_on_grid(plus) + square_on_grid(minus);
      rows_.all[row] += plus + minus;
    }
  }
  if (!wires_.ideal) know_drawn();
  rows_.known = true;
}

// Currents of a column share its sense resistance and, on average, half of its wire: that lifts the
// column off 0 V, so that rows drive into one another (docs/wires/crossbar.md). From its effective
// conductances follows what its cells would draw at 0 V.
void PairArray::know_drawn() const {
  const auto columns = 2 * static_cast<std::size_t>(shape_.columns);
  const double shared = in_si(wires_.sense + 0.5 * (shape_.rows + 1.0) * wires_.column);
  std::vector<double> lifted(columns, 0.0);
  for (std::size_t i = 0; i < effective_.size(); ++i) lifted[i % columns] += shared * effective_[i];
  double mean = 0.0;
  for (auto& share : lifted) {
    share = 1.0 / (1.0 - std::min(share, kMostLifted));
    mean += share / static_cast<double>(columns);
  }
  rows_.shared = shared * mean;
  rows_.drawn.assign(static_cast<std::size_t>(shape_.rows), 0.0);
  for (std::size_t i = 0; i < effective_.size(); ++i) {
    rows_.drawn[i / columns] += effective_[i] * lifted[i % columns];
  }
}

// What the columns' own voltages spare is worked out from the difference of the currents of each
// pair and the mean of their sum, which pairs hardly differ in. Never less than what arrives.
double PairArray::drawn(const std::vector<std::int16_t>& inputs, const ColumnSums& sums) const {
  double rows = 0.0, together = 0.0, squares = 0.0;
  for (std::size_t row = 0; row < inputs.size(); ++row) {
    if (inputs[row] == 0) continue;
    rows += rows_.drawn[row];
    together += inputs[row] * rows_.all[row];
  }
  for (const double difference : sums.difference) squares += difference * difference;
  squares += together * together / shape_.columns;
  return std::max(sums.driven, rows - 0.5 * rows_.shared * squares);
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
  know_rows();
  const auto columns = static_cast<std::size_t>(shape_.columns);
  sums.difference.assign(columns, 0.0);
  sums.squares.assign(columns, 0.0);
  sums.all = totals_;
  sums.driven = 0.0;
  std::vector<DrivenRow> driven;
  driven.reserve(inputs.size());
  for (std::size_t row = 0; row < inputs.size(); ++row) {
    if (inputs[row] == 0) continue;
    sums.driven += rows_.all[row];
    driven.push_back({row * columns, static_cast<double>(inputs[row])});
  }
  const RowTerms terms{rows_.difference.data(), rows_.squares.data(), &driven, columns};
  static const auto kAdd = adder_for(widest_vector_unit());
  kAdd(terms, sums.difference.data(), sums.squares.data());
  if (!wires_.ideal) sums.driven = drawn(inputs, sums);
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
