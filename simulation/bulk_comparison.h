// SPDX-License-Identifier: Apache-2.0
// The same network on the same tiles in bulk, to hold the simulated chip to: every sum of every
// layer and every label, bit for bit.
#pragma once

#include <cstdint>
#include <vector>

#include "inference/tile_pass.h"
#include "simulation/chip_life.h"

namespace dwmtj {

// What they have in common.
struct BulkComparison {
  std::int64_t images = 0;
  std::int64_t same_labels = 0;
  std::int64_t layers = 0;  // sets of sums: one a layer and image
  std::int64_t same_layers = 0;
  std::int64_t sums = 0;           // in all of these
  std::int64_t software_hits = 0;  // of the network as it was trained

  [[nodiscard]] bool agrees() const { return same_labels == images && same_layers == layers; }
};

class BulkReference {
 public:
  // Runs the images, and the network as it was trained.
  BulkReference(const Network& network, const TiledNetwork& tiled, const TileSet& tiles,
                const ImageSource& source, std::int64_t images, const ChipLife& life = {});

  // For the chip, whose sums it compares.
  [[nodiscard]] SumsProbe probe();
  [[nodiscard]] BulkComparison compare(const std::vector<int>& labels) const;

 private:
  std::size_t steps_;
  std::vector<std::uint64_t> digests_;  // [image][step] of its sums
  std::vector<int> labels_;
  BulkComparison comparison_;
};

}  // namespace dwmtj
