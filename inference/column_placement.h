// SPDX-License-Identifier: Apache-2.0
// Which columns of a tile hold those of a block: the first ones, until writing has found one with
// devices that do not reach their level and a spare one does better
// (docs/inference/column_placement.md).
#pragma once

#include <cstdint>
#include <vector>

namespace dwmtj {

inline constexpr int kNoColumn = -1;

class ColumnPlacement {
 public:
  // `used` columns of a tile that has `all`; the rest is spare.
  ColumnPlacement(int used, int all);

  // Column of the tile, by column of the block.
  [[nodiscard]] const std::vector<int>& places() const { return places_; }

  // All columns are written: where.
  const std::vector<int>& begin_writing();
  // What became of a row that was written, by column of the tile.
  void note(const std::vector<std::int16_t>& flags);
  // All rows are written. Where those columns are to be written that shall try a spare one,
  // kNoColumn for others; empty: this was all.
  std::vector<int> next_try();

  // Since the last begin_writing().
  [[nodiscard]] int flagged() const;  // devices of the columns in use
  [[nodiscard]] int moved() const;    // columns that are not where they were at first
  [[nodiscard]] int spares() const { return static_cast<int>(flags_.size()) - next_spare_; }

 private:
  void settle();

  std::vector<int> places_;
  std::vector<int> tried_;  // as places_, of the try under way
  std::vector<int> flags_;  // devices, by column of the tile
  int next_spare_;
};

}  // namespace dwmtj
