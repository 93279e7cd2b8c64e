// SPDX-License-Identifier: Apache-2.0
// A compute core: arrays of cells that multiply, and the circuits around them, for estimates of
// energy, time and area (format: docs/architecture/core_parameters.md).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "architecture/component_parameters.h"
#include "architecture/synapse.h"

namespace dwmtj {

enum class Readout { comparator, adc };

// What a core multiplies, and with what.
struct CoreShape {
  int arrays = 0;              // of one core
  int rows = 0;                // of one array
  int columns = 0;             // physical
  int columns_per_weight = 0;  // a differential pair, or the slices of a weight
  int levels = 0;              // of a cell
  int weight_bits = 0;         // that one weight stands for
  int input_bits = 0;
  int input_bits_per_step = 0;
  int output_bits = 0;  // of one result
  int adc_bits = 0;     // of a conversion; 0: comparators
  Readout readout = Readout::comparator;
  Time step_time;  // one read of an array, with its conversions

  // Of an ADC that tells all sums of a column with so many driven rows apart.
  [[nodiscard]] int adc_bits_for(int driven_rows, int of_levels) const;
  [[nodiscard]] int weights_per_row() const { return columns / columns_per_weight; }
  [[nodiscard]] int steps() const {  // of one product
    return (input_bits + input_bits_per_step - 1) / input_bits_per_step;
  }
  [[nodiscard]] double weights() const { return 1.0 * arrays * rows * weights_per_row(); }
  // A second, when all arrays are busy; a multiplication and an addition each.
  [[nodiscard]] double multiply_accumulates() const;
  // How often a second each action then happens in the core. Zero where that is no matter of shape.
  [[nodiscard]] ActionTable peaks() const;
};

struct CoreParameters {
  std::string description;
  Length technology_node;
  CoreShape shape;
  std::shared_ptr<const Synapse> synapse;  // whose circuits these are; null: the file's own
  std::vector<ComponentParameters> components;

  // Throws InputError: file:line, key, what was expected.
  static CoreParameters read(const ParameterNode& core);
  // What one action costs, in all components that take part in it.
  [[nodiscard]] Energy energy_of(Action action) const;
  // Whether a component prices it, be it at nothing.
  [[nodiscard]] bool prices(Action action) const;
};

const CatalogFolder& core_catalog();

}  // namespace dwmtj
