// SPDX-License-Identifier: Apache-2.0
// Rows x columns of differential pairs, in memory as [row][side][column]: what a tile holds, in
// every view.
#pragma once

#include "arrays/device_array.h"
#include "tile/tile_command.h"

namespace dwmtj {

struct ArrayShape {
  int rows;
  int columns;
};

class PairArray {
 public:
  // All devices start saturated.
  PairArray(const DeviceModel& model, ArrayShape shape, std::uint64_t seed,
            std::uint64_t first_device);

  [[nodiscard]] ArrayShape shape() const { return shape_; }
  [[nodiscard]] DeviceArray& devices() { return devices_; }
  [[nodiscard]] const DeviceArray& devices() const { return devices_; }
  [[nodiscard]] std::size_t index(std::uint32_t row, Side side, int column) const {
    return (2 * static_cast<std::size_t>(row) + static_cast<std::size_t>(side)) *
               static_cast<std::size_t>(shape_.columns) +
           static_cast<std::size_t>(column);
  }

  [[nodiscard]] Conductance conductance(std::size_t device) const {
    return 1.0 / devices_.resistance(device);
  }

  // A column of pairs under the rows' inputs (-1, 0, +1).
  struct Sums {
    Conductance difference;  // of the signed plus and minus sides: what the comparator sees
    Conductance load;        // of all devices with an input: what draws current
  };
  [[nodiscard]] Sums sums(const std::vector<std::int16_t>& inputs, int column) const;

 private:
  ArrayShape shape_;
  DeviceArray devices_;
};

}  // namespace dwmtj
