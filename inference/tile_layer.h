// SPDX-License-Identifier: Apache-2.0
// A layer with weights on tiles of pairs: what its tiles are told, and what their answers are
// worth. The same whoever carries the commands out: tiles in bulk, or those of a simulated chip
// (docs/inference/tile_layer.md). Whole numbers throughout, so exact in any order.
#pragma once

#include <cstdint>
#include <vector>

#include "arithmetic/fixed_point.h"
#include "inference/column_placement.h"
#include "inference/mapped_weights.h"
#include "inference/read_settings.h"
#include "mapping/tiling.h"
#include "tile/tile_command.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

// How tiles are read.
struct TileReading {
  int input_bits = 8;   // of an input, the sign included where there are negative ones
  int result_bits = 8;  // of a column's sum; 1: its sign alone
};

// value x multiplier / 2^shift, rounded: a factor in whole numbers.
class WholeFactor {
 public:
  WholeFactor() = default;
  explicit WholeFactor(double factor);  // 0 to 2^30
  [[nodiscard]] std::int64_t times(std::int32_t value) const {
    const auto product = std::int64_t{value} * multiplier_;
    return shift_ == 0 ? product : rounded_shift(product, shift_);
  }

 private:
  std::int32_t multiplier_ = 0;
  int shift_ = 0;
};

struct TileLayerOptions {
  LayerRange range;          // of inputs and sums
  bool takes_signs = false;  // inputs are -1, 0 and +1 already
  TileReading reading;
  std::size_t first_tile = 0;
  int rows = 1;  // of a tile
  int columns = 1;
  int spare_columns = 0;  // at least, of a tile: for columns whose devices do not reach their level
};

class TileLayer {
 public:
  // Keeps a reference to the layer.
  TileLayer(const Layer& layer, const MappedWeights& weights, const LevelSet& levels,
            const Tiling& tiling, const TileParameters& tile, const TileLayerOptions& options);

  [[nodiscard]] const Layer& layer() const { return layer_; }
  [[nodiscard]] std::size_t first_tile() const { return options_.first_tile; }
  [[nodiscard]] std::size_t tiles() const { return blocks_.size(); }  // one a block
  [[nodiscard]] int planes() const { return planes_; }                // bits of an input
  [[nodiscard]] std::int64_t windows() const { return windows_; }
  [[nodiscard]] std::int64_t inputs() const { return layer_.input.elements(); }
  [[nodiscard]] std::int64_t outputs() const { return layer_.output.elements(); }
  [[nodiscard]] int rows_of(std::size_t block) const;     // in use
  [[nodiscard]] int columns_of(std::size_t block) const;  // likewise

  // Where the columns of a block are before anything is known of the devices.
  [[nodiscard]] ColumnPlacement placement(std::size_t block) const;

  // The commands that write the weights of block `number`: row by row, plus and then minus; columns
  // to their places, but for those that have none.
  [[nodiscard]] std::vector<TileCommand> programs(std::size_t number,
                                                  const std::vector<int>& places) const;
  // What the inputs of an image become; values as in ValueLayout.
  void quantise(const Fixed* in, std::int16_t* codes) const;
  // A multiply command: one bit of the inputs of one window; `command` keeps its memory.
  void command(std::size_t number, std::int64_t window, int plane, const std::int16_t* codes,
               TileCommand& command) const;
  // Adds what it gave, by column of the tile, to the sums of the image, of which there are
  // outputs().
  void add(std::size_t number, std::int64_t window, int plane, const std::vector<int>& places,
           const std::vector<std::int16_t>& results, std::int32_t* sums) const;
  void finish(const std::int32_t* sums, Fixed* out) const;

 private:
  void locate_inputs();
  [[nodiscard]] std::int32_t place_of(std::int64_t window, std::int64_t group,
                                      std::int64_t row) const;
  void scale(const MappedWeights& weights, const LevelSet& levels, const TileParameters& tile);

  const Layer& layer_;
  TileLayerOptions options_;
  std::vector<Block> blocks_;
  Tiling tiling_;
  std::vector<std::int16_t> levels_;  // of devices, signed, in the order of the matrix
  std::int16_t lowest_ = 0;           // the level of the other device
  std::int64_t windows_ = 1;
  int planes_ = 1;
  std::int32_t largest_code_ = 1;
  std::int32_t least_code_ = 0;
  std::vector<std::int32_t> places_;  // [window][group][row]: of an input, kPadding for none
  WholeFactor to_code_;               // from steps of the digital unit
  WholeFactor to_value_;              // and back, of a sum
  std::vector<std::int64_t> bias_;    // in steps, one an output channel
};

}  // namespace dwmtj
