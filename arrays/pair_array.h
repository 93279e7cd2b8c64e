// SPDX-License-Identifier: Apache-2.0
// Rows x columns of differential pairs, in memory as [row][side][column]: what a tile holds, in
// every view.
#pragma once

#include <atomic>
#include <vector>

#include "arrays/device_array.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

struct ArrayShape {
  int rows = 1;
  int columns = 1;
};

class PairArray {
 public:
  // All start saturated, but for the stuck ones. Throws InputError for a stuck device that is not
  // in the array.
  PairArray(const DeviceModel& model, ArrayShape shape, const StuckParameters& stuck,
            std::uint64_t seed, std::uint64_t first_device, WireParameters wires = {});

  [[nodiscard]] ArrayShape shape() const { return shape_; }
  [[nodiscard]] const DeviceArray& devices() const { return devices_; }
  [[nodiscard]] std::size_t index(std::uint32_t row, Side side, int column) const {
    return (2 * static_cast<std::size_t>(row) + static_cast<std::size_t>(side)) *
               static_cast<std::size_t>(shape_.columns) +
           static_cast<std::size_t>(column);
  }

  [[nodiscard]] std::vector<DeviceState> states() const;  // in the order of index()
  // Devices as they once were, one state each. Throws InputError for a stuck device that stood
  // elsewhere.
  void restore(const std::vector<DeviceState>& states);

  // See DeviceArray.
  std::size_t hold(const Holding& holding);

  PulseResult apply(const PulseTables& tables, std::size_t device);

  // One side of a row from a column on, for code that handles many columns at once. Whoever moves a
  // wall there also stores the new conductance, or 0 for not known.
  struct Row {
    DeviceArray::Devices devices;
    double* conductances;
  };
  [[nodiscard]] Row row(std::uint32_t row, Side side, int first_column) {
    const auto first = index(row, side, first_column);
    known_ = false;
    return {devices_.from(first), &conductance_[first]};
  }

  // Worked out once a visit of a site: a matrix-vector product reads far more often than walls
  // move.
  [[nodiscard]] Conductance conductance(std::size_t device) const {
    double& known = conductance_[device];
    if (known == kUnknown) known = in_si(devices_.conductance(device));
    return from_si<Conductance>(known);
  }

  // Of all devices, S, in the order of index(); valid until a wall moves.
  [[nodiscard]] const double* conductances() const;
  [[nodiscard]] const std::uint8_t* sites() const { return devices_.sites(); }

  // What the devices of a side of a row conduct, each to its column, where `references` asks for
  // the column; 0 elsewhere: there the column is open. Wires included; on the grid, S.
  void read_row(std::uint32_t row, Side side, const std::vector<std::int16_t>& references,
                std::vector<double>& siemens) const;

  // What the columns of pairs conduct under the rows' inputs (-1, 0, +1), S: sums of numbers on a
  // grid, exact in any order. Wires included.
  struct ColumnSums {
    std::vector<double> difference;  // of the signed plus and minus sides: what comparators see
    std::vector<double> squares;     // S^2, of devices with an input
    std::vector<double> all;         // of all devices
    double driven = 0;               // what rows with an input draw, all columns
  };
  void sums(const std::vector<std::int16_t>& inputs, ColumnSums& sums) const;

 private:
  static constexpr double kUnknown = 0.0;

  void stick(const StuckParameters& stuck, std::uint64_t seed, std::uint64_t first_device);
  void know_all() const;
  void know_rows() const;
  void know_drawn() const;
  [[nodiscard]] double drawn(const std::vector<std::int16_t>& inputs, const ColumnSums& sums) const;
  void solve_wires() const;

  ArrayShape shape_;
  DeviceArray devices_;
  mutable std::vector<double> conductance_;  // S, of each device; kUnknown since it last moved
  WireParameters wires_;
  mutable std::vector<double> effective_;   // S, from row to column through the wires; of real ones
  mutable std::vector<double> totals_;      // S, of each column of pairs
  mutable std::atomic<bool> known_{false};  // all of them, since a wall last moved
  // What a driven row adds to the sums of columns, worked out at the first product.
  struct Rows {
    bool known = false;
    std::vector<double> difference, squares;  // [row][column]
    std::vector<double> all;                  // S, of both sides, by row
    // Of real wires: what a row draws where columns are held at 0 V, S, and what columns share,
    // ohm.
    std::vector<double> drawn;
    double shared = 0.0;
  };
  mutable Rows rows_;
};

}  // namespace dwmtj
