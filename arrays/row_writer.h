// SPDX-License-Identifier: Apache-2.0
// Write-verify of a stretch of columns of a row, all at once: what the sequence `program` of
// tile_sequences.h does to devices and comparators, bit for bit, in vector code. Time and ledger
// are left to the caller, who gets the sums of each round.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "arrays/pair_array.h"
#include "arrays/vector_units.h"
#include "arrays/write_round.h"
#include "tile/comparator_law.h"
#include "tile/driver_law.h"
#include "tile/reference_ladder.h"
#include "tile/verify_cell.h"

namespace dwmtj {

// Where the results of the columns of a row go, by column.
struct RowResults {
  std::int16_t* flagged;
  std::uint16_t* pulses;
  std::uint16_t* attempts;
};

class RowWriter {
 public:
  // More in one go would not fit the first-level cache.
  static constexpr int kMostColumns = 256;

  // What the columns of a tile share; all outlive the writer.
  struct Tile {
    const TileParameters& parameters;
    const DeviceModel& device;
    const DriverLaw& driver;
    const ReferenceLadder& ladder;
    std::vector<ComparatorLaw>& comparators;
    PairArray& array;
  };

  RowWriter(const Tile& tile, int first_column, int columns,
            VectorUnit unit = widest_vector_unit());

  // Writes targets[c], a level or kSkip, to the device of each own column c. The sums of the rounds
  // are appended to `rounds`; the last has no pulses.
  void write(std::uint32_t row, Side side, const std::int16_t* targets, const RowResults& results,
             std::vector<WriteRound>& rounds);

 private:
  template <typename T>
  using Lanes = std::array<T, kMostColumns>;
  static constexpr int kChunk = 16;  // lanes that are worked on together, at least

  // Cells that are not finished, packed. Lanes beyond the last are idle: they ask for no comparison
  // and no pulse, and what is worked out for them is thrown away.
  struct alignas(64) Cells {
    Lanes<double> conductance;  // S
    Lanes<double> lower;        // reference below the target, 0 for none, S
    Lanes<double> upper;        // and above it
    Lanes<double> offset;       // of the comparator, V
    Lanes<std::int32_t> column, site, first_code, code, direction, pulses, attempts, pulse;
    Lanes<std::int32_t> found;  // or kUnclear
    Lanes<std::int32_t> decisions;
    Lanes<std::uint32_t> draws, arrival;
  };
  // Devices whose walls have moved, packed: the lane, and what the new conductance follows from.
  struct alignas(64) Moved {
    Lanes<double> mean, spread, conductance;
    Lanes<std::uint32_t> radius, angle;
    Lanes<std::int32_t> lane;
  };
  struct Level {
    double mean;    // ohm
    double spread;  // ohm
  };

  void write_portable();
  DWMTJ_AVX2 void write_avx2();
  DWMTJ_AVX512 void write_avx512();
  DWMTJ_INLINE void write_row();
  DWMTJ_INLINE void load();
  DWMTJ_INLINE void read_new_conductances();
  DWMTJ_INLINE void verify(WriteRound& round);
  void decide(int lane, WriteRound& round);
  template <VerifyStrategy strategy>
  DWMTJ_INLINE void choose_pulses();
  DWMTJ_INLINE void put_away_finished();
  void finish(int lane);
  DWMTJ_INLINE void count_pulses(WriteRound& round);
  DWMTJ_INLINE void count_pulses(int sign, PulseSum& sums);
  DWMTJ_INLINE void pulse();
  template <int count>
  DWMTJ_INLINE void pulse(int first);
  void move(int lane, std::uint32_t word, std::uint32_t radius, std::uint32_t angle);
  DWMTJ_INLINE void settle();
  std::int32_t threshold(int code, int site);

  Tile tile_;
  int first_column_;
  int columns_;
  VectorUnit unit_;
  Picoseconds period_;
  double clear_;                       // V: what is further from balance needs no draw
  std::vector<double> lower_, upper_;  // by target
  std::vector<Level> levels_;
  std::vector<const TransitionTable*> tables_;  // by code, at first use
  std::vector<std::int32_t> thresholds_;        // [code][site]
  std::vector<double> track_, headroom_;        // J, by code
  std::unique_ptr<Cells> cells_ = std::make_unique<Cells>();
  std::unique_ptr<Moved> moved_ = std::make_unique<Moved>();
  int open_ = 0;
  int moves_ = 0;

  // Of the row being written.
  PairArray::Row row_{};
  const std::int16_t* targets_ = nullptr;
  RowResults results_{};
  std::vector<WriteRound>* rounds_ = nullptr;
};

}  // namespace dwmtj
