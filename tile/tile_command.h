// SPDX-License-Identifier: Apache-2.0
// The command vocabulary of a tile, the same for the pin-level, transaction-level and bulk views.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace dwmtj {

enum class TileOp : std::uint8_t {
  reset,        // single-shot: one reset pulse to each selected device of a row
  pulse,        // one pulse to each device of a row, a signed driver code a column
  program,      // write-verify: a target level a column
  update,       // one pulse a column of the given polarity, at the tile's update amplitudes
  read,         // the level of each device of a row
  multiply,     // matrix-vector product: signs on rows, a sum of `bits` a column
  count_of_ops  // not a command: what an illegal code on the pins reads as
};

enum class Side : std::uint8_t { plus, minus };  // of a differential pair

inline constexpr std::int16_t kSkip = -32768;  // in `data`: leave this column alone

struct TileCommand {
  TileOp op = TileOp::reset;
  std::uint32_t row = 0;
  Side side = Side::plus;
  // By op: reset and read: empty for the whole row, else 0 or kSkip a column; pulse: driver code;
  // program: level; update: -1, 0, +1 (a column each); multiply: -1, 0, +1 a row.
  std::vector<std::int16_t> data;
  std::uint8_t bits = 1;  // multiply: of a result
};

enum class TileStatus : std::uint8_t {
  ok,
  flagged,  // program: at least one device did not reach its level
  illegal_op,
  row_out_of_range,
  wrong_length,  // data has not one entry a column (multiply: a row)
  wrong_value,   // a level, code, polarity or input the device or tile does not have
  wrong_bits,    // of a result: none, or more than the tile's reference resolves
  count_of_statuses
};

struct TileResult {
  TileStatus status = TileStatus::ok;
  // read: level; multiply: sign, or of several bits the code; program: 1 where flagged
  std::vector<std::int16_t> data;
  std::vector<std::uint16_t> pulses;    // program: pulses each column took
  std::vector<std::uint16_t> attempts;  // program: ramps (or runs of nudges) each column took
};

bool operator==(const TileCommand& a, const TileCommand& b);
bool operator==(const TileResult& a, const TileResult& b);
std::ostream& operator<<(std::ostream& stream, const TileCommand& command);
std::ostream& operator<<(std::ostream& stream, const TileResult& result);

const std::string& name_of(TileOp op);
const std::string& name_of(TileStatus status);
const std::string& name_of(Side side);

}  // namespace dwmtj
