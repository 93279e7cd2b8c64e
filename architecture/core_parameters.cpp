// SPDX-License-Identifier: Apache-2.0
#include "architecture/core_parameters.h"

#include <cmath>

#include <fmt/format.h>

#include "architecture/tile_inventory.h"

namespace dwmtj {
namespace {

constexpr int kMostArrays = 1'000'000;
constexpr int kMostLines = 65536;  // rows or columns
constexpr int kMostBits = 64;
constexpr int kMostAdcBits = 24;
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

int read_adc_bits(const ParameterNode& core) {
  const auto adc = core.child("adc");
  const int bits = adc.whole_number("bits", 1, kMostAdcBits);
  adc.finish();
  return bits;
}

ShapeValues values_of(const CoreShape& shape, Length node) {
  return {1.0 * shape.arrays,      1.0 * shape.rows,
          1.0 * shape.columns,     1.0 * shape.columns_per_weight,
          1.0 * shape.levels,      1.0 * shape.weight_bits,
          1.0 * shape.input_bits,  1.0 * shape.input_bits_per_step,
          1.0 * shape.output_bits, 1.0 * shape.adc_bits,
          in_si(shape.step_time),  in_si(node)};
}

// The shape that the prices of the file are for.
struct PrintedShape {
  CoreShape shape;
  Length node;
};

PrintedShape read_printed_for(const ParameterNode& core, const CoreParameters& parameters) {
  PrintedShape printed{parameters.shape, parameters.technology_node};
  const auto node = core.child("printed_for");
  const auto read = [&](const char* key, int& value, int most) {
    value = node.integer(key, 1, most);
  };
  auto& shape = printed.shape;
  read("arrays", shape.arrays, kMostArrays);
  read("rows", shape.rows, kMostLines);
  read("columns", shape.columns, kMostLines);
  read("columns_per_weight", shape.columns_per_weight, kMostLines);
  read("levels", shape.levels, kMostLines);
  read("weight_bits", shape.weight_bits, kMostBits);
  read("input_bits", shape.input_bits, kMostBits);
  read("input_bits_per_step", shape.input_bits_per_step, kMostBits);
  read("output_bits", shape.output_bits, kMostBits);
  if (shape.readout == Readout::adc) read("adc_bits", shape.adc_bits, kMostAdcBits);
  if (!parameters.synapse) shape.step_time = node.quantity<Time>("step_time");
  printed.node = node.quantity<Length>("technology_node");
  if (in_si(shape.step_time) <= 0.0) node.fail("step_time", "must be above zero");
  if (in_si(printed.node) <= 0.0) node.fail("technology_node", "must be above zero");
  node.finish();
  return printed;
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
  if (shape.input_bits_per_step > 1) {
    core.fail("input_bits_per_step",
              "the circuits of a tile drive rows with -1, 0 and +1: expected 1; DAC-driven inputs "
              "exist in estimates of cores with components of their own, and in inference");
  }
  if (shape.levels != model.sites()) {
    core.fail("levels", fmt::format("the device of the tile, '{}', has {} levels",
                                    model.parameters().name, model.sites()));
  }
  shape.step_time = tile_step_time(tile, shape);
  const auto areas = core.child("tile_areas");
  parameters.components = tile_inventory(tile, model, shape);
  for (auto& component : parameters.components) {
    if (component.name == "row_driver") continue;  // the tile's file has it
    component.area = areas.at_least_zero<Area>(component.name);
    if (component.name == "controller" && areas.has("controller_column")) {
      component.area += static_cast<double>(shape.weights_per_row()) *
                        areas.at_least_zero<Area>("controller_column");
    }
  }
  areas.finish();
}

// The area of a tile's array is that of its cells.
void scale_array_area(const ShapeChange& change, CoreParameters& parameters) {
  for (auto& component : parameters.components) {
    if (component.name != "array") continue;
    component.area *= change.ratio(ShapeKey::rows) * change.ratio(ShapeKey::columns);
  }
}

}  // namespace

int CoreShape::adc_bits_for(int driven_rows, int of_levels) const {
  const double inputs = std::exp2(input_bits_per_step) - 1.0;
  return static_cast<int>(std::ceil(std::log2(1.0 + driven_rows * (of_levels - 1.0) * inputs)));
}

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
  if (parameters.shape.readout == Readout::adc) parameters.shape.adc_bits = read_adc_bits(core);
  const auto printed = read_printed_for(core, parameters);
  const ComponentContext context{parameters.shape.peaks(),
                                 printed.shape.peaks(),
                                 {values_of(printed.shape, printed.node),
                                  values_of(parameters.shape, parameters.technology_node)}};
  if (parameters.synapse) scale_array_area(context.change, parameters);
  const auto others = read_components(core.child("components"), context);
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

bool CoreParameters::prices(Action action) const {
  for (const auto& component : components) {
    for (const auto& price : component.actions) {
      if (price.action == action && component.count > 0.0) return true;
    }
  }
  return false;
}

const CatalogFolder& core_catalog() {
  static const CatalogFolder kCatalog{"architecture/cores", "core"};
  return kCatalog;
}

}  // namespace dwmtj
