// SPDX-License-Identifier: Apache-2.0
#include "architecture/core_figures.h"

#include <cmath>

namespace dwmtj {
namespace {

double ratio(double value, double over) { return over > 0.0 ? value / over : 0.0; }

void add(Figures& figures, const ComponentParameters& component, double times) {
  const double count = times * component.count;
  const ComponentFigures part{component.name, count, count * component.area,
                              count * component.leakage,
                              count * (component.peak_power() + component.leakage)};
  figures.area += part.area;
  figures.leakage += part.leakage;
  figures.peak_power += part.peak_power;
  figures.components.push_back(part);
}

}  // namespace

double Figures::operations_per_joule() const { return ratio(operations, in_si(peak_power)); }
double Figures::operations_per_area() const { return ratio(operations, in_si(area)); }
double Figures::stored_bits_per_area() const { return ratio(stored_bits, in_si(area)); }

Figures figures_of(const CoreParameters& core) { return figures_of(core, 1.0, {}); }

Figures figures_of(const CoreParameters& core, double cores,
                   const std::vector<ComponentParameters>& others) {
  const auto& shape = core.shape;
  Figures figures;
  figures.operations = 2.0 * cores * shape.multiply_accumulates();
  figures.weights = cores * shape.weights();
  figures.stored_bits = cores * shape.arrays * shape.rows * shape.columns * std::log2(shape.levels);
  for (const auto& component : core.components) add(figures, component, cores);
  for (const auto& component : others) add(figures, component, 1.0);
  return figures;
}

}  // namespace dwmtj
