// SPDX-License-Identifier: Apache-2.0
// The pairs of a layer on tiles of one size, side by side: inputs on rows, outputs on columns. All
// tiles work at the same time; each carries out the commands of a step one after the other.
#pragma once

#include <functional>
#include <memory>

#include "arrays/bulk_tile.h"
#include "learning/update_accounts.h"
#include "learning/weight_layer.h"

namespace dwmtj {

struct TileKind {
  const TileParameters& parameters;
  const DeviceModel& device;
  int size;  // rows, and columns of pairs
};

class TileGrid {
 public:
  // Devices and comparators are numbered from the given ones on, for draws.
  TileGrid(const TileKind& kind, LayerShape shape, std::uint64_t seed, std::uint64_t first_device,
           std::uint64_t first_comparator);

  [[nodiscard]] int site(std::size_t row, Side side, std::size_t column) const;
  // Of all columns.
  void read_row(std::size_t row, Side side, std::uint8_t* sites) const;

  // Writes levels [row][side][column] by write-verify; the cost is not part of the accounts.
  void program(const std::vector<std::int16_t>& levels);
  // A pulse or program command for the tiles of a row that have an entry other than `none` in
  // `data`, by column of the layer.
  void command(TileOp op, std::size_t row, Side side, const std::vector<std::int16_t>& data,
               std::int16_t none);
  // The step has ended: all tiles wait for the slowest.
  void finish_step();

  [[nodiscard]] const UpdateAccounts& accounts() const { return accounts_; }
  [[nodiscard]] UpdateAccounts& accounts() { return accounts_; }
  // Called with every command and the tile that it goes to.
  void listen(std::function<void(std::size_t tile, const TileCommand&)> listener) {
    listener_ = std::move(listener);
  }
  [[nodiscard]] const std::vector<std::unique_ptr<BulkTile>>& tiles() const { return tiles_; }
  // Pulses that each device has taken, initialisation included.
  [[nodiscard]] std::vector<std::uint32_t> wear() const;

  void save(std::ostream& stream) const;
  void load(std::istream& stream);
  // All circuits as switched on, devices as they are: where a checkpoint begins.
  void stand_by();

 private:
  [[nodiscard]] std::size_t tile_of(std::size_t row, std::size_t column) const {
    return row / size_ * tile_columns_ + column / size_;
  }
  void carry_out(std::size_t tile, const TileCommand& command);
  void count_field(std::size_t tile, std::uint64_t slots);
  [[nodiscard]] double disturbed_in(const BulkTile& tile) const;

  std::size_t size_;
  std::size_t columns_;  // of the layer
  std::size_t tile_columns_;
  Ledger ledger_;
  std::vector<std::unique_ptr<BulkTile>> tiles_;
  std::function<void(std::size_t, const TileCommand&)> listener_;
  std::vector<std::uint32_t> commands_in_step_;  // by tile
  std::vector<double> disturbance_;  // by site: chance that a slot of the reset field moves a wall
  std::vector<double> disturbed_a_slot_;  // by tile, in this step; below 0: not worked out
  Picoseconds step_start_ = 0;
  UpdateAccounts accounts_;
};

}  // namespace dwmtj
