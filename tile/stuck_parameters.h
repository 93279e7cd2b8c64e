// SPDX-License-Identifier: Apache-2.0
// Devices whose wall no pulse moves: faults of an array, by list or at a rate.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "common/parameter_file.h"
#include "tile/tile_command.h"

namespace dwmtj {

struct StuckDevice {
  int row;
  Side side;
  int column;
};

struct StuckParameters {
  double rate = 0.0;         // share of all devices, drawn from each one's own stream
  std::vector<int> rows;     // all devices of these
  std::vector<int> columns;  // and of these
  std::vector<StuckDevice> devices;
  std::optional<int> level;  // where their walls rest; else each at a level of its own, drawn once

  [[nodiscard]] bool none() const {
    return rate == 0.0 && rows.empty() && columns.empty() && devices.empty();
  }
  [[nodiscard]] bool named(std::uint32_t row, Side side, int column) const;
  // Throws InputError for what such an array does not have.
  void check(int row_count, int column_count, int levels) const;
};

StuckParameters read_stuck(const ParameterNode& node);

}  // namespace dwmtj
