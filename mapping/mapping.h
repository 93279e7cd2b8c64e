// SPDX-License-Identifier: Apache-2.0
// From a network to arrays on cores: which block of which layer sits where, and how often.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <vector>

#include "mapping/array_grid.h"
#include "mapping/tiling.h"
#include "networks/network.h"

namespace dwmtj {

// The part of one copy of a layer that one core holds: blocks one after another, an array each.
struct Fragment {
  int core = 0;
  int first_array = 0;  // on the core
  int arrays = 0;
  std::int64_t copy = 0;          // of the layer, from 0
  std::int64_t first_block = 0;   // of the layer's tiling
  std::int64_t inputs = 0;        // matrix rows it needs, each counted once
  std::int64_t outputs = 0;       // that it adds to, each counted once
  std::int64_t driven_rows = 0;   // sums over its arrays
  std::int64_t read_columns = 0;  // device columns, so times slices
  std::int64_t weights = 0;
  double utilisation = 0;
};

struct LayerMapping {
  std::size_t layer = 0;  // of the network
  int slices = 1;         // columns that a weight takes
  Tiling tiling;
  std::int64_t copies = 1;
  std::int64_t steps = 1;           // windows of an input that a copy computes, at most
  std::vector<Fragment> fragments;  // copy by copy, in there by blocks
  double utilisation = 0;           // weights over cells, of the arrays it has

  [[nodiscard]] std::int64_t arrays() const { return copies * tiling.arrays(); }
};

struct Mapping {
  ArrayGrid grid;
  std::vector<LayerMapping> layers;  // those with weights, in network order
  std::int64_t arrays_used = 0;
  int cores_used = 0;
  std::int64_t steps = 0;  // of the slowest layer
  double utilisation = 0;  // of the arrays used
};

// What a person asks of one layer.
struct LayerRequest {
  int slices = 0;           // 0: as the grid says
  std::int64_t copies = 0;  // 0: as many as the options allow
};

struct MappingOptions {
  // Windows that a copy computes one after another, at least where its layer has as many: the more,
  // the fewer copies.
  std::int64_t fewest_steps = 1;
  std::map<std::size_t, LayerRequest> requests = {};  // by layer of the network
};

// The fewest steps that leave one copy of each layer.
inline constexpr std::int64_t kNoCopies = std::numeric_limits<std::int64_t>::max();

// Arrays that one copy of each layer needs; as many of any cores hold it. Throws as map_network.
std::int64_t arrays_needed(const Network& network, const ArrayGrid& grid);

// Rules: docs/mapping/mapping.md. Throws InputError: a grid that check() refuses, fewer
// steps than one, a network that is too large.
Mapping map_network(const Network& network, const ArrayGrid& grid,
                    const MappingOptions& options = {});

}  // namespace dwmtj
