// SPDX-License-Identifier: Apache-2.0
#include "tile/tile_command.h"

#include <algorithm>
#include <array>
#include <ostream>

#include "tile/tile_op.h"

namespace dwmtj {
namespace {

template <typename Enum, std::size_t Count>
const std::string& name_in(const std::array<std::string, Count>& names, Enum value) {
  return names[std::min(static_cast<std::size_t>(value), Count - 1)];
}

}  // namespace

bool operator==(const TileCommand& a, const TileCommand& b) {
  return a.op == b.op && a.row == b.row && a.side == b.side && a.data == b.data && a.bits == b.bits;
}

bool operator==(const TileResult& a, const TileResult& b) {
  return a.status == b.status && a.data == b.data && a.pulses == b.pulses &&
         a.attempts == b.attempts;
}

const std::string& name_of(TileOp op) { return traits_of(op).name; }

const std::string& name_of(TileStatus status) {
  static const std::array<std::string, 7> kNames = {
      "ok",           "flagged",     "illegal op", "row out of range",
      "wrong length", "wrong value", "wrong bits"};
  return name_in(kNames, status);
}

const std::string& name_of(Side side) {
  static const std::array<std::string, 2> kNames = {"plus", "minus"};
  return name_in(kNames, side);
}

std::ostream& operator<<(std::ostream& stream, const TileCommand& command) {
  return stream << name_of(command.op) << " row " << command.row << " " << name_of(command.side);
}

std::ostream& operator<<(std::ostream& stream, const TileResult& result) {
  return stream << name_of(result.status);
}

}  // namespace dwmtj
