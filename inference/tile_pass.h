// SPDX-License-Identifier: Apache-2.0
// A network on tiles in bulk: the same commands as on the simulated chip, to the same devices, in
// the same order on each tile, and no time that passes (docs/inference/tile_pass.md).
#pragma once

#include <deque>
#include <functional>
#include <vector>

#include "arrays/bulk_tile.h"
#include "inference/image_source.h"
#include "inference/tiled_network.h"
#include "inference/writing_record.h"

namespace dwmtj {

// Told the sums of a layer, of an image: by step, before they become values.
using SumsProbe = std::function<void(std::int64_t image, std::size_t step,
                                     const std::vector<std::int32_t>& sums)>;

class TilePass {
 public:
  // Writes the weights, unless tiles go on from `states`, which have them. Keeps references to
  // network, tiles and what they refer to.
  TilePass(const TiledNetwork& network, const TileSet& tiles,
           const std::vector<TileState>* states = nullptr);

  // All weights; on several cores, which makes no difference.
  void write();
  // A wait of all tiles without power.
  void hold(const Holding& holding);
  // What writing took, all tiles side by side.
  [[nodiscard]] WritingRecord writing(const LevelSet& levels) const;
  // One after another from the first on; the label of each.
  [[nodiscard]] int classify(const ImageSource& source, std::int64_t image,
                             const SumsProbe& probe = {});
  // Of one image, a step with weights. Comparators draw on.
  void run_layer(std::size_t step, const Fixed* in, Fixed* out);
  [[nodiscard]] const BulkTile& tile(std::size_t i) const { return places_[i].tile; }

 private:
  // A tile, and what its weights took.
  struct Place {
    Place(const std::string& name, const TileSet& tiles, const BulkTileOptions& options,
          ColumnPlacement in)
        : tile(name, tiles.tile, tiles.device, ledger, options), columns(std::move(in)) {}
    void write(const TileLayer& layer, std::size_t block, const TileParameters& parameters);

    Ledger ledger;
    BulkTile tile;
    ColumnPlacement columns;
    WritingRecord record;
    std::vector<std::int16_t> wanted;
    std::vector<std::int32_t> sums;  // of the block, of an image
  };

  void write(const TileLayer& layer);
  void multiply(const TileLayer& layer, std::size_t block);
  void run_digital_step(std::size_t i);

  const TiledNetwork& network_;
  const TileParameters& parameters_;
  std::deque<Place> places_;
  std::vector<std::vector<Fixed>> buffers_;
  std::vector<float> image_;
  std::vector<std::int16_t> codes_;
  std::vector<std::int32_t> sums_;
};

// An image as a network takes it, in memory.
void load_image(const ForwardPlan& plan, const ImageSource& source, std::int64_t image,
                std::vector<float>& room, Fixed* to);
// Of the tile `i`: devices and comparators of its own, as on a chip.
BulkTileOptions options_of_tile(const TileSet& tiles, std::size_t i);

}  // namespace dwmtj
