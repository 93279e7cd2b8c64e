// SPDX-License-Identifier: Apache-2.0
// What the current of a reading does to a wall, by the law that writes it
// (docs/tile/read_disturb.md).
#pragma once

#include "devices/device_model.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

// Along the track of a cell at its least resistance.
Current read_current(const TileParameters& tile, const DeviceModel& device);
// The read voltage that drives such a current.
Voltage voltage_of_read_current(const TileParameters& tile, const DeviceModel& device,
                                Current current);
// The least current at which a wall leaves some site once in `time`, on average; 0 where it does so
// without.
Current current_that_moves(const DeviceModel& device, Time time);
// That is, in the time of a nominal pulse.
Current current_that_writes(const DeviceModel& device);
// That a current for `time` moves a wall from the site that holds it worst.
double disturb_chance(const DeviceModel& device, Current current, Time time);

}  // namespace dwmtj
