// SPDX-License-Identifier: Apache-2.0
// One kind of component in the inventory of a core or a chip (format:
// docs/architecture/component_parameters.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "architecture/action.h"
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

// `peaks`: how often a second each action can happen in the whole, all instances together; where a
// component gives no rate of its own, its instances share that. Throws InputError.
ComponentParameters read_component(const ParameterNode& node, const ActionTable& peaks);

// All of the mapping `components`.
std::vector<ComponentParameters> read_components(const ParameterNode& node,
                                                 const ActionTable& peaks);

}  // namespace dwmtj
