// SPDX-License-Identifier: Apache-2.0
// Traces of random commands: what three views of a tile are compared with.
#pragma once

#include <cstdint>
#include <vector>

#include "traces/trace_entry.h"

namespace dwmtj {

struct RandomTraceOptions {
  std::uint64_t instance = 0;  // another trace of the same seed
  std::uint32_t first_tile = 0;
  std::uint32_t tiles = 1;  // commands go to first_tile and those after it, all of one shape
  int rows = 8;
  int columns = 8;
  int levels = 2;          // of the device
  int largest_code = 255;  // TileParameters::largest_code()
  int sum_bits = 1;        // SumReferenceParameters::bits
  std::size_t commands = 50;
  double illegal = 0.05;             // share of commands that the tile must turn down
  double timed = 0.2;                // share with a time: the tile idles, or is busy until later
  Picoseconds most_gap = 5'000'000;  // between two such times
};

// The same for the same arguments, everywhere.
std::vector<TraceEntry> random_trace(std::uint64_t seed, const RandomTraceOptions& options);

}  // namespace dwmtj
