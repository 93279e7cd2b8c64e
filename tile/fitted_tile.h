// SPDX-License-Identifier: Apache-2.0
// The parameters of a tile with lines of the length that its shape gives them: what settles, costs
// and clips by the length of a line is worked out here, once for all views.
#pragma once

#include <optional>

#include "tile/tile_parameters.h"

namespace dwmtj {

class FittedTile {
 public:
  // Keeps a reference to `tile` where its wires are ideal.
  FittedTile(const TileParameters& tile, int rows, int columns);
  ~FittedTile() = default;
  FittedTile(const FittedTile&) = delete;
  FittedTile& operator=(const FittedTile&) = delete;

  [[nodiscard]] const TileParameters& parameters() const { return fitted_ ? *fitted_ : tile_; }

 private:
  const TileParameters& tile_;
  std::optional<TileParameters> fitted_;
};

// Of the current that a row's devices, all of this conductance, would draw without wires, about
// what is left with its own.
[[nodiscard]] double left_by_rows(const WireParameters& wires, int columns, Conductance device);

// Until an RC line, driven through a resistance at one end, has settled at the other to 0.1 %.
[[nodiscard]] Time settle_of_line(Resistance driver, Resistance segment, Capacitance each,
                                  int segments);

}  // namespace dwmtj
