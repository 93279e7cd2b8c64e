// SPDX-License-Identifier: Apache-2.0
// Where the bias field of a tile comes from, and what it costs (docs/tile/field_parameters.md).
#pragma once

#include <array>

#include "common/parameter_file.h"
#include "devices/device_parameters.h"
#include "devices/switching_law.h"

namespace dwmtj {

enum class FieldSource : std::uint8_t {
  as_measured,  // the laboratory's magnet: not priced, and said
  strip_line,   // a line over each row and side, on while walls are pushed
  coil,         // one around the chip: slow, its supply always on
  film          // devices that need no field
};

struct FieldSourceParameters {
  FieldSource source = FieldSource::as_measured;
  Resistance sheet = {};  // of the strip line, a square
  Length bore = {};       // of the coil: its length and width
  Resistance turn = {};   // of the coil, with all of its copper in one turn
  Power coil_drive = {};  // the most that the coil's supply gives
};

// By the direction of the pulses that need the field.
struct FieldPrices {
  std::array<Power, 2> pulsing{};  // while walls are pushed
  std::array<Energy, 2> change{};  // to this field, besides `pulsing` while it settles
  Power holding{};                 // always
};

inline std::size_t index_of(Direction direction) { return direction == Direction::forward ? 0 : 1; }

// `field` of a tile file.
FieldSourceParameters read_field(const ParameterNode& node);
// Of a tile whose rows have `columns` devices a side.
FieldPrices field_prices(const FieldSourceParameters& source, const DeviceParameters& device,
                         int columns);
// What keeps this source from giving the device its fields, each change within `settle`; empty:
// nothing.
std::string field_fault(const FieldSourceParameters& source, const DeviceParameters& device,
                        Time settle);

}  // namespace dwmtj
