// SPDX-License-Identifier: Apache-2.0
// The read-out of a product in all columns at once, in vector code: what SumReadout, ReadNoise and
// ComparatorLaw say of each column, bit for bit. Time and ledger are left to the caller.
#pragma once

#include <cstdint>
#include <vector>

#include "arrays/pair_array.h"
#include "common/vector_units.h"
#include "tile/comparator_law.h"
#include "tile/read_noise.h"
#include "tile/sum_readout.h"

namespace dwmtj {

struct SumLanes;

class SumReader {
 public:
  // Parts of a tile, which outlive the reader.
  struct Tile {
    const TileParameters& parameters;
    const SumReadout& readout;
    const ReadNoise& noise;
    std::vector<ComparatorLaw>& comparators;
  };
  SumReader(const Tile& tile, VectorUnit unit);
  ~SumReader();
  SumReader(const SumReader&) = delete;
  SumReader& operator=(const SumReader&) = delete;

  // A reading of `bits` begins, with its noise.
  void begin(const PairArray::ColumnSums& sums, int bits);
  struct Decisions {
    Picoseconds slowest = 0;    // 0 where all were clear
    std::uint64_t clipped = 0;  // inputs
  };
  // The next one of each column; `bits` of them make the reading.
  Decisions decide();
  // What it found, by column.
  void finish(std::vector<std::int16_t>& codes);

 private:
  void decide_unclear(SumLanes& lanes, Decisions& made);

  Tile tile_;
  VectorUnit unit_;
  Picoseconds limit_;  // a clock period
  double clear_;       // V: a comparator that sees more is clear in that time
  int bits_ = 1;
  int decided_ = 0;
  std::vector<SumLanes> lanes_;
};

}  // namespace dwmtj
