// SPDX-License-Identifier: Apache-2.0
// Commands of every kind for a tile, now and then a wrong one.
#pragma once

#include <random>

#include "arrays/pair_array.h"
#include "tile/tile_command.h"

namespace dwmtj::test {

inline TileCommand random_command(std::mt19937_64& random, ArrayShape shape, int levels) {
  const auto below = [&random](int n) {
    return static_cast<int>(random() % static_cast<std::uint64_t>(n));
  };
  TileCommand command;
  command.op = static_cast<TileOp>(below(static_cast<int>(TileOp::count_of_ops)));
  command.row = static_cast<std::uint32_t>(below(shape.rows));
  command.side = below(2) == 0 ? Side::plus : Side::minus;
  if (command.op == TileOp::multiply) command.bits = static_cast<std::uint8_t>(1 + below(9));
  const int length = command.op == TileOp::multiply ? shape.rows : shape.columns;
  for (int i = 0; i < length; ++i) {
    int value = 0;
    if (command.op == TileOp::pulse) value = below(401) - 200;
    if (command.op == TileOp::program) value = below(levels);
    if (command.op == TileOp::update || command.op == TileOp::multiply) value = below(3) - 1;
    command.data.push_back(static_cast<std::int16_t>(below(8) == 0 ? kSkip : value));
  }
  if (below(16) == 0) command.row = static_cast<std::uint32_t>(shape.rows);
  if (below(16) == 0) command.data.push_back(0);
  return command;
}

}  // namespace dwmtj::test
