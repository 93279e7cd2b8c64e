// SPDX-License-Identifier: Apache-2.0
#include "learning/tile_prices.h"

namespace dwmtj {
namespace {

CommandPrice price(BulkTile& tile, const TileCommand& command) {
  const Picoseconds begin = tile.now();
  tile.carry_out(command, begin);
  return {in_si(tile.command_energy()), tile.now() - begin};
}

}  // namespace

TilePrices tile_prices(const TileKind& kind) {
  Ledger ledger;
  BulkTileOptions options;
  options.shape = {kind.size, kind.size};
  BulkTile tile("tile", kind.parameters, kind.device, ledger, options);
  std::vector<std::int16_t> levels(tile.array().devices().size());
  for (std::size_t i = 0; i < levels.size(); ++i) {
    levels[i] = static_cast<std::int16_t>(i % static_cast<std::size_t>(kind.device.sites()));
  }
  tile.program_array(levels);
  const auto size = static_cast<std::size_t>(kind.size);
  TilePrices prices;
  prices.size = size;
  prices.read = price(tile, {TileOp::read, 0, Side::plus, {}});
  prices.multiply =
      price(tile, {TileOp::multiply, 0, Side::plus, std::vector<std::int16_t>(size, 1)});
  return prices;
}

}  // namespace dwmtj
