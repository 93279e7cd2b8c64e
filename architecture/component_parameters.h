// SPDX-License-Identifier: Apache-2.0
// One kind of component in the inventory of a core or a chip (format:
// docs/architecture/component_parameters.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "architecture/action.h"
#include "architecture/scaling_law.h"
#include "common/parameter_file.h"
#include "common/units.h"

namespace dwmtj {

struct ActionPrice {
  Action action;
  Energy energy;   // of one
  Frequency peak;  // how often one instance can do it
};

struct ComponentParameters {
  std::string name;
  std::string description;
  double count;                           // may be a share: one router for four cores is 0.25
  std::optional<Length> technology_node;  // where it differs from that of the core
  Area area;                              // of one instance, like all that follows
  Power leakage;
  std::vector<ActionPrice> actions;

  // Every action at its peak, leakage not counted.
  [[nodiscard]] Power peak_power() const;
};

// The core that components belong to. Peaks are how often a second each action can happen in the
// whole, all instances together; where a component gives no rate of its own, its instances share
// that.
struct ComponentContext {
  ActionTable peaks;          // of the core as it is
  ActionTable printed_peaks;  // of the core that prices were printed for
  ShapeChange change;
};

// Counts, prices and areas follow the shape by the component's law. Throws InputError.
ComponentParameters read_component(const ParameterNode& node, const ComponentContext& context);

// All of the mapping `components`.
std::vector<ComponentParameters> read_components(const ParameterNode& node,
                                                 const ComponentContext& context);

}  // namespace dwmtj
