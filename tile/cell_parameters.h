// SPDX-License-Identifier: Apache-2.0
// The cell around a device: which path a read current takes, and what stands in series with the
// MTJ there (docs/tile/cell_parameters.md).
#pragma once

#include "common/parameter_file.h"
#include "devices/device_parameters.h"

namespace dwmtj {

// Read at four points as the prototypes were, or through a cell of three terminals: in at the MTJ,
// out at the CLK end of the track or at both of its ends.
enum class ReadPath : std::uint8_t { four_point, one_end, both_ends };

struct CellParameters {
  ReadPath path = ReadPath::four_point;
  Resistance access = {};  // of the transistor that selects the cell, in reads and writes

  // What a read meets besides the MTJ: nothing where the voltage is measured at the MTJ.
  [[nodiscard]] Resistance series(const DeviceParameters& device) const;
  // Of a read current, the most that flows along the track under the wall.
  [[nodiscard]] double wall_share(const DeviceParameters& device) const;
  // The device as this cell shows it to a reading.
  [[nodiscard]] DeviceParameters show(DeviceParameters device) const;
};

// `cell` of a tile file: "four-point", or a mapping.
CellParameters read_cell(const ParameterNode& root);

}  // namespace dwmtj
