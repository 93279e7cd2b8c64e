// SPDX-License-Identifier: Apache-2.0
// What a scenario expects of a command, and whether that came true.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/parameter_file.h"
#include "testbenches/command_record.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

// What a step of the scenario may cost; the limits hold for each of its commands.
struct Limits {
  std::optional<long> pulses;    // of any one cell
  std::optional<long> attempts;  // of any one cell
  std::optional<Time> duration;
  std::optional<Energy> energy;
};

struct Expectation {
  TileStatus status = TileStatus::ok;
  std::vector<std::int16_t> data;  // kSkip: whatever it is; empty: not looked at
  Limits at_most;
};

// The value of `expect:`: a list of data, or a mapping {data, status, at_most}.
Expectation read_expectation(const ParameterNode& node);

// Throws InputError at `node` where `expected` checks nothing, or something that a command of this
// kind does not have: it would pass, or fail, whatever the tile does.
void check_expectation(const ParameterNode& node, const Expectation& expected, TileOp op,
                       const TileParameters& tile, int columns);

// Empty if all is as expected; otherwise what was expected and what was seen. Wrong entries of the
// data are forgiven as long as there are any left in `tolerated`, which they use up.
std::string mismatch(const Expectation& expected, const CommandRecord& seen, long& tolerated);

}  // namespace dwmtj
