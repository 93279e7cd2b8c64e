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
#include "arrays/philox_lanes.h"
#include "arrays/write_round.h"
#include "common/vector_units.h"
#include "tile/column_driver.h"
#include "tile/comparator_law.h"
#include "tile/driver_law.h"
#include "tile/read_noise.h"
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
    const DriverLaw& driver;  // by steps
    const std::vector<ColumnDriver>& drivers;
    const ReferenceLadder& ladder;
    std::vector<ComparatorLaw>& comparators;
    PairArray& array;
    const ReadNoise& noise;
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

  // A cell a lane. A lane whose cell has finished, or that has none, is idle: it asks for no
  // comparison (lower and upper are 0) and no pulse, and what is worked out for it is thrown away.
  struct alignas(64) Cells {
    Lanes<double> conductance;  // S
    Lanes<double> lower;        // reference below the target, 0 for none, S
    Lanes<double> upper;        // and above it
    Lanes<double> offset;       // of the comparator, V
    Lanes<double> scale;        // DeviceTraits::conductance; 1 while devices are alike
    Lanes<std::int32_t> lane;   // in the row
    Lanes<std::int32_t> block;  // of its grade in known_, at step 0
    Lanes<std::int32_t> site, first_code, code, direction, pulses, attempts, pulse;
    Lanes<std::int32_t> step;       // of the driver, for the pulse
    Lanes<std::int32_t> found;      // or kUnclear
    Lanes<std::int32_t> decisions;  // clear ones, that its comparator has not counted yet
    Lanes<std::int32_t> flagged;
    Lanes<std::uint32_t> draws, arrival;
  };

  void write_portable();
  DWMTJ_AVX2 void write_avx2();
  DWMTJ_AVX512 void write_avx512();
  template <VectorUnit Unit>
  DWMTJ_INLINE void write_row();
  template <VectorUnit Unit>
  DWMTJ_INLINE void load();
  void load_traits();
  template <VectorUnit Unit>
  DWMTJ_INLINE void read_new_conductances();
  template <std::size_t Count>
  DWMTJ_INLINE void draw_conductances(const std::array<double, Count>& mean,
                                      const std::array<double, Count>& spread,
                                      const PhiloxLanes<Count>& draws, const double* scale,
                                      std::array<double, Count>& conductance) const;
  DWMTJ_INLINE void store();
  DWMTJ_INLINE void verify(Cells& cells, std::size_t end, WriteRound& round);
  void decide(Cells& cells, std::size_t i, WriteRound& round);
  template <VerifyStrategy Strategy>
  DWMTJ_INLINE int choose_pulses(Cells& cells, std::size_t end);
  DWMTJ_INLINE int choose_pulses(Cells& cells, std::size_t end);
  void pack();
  void put_away_finished(int last, int open);
  void fill_steps();
  DWMTJ_INLINE void find_steps(Cells& cells, std::size_t end) const;
  DWMTJ_INLINE void count_pulses(const Cells& cells, std::size_t end, WriteRound& round);
  DWMTJ_INLINE void look_up_limits(const Cells& cells, std::size_t end);
  void fill_limits(const Cells& cells, std::size_t end);
  void fill_limits(int block, int step, std::int32_t& known);
  [[nodiscard]] bool all_alike() const { return row_.devices.grades == nullptr; }
  template <VectorUnit Unit, std::size_t Count>
  DWMTJ_INLINE void pulse(Cells& cells, std::size_t first);

  Tile tile_;
  int first_column_;
  int columns_;
  VectorUnit unit_;
  Picoseconds period_;
  double clear_;  // V: what is further from balance than this and its noise needs no draw
  ReadNoise::Bound noise_;
  // By target + 1; 0 is for a column to leave alone.
  std::vector<double> lower_{0.0}, upper_{0.0};
  std::vector<std::int32_t> first_code_{0};
  std::vector<double> mean_, spread_;  // of what an arrival draws, by site
  int largest_step_ = 0;
  std::vector<std::int32_t> steps_;       // [column][code > 0]; empty: drivers are alike
  std::vector<double> track_, headroom_;  // J, by step
  int depth_;                             // rows of limits are 2^depth long, for a binary search
  std::vector<std::int32_t> known_;       // [grade][step]: where its rows begin, from first use on
  std::vector<std::int32_t> limits_;      // [known][from][to]
  // The row in its order while most cells are open, then those that are left, side by side.
  std::unique_ptr<Cells> cells_ = std::make_unique<Cells>();
  std::unique_ptr<Cells> left_ = std::make_unique<Cells>();

  // Of the row being written.
  PairArray::Row row_{};
  const std::int16_t* targets_ = nullptr;
  RowResults results_{};
  std::vector<WriteRound>* rounds_ = nullptr;
};

}  // namespace dwmtj
