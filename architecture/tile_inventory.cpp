// SPDX-License-Identifier: Apache-2.0
#include "architecture/tile_inventory.h"

#include <fmt/format.h>

#include "tile/field_parameters.h"
#include "tile/fitted_tile.h"

namespace dwmtj {
namespace {

// As the controller spends them (tile/tile_sequences.cpp): read currents flow while the lines
// settle and the comparators decide. A cycle each goes into decoding, reading out and handing over;
// then the next command waits for its edge.
int read_cycles(const TileParameters& tile) {
  return tile.cycles(tile.timing.read_settle) + tile.cycles(tile.comparator.delay);
}
int busy_cycles(const TileParameters& tile) { return read_cycles(tile) + 3; }
// Decode, settle, decide, read out, hand over: the first cycle of each is clocked.
constexpr double kStates = 5;

Energy mean_cycle(const TileParameters& tile, int columns) {
  const auto& overhead = tile.overhead;
  return overhead.wait_cycle +
         (kStates / busy_cycles(tile)) * (overhead.clocked_cycle(columns) - overhead.wait_cycle);
}

Conductance mean_level(const DeviceModel& device) {
  Conductance sum{};
  for (int site = 0; site < device.sites(); ++site) {
    sum += device.readout().level_conductance(site);
  }
  return sum / static_cast<double>(device.sites());
}

Energy array_read(const TileParameters& tile, const DeviceModel& device, const CoreShape& shape) {
  const auto duration = static_cast<double>(read_cycles(tile)) * to_time(tile.period());
  const double cells = 1.0 * shape.rows * shape.columns;
  const auto level = mean_level(device);
  const double left = left_by_rows(tile.wires, shape.weights_per_row(), level);
  return cells * left * level * tile.read.voltage * tile.read.voltage * duration;
}

}  // namespace

Time tile_step_time(const TileParameters& tile, const CoreShape& shape) {
  const FittedTile fitted(tile, shape.rows, shape.weights_per_row());
  return static_cast<double>(busy_cycles(fitted.parameters()) + 1) * to_time(tile.period());
}

std::vector<ComponentParameters> tile_inventory(const TileParameters& of_any_size,
                                                const DeviceModel& device, const CoreShape& shape) {
  const FittedTile fitted(of_any_size, shape.rows, shape.weights_per_row());
  const auto& tile = fitted.parameters();
  const double arrays = shape.arrays;
  const double pairs = arrays * shape.weights_per_row();
  const Frequency step = 1.0 / shape.step_time;
  const Frequency busy = static_cast<double>(busy_cycles(tile)) * step;
  ComponentParameters array{};
  array.name = "array";
  array.description = fmt::format("cells ({}) under the read voltage", device.parameters().name);
  array.count = arrays;
  array.leakage = field_prices(tile.field, device.parameters(), shape.weights_per_row()).holding;
  array.actions = {{Action::array_read, array_read(tile, device, shape), step}};
  ComponentParameters row_driver{};
  row_driver.name = "row_driver";
  row_driver.description = "one a row of pairs, and the line that it charges";
  row_driver.count = arrays * shape.rows;
  row_driver.area = tile.row_driver.area;
  row_driver.actions = {{Action::row_drive, tile.overhead.row, step}};
  ComponentParameters comparator{};
  comparator.name = "comparator";
  comparator.description = "one a column of pairs";
  comparator.count = pairs;
  comparator.leakage = tile.overhead.comparator_leakage;
  comparator.actions = {
      {Action::decision, tile.comparator.energy + tile.comparator.zero.energy, step}};
  ComponentParameters driver{};
  driver.name = "driver";
  driver.description = "current sources of the writes, one a column of pairs; idle in a read";
  driver.count = pairs;
  driver.leakage = tile.overhead.driver_leakage;
  ComponentParameters controller{};
  controller.name = "controller";
  controller.description = "sequencer, one an array";
  controller.count = arrays;
  controller.leakage = tile.overhead.controller_leakage +
                       static_cast<double>(shape.weights_per_row()) * tile.overhead.column_leakage;
  controller.actions = {{Action::cycle, mean_cycle(tile, shape.weights_per_row()), busy}};
  return {array, row_driver, comparator, driver, controller};
}

}  // namespace dwmtj
