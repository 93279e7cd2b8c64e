// SPDX-License-Identifier: Apache-2.0
// A network on an architecture, worked out once: weights on cells, blocks, copies, places, and the
// work of each core. What `map`, `estimate` and all that runs a network start from. No SystemC, no
// time that passes, no values.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "architecture/architecture.h"
#include "deployment/core_work.h"
#include "deployment/layer_choices.h"
#include "deployment/plan.h"
#include "deployment/traffic.h"
#include "deployment/weight_cells.h"
#include "mapping/mapping.h"
#include "networks/network.h"

namespace dwmtj {

// What a person may choose.
struct MappingChoices {
  std::optional<int> bits;             // of weights; none: the core's own
  std::optional<int> activation_bits;  // none: the core's input_bits
  std::optional<std::string> tile;     // of the catalog or a file; none: the core's own, if any
  ParameterOverrides over_tile;        // of its file, and its device's
  ParameterOverrides over_device;
  bool replicate = true;  // layers on arrays left over
  LayerChoices layers;    // what single ones are to have in place of all that
};

struct MappedNetwork {
  Network network;
  Architecture architecture;
  std::shared_ptr<const Synapse> synapse;  // what holds the weights; null: nothing is known of it
  WeightCells cells;                       // how a weight sits on them
  std::map<std::size_t, WeightCells> cells_of_layers;  // of those that have others
  Mapping mapping;                                     // blocks, copies, places
  Plan plan;                                           // stages, and what each needs of others
  CoreWork work;                                       // jobs of each core
  std::optional<PipelineBound> bound;                  // none: the architecture has no interconnect

  [[nodiscard]] const WeightCells& cells_of(std::size_t layer) const;
  // Of the layer `index` of the network, which must have weights.
  [[nodiscard]] const LayerMapping& mapping_of(std::size_t index) const;
};

// Layers have copies where an interconnect feeds them: docs/deployment/mapped_network.md. Throws
// InputError: a network that does not fit, bits that the cells cannot hold, choices for layers that
// are not there or hold no weights, more copies than windows.
MappedNetwork map_onto(Network network, Architecture architecture, const MappingChoices& choices);

}  // namespace dwmtj
