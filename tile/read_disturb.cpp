// SPDX-License-Identifier: Apache-2.0
#include "tile/read_disturb.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace dwmtj {
namespace {

Resistance least_resistance(const DeviceModel& device) {
  Resistance least = device.readout().level(0);
  for (int site = 1; site < device.sites(); ++site) {
    least = std::min(least, device.readout().level(site));
  }
  return least;
}

// Of every site and each way out of it.
template <typename Visit>
void visit_exits(const DeviceModel& device, const Visit& visit) {
  for (int site = 0; site < device.sites(); ++site) {
    if (site + 1 < device.sites()) visit(site, Direction::forward);
    if (site > 0) visit(site, Direction::reverse);
  }
}

}  // namespace

Current read_current(const TileParameters& tile, const DeviceModel& device) {
  return tile.cell.wall_share(device.parameters()) * (tile.read.voltage / least_resistance(device));
}

Voltage voltage_of_read_current(const TileParameters& tile, const DeviceModel& device,
                                Current current) {
  return current / tile.cell.wall_share(device.parameters()) * least_resistance(device);
}

Current current_that_moves(const DeviceModel& device, Time time) {
  const auto& law = device.switching();
  const double rate = std::min(1.0 / in_si(time), law.attempt_rate());
  auto least = std::numeric_limits<double>::infinity();
  visit_exits(device, [&](int site, Direction direction) {
    const auto current =
        law.current_at_rate(site, direction, rate, device.parameters().fields.write);
    least = std::min(least, static_cast<double>(direction) * in_si(current));
  });
  return from_si<Current>(std::max(least, 0.0));
}

Current current_that_writes(const DeviceModel& device) {
  return current_that_moves(device, device.parameters().operating_point.shape.width);
}

double disturb_chance(const DeviceModel& device, Current current, Time time) {
  double fastest = 0.0;
  visit_exits(device, [&](int site, Direction direction) {
    const auto pushed = static_cast<double>(direction) * current;
    fastest = std::max(fastest, device.switching().escape_rate(site, direction, pushed,
                                                               device.parameters().fields.write));
  });
  return -std::expm1(-fastest * in_si(time));
}

}  // namespace dwmtj
