// SPDX-License-Identifier: Apache-2.0
// What write-verify and a single-shot reset stand of write drivers that are off: a column that is
// three standard deviations too strong, or too weak (docs/tile/design_rules.md).
#pragma once

#include <string>

#include "devices/device_model.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

class WriteReserve {
 public:
  // Keeps references. `tile` has lines of the length that its shape gives them.
  WriteReserve(const TileParameters& tile, const DeviceModel& device)
      : tile_(tile), device_(device) {}

  // What goes wrong with drivers that are off like this; empty: nothing.
  [[nodiscard]] std::string fault(const DriverMismatch& mismatch) const;
  // The largest mismatch without fault, up to this and to two digits: of sources, then of gain. The
  // same where drivers that are alike have one too.
  [[nodiscard]] DriverMismatch that_fits(const DriverMismatch& mismatch) const;

 private:
  [[nodiscard]] const TransitionTable& table(int code, double factor) const;
  [[nodiscard]] std::string too_strong(double factor) const;
  [[nodiscard]] std::string too_weak(double factor) const;
  [[nodiscard]] std::string uneven(double unit) const;

  const TileParameters& tile_;
  const DeviceModel& device_;
};

}  // namespace dwmtj
