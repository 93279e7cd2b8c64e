// SPDX-License-Identifier: Apache-2.0
#include "architecture/core_parameters.h"

#include <fmt/format.h>

#include "architecture/tile_inventory.h"

namespace dwmtj {
namespace {

constexpr int kMostArrays = 1'000'000;
constexpr int kMostLines = 65536;  // rows or columns
constexpr int kMostBits = 64;
constexpr double kBitsPerByte = 8.0;

CoreShape read_shape(const ParameterNode& core) {
  CoreShape shape{};
  shape.arrays = core.whole_number("arrays", 1, kMostArrays);
  shape.rows = core.whole_number("rows", 1, kMostLines);
  shape.columns = core.whole_number("columns", 1, kMostLines);
  shape.columns_per_weight = core.whole_number("columns_per_weight", 1, shape.columns);
  shape.levels = core.whole_number("levels", 2, kMostLines);
  shape.weight_bits = core.whole_number("weight_bits", 1, kMostBits);
  shape.input_bits = core.whole_number("input_bits", 1, kMostBits);
  shape.input_bits_per_step = core.whole_number("input_bits_per_step", 1, shape.input_bits);
  shape.output_bits = core.whole_number("output_bits", 1, kMostBits);
  shape.readout =
      core.choice("readout", {"comparator", "adc"}) == 0 ? Readout::comparator : Readout::adc;
  if (shape.columns % shape.columns_per_weight != 0) {
    core.fail("columns_per_weight", fmt::format("{} columns are not whole weights", shape.columns));
  }
  if (shape.readout == Readout::comparator && shape.steps() > 1) {
    core.fail("input_bits_per_step", "a comparator cannot add up steps: expected 'input_bits'");
  }
  return shape;
}

// A tile brings its own circuits; what the core file says of them is their area.
void read_with_tile(const ParameterNode& core, CoreParameters& parameters) {
  parameters.synapse = read_synapse(core.section("tile", tile_catalog()));
  const auto& [tile, model] = *parameters.synapse;
  auto& shape = parameters.shape;
  if (shape.readout != Readout::comparator || shape.columns_per_weight != 2) {
    core.fail("tile",
              "a tile has pairs and comparators: expected 'readout: comparator' and two "
              "columns_per_weight");
  }
  if (shape.levels != model.sites()) {
    core.fail("levels", fmt::format("the device of the tile, '{}', has {} levels",
                                    model.parameters().name, model.sites()));
  }
  shape.step_time = tile_step_time(tile);
  const auto areas = core.child("tile_areas");
  parameters.components = tile_inventory(tile, model, shape);
  for (auto& component : parameters.components) {
    component.area = areas.at_least_zero<Area>(component.name);
  }
  areas.finish();
}

}  // namespace

double CoreShape::multiply_accumulates() const { return weights() / (steps() * in_si(step_time)); }

ActionTable CoreShape::peaks() const {
  const double steps_a_second = 1.0 / in_si(step_time);
  const double row_steps = 1.0 * arrays * rows * steps_a_second;
  const double results = 1.0 * arrays * weights_per_row() * steps_a_second / steps();
  ActionTable peaks;
  peaks[Action::row_drive] = row_steps;
  peaks[Action::array_read] = arrays * steps_a_second;
  if (readout == Readout::adc) {
    peaks[Action::sample] = 1.0 * arrays * columns * steps_a_second;
    peaks[Action::conversion] = peaks[Action::sample];
    peaks[Action::shift_add] = peaks[Action::sample];
  } else {
    peaks[Action::decision] = results;
  }
  peaks[Action::input_register_byte] = row_steps * input_bits_per_step / kBitsPerByte;
  peaks[Action::output_register_byte] = results * output_bits / kBitsPerByte;
  peaks[Action::buffer_read_byte] = peaks[Action::input_register_byte];
  peaks[Action::buffer_write_byte] = peaks[Action::output_register_byte];
  peaks[Action::bus_byte] = peaks[Action::buffer_read_byte] + peaks[Action::buffer_write_byte];
  peaks[Action::digital_op] = results;
  peaks[Action::router_bit] = kBitsPerByte * peaks[Action::bus_byte];
  return peaks;
}

CoreParameters CoreParameters::read(const ParameterNode& core) {
  CoreParameters parameters{};
  parameters.description = core.text("description");
  parameters.technology_node = core.above_zero<Length>("technology_node");
  parameters.shape = read_shape(core);
  if (core.has("tile")) {
    read_with_tile(core, parameters);
  } else {
    parameters.shape.step_time = core.duration_above_zero("step_time");
  }
  const auto others = read_components(core.child("components"), parameters.shape.peaks());
  for (const auto& component : others) {
    for (const auto& known : parameters.components) {
      if (known.name == component.name) {
        core.child("components").fail(known.name, "this component comes from the tile");
      }
    }
  }
  parameters.components.insert(parameters.components.end(), others.begin(), others.end());
  core.finish();
  return parameters;
}

Energy CoreParameters::energy_of(Action action) const {
  Energy energy{};
  for (const auto& component : components) {
    for (const auto& price : component.actions) {
      if (price.action == action && component.count > 0.0) energy += price.energy;
    }
  }
  return energy;
}

const CatalogFolder& core_catalog() {
  static const CatalogFolder kCatalog{"architecture/cores", "core"};
  return kCatalog;
}

}  // namespace dwmtj
