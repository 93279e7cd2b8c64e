// SPDX-License-Identifier: Apache-2.0
// A tile without pins and without a kernel: the same sequences on plain arrays, time added up. The
// bulk view of a tile, and the engine of its transaction-level view.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "arrays/array_writer.h"
#include "arrays/pair_array.h"
#include "arrays/sum_reader.h"
#include "arrays/tile_state.h"
#include "tile/column_driver.h"
#include "tile/comparator_law.h"
#include "tile/fitted_tile.h"
#include "tile/reference_ladder.h"
#include "tile/sum_readout.h"
#include "tile/tile_accounts.h"
#include "tile/tile_circuits.h"

namespace dwmtj {

struct BulkTileOptions {
  ArrayShape shape;
  std::uint64_t seed = 1;
  std::uint64_t first_device = 0;
  std::uint64_t first_comparator = 0;
  VectorUnit unit = widest_vector_unit();  // of write-verify and products; changes no result
  const TileState* initial = nullptr;      // null: saturated; used by constructors alone
};

// What program_array() did, by device: [row][side][column], as in a PairArray.
struct ArrayResult {
  TileStatus status = TileStatus::ok;
  std::vector<std::int16_t> flagged;  // 1 where the level was not reached
  std::vector<std::uint16_t> pulses;
  std::vector<std::uint16_t> attempts;
};

class BulkTile : private TileCircuits {
 public:
  // Keeps references to parameters, device and ledger.
  BulkTile(const std::string& name, const TileParameters& parameters, const DeviceModel& device,
           Ledger& ledger, const BulkTileOptions& options);

  ~BulkTile() override = default;
  BulkTile(const BulkTile&) = delete;  // its parts refer to each other
  BulkTile& operator=(const BulkTile&) = delete;

  // Carries out a command that is put to the tile at `at`, as the pins would: taken at the next
  // clock edge, its result handed over one cycle after it stands. `now()` is then when it is done.
  TileResult carry_out(const TileCommand& command, Picoseconds at);
  // The same by execute(), whatever it is: the definition, and slower.
  TileResult carry_out_in_steps(const TileCommand& command, Picoseconds at);
  // Programs every row, plus and minus side, as that many commands would, each put when the one
  // before is done; on several cores. `wanted` levels in the order of ArrayResult, kSkip for a
  // device to leave alone. Throws std::invalid_argument for another size, or a level that is none.
  ArrayResult program_array(const std::vector<std::int16_t>& wanted);

  [[nodiscard]] TileState state() const;
  // Devices and draws as they once were, circuits as switched on, at time 0. Throws InputError for
  // a stuck device that stood elsewhere.
  void restore(const TileState& state);

  // A wait without power: no time of the tile's own passes. How many walls have moved.
  std::size_t hold(const Holding& holding) { return array_.hold(holding); }

  [[nodiscard]] Picoseconds now() const { return now_; }
  // What the last command posted.
  [[nodiscard]] Energy command_energy() const { return accounts_.command_energy(); }
  // Of comparators, at the supply, in products.
  [[nodiscard]] std::uint64_t clipped_inputs() const { return clipped_inputs_; }
  [[nodiscard]] const DeviceModel& device() const { return device_; }
  [[nodiscard]] const PairArray& array() const { return array_; }
  [[nodiscard]] const ComparatorLaw& comparator(int column) const {
    return comparators_[static_cast<std::size_t>(column)];
  }

 private:
  // TileCircuits
  [[nodiscard]] const TileParameters& parameters() const override { return parameters_; }
  [[nodiscard]] int rows() const override { return array_.shape().rows; }
  [[nodiscard]] int columns() const override { return array_.shape().columns; }
  [[nodiscard]] int levels() const override { return device_.sites(); }
  void spend(ControllerState state, int cycles) override;
  void select(std::uint32_t row, Side side) override;
  void bias(Direction direction) override;
  void pulse(const std::vector<std::int16_t>& codes, DriverGain gain) override;
  void begin_reading() override { ++sample_; }
  void compare(const std::vector<std::int16_t>& references,
               std::vector<std::uint8_t>& above) override;
  void drive_rows(const std::vector<std::int16_t>& inputs) override;
  void compare_sums(const std::vector<std::int16_t>& references,
                    std::vector<std::uint8_t>& above) override;
  void release_rows() override;

  void begin(TileOp op, Picoseconds at);
  ArrayResult program_lines(const std::vector<std::int16_t>& wanted);
  void write(std::size_t first_line, std::size_t lines, const std::int16_t* levels,
             const RowResults& results);
  void book_program(std::size_t line);
  TileResult multiply(const TileCommand& command, Picoseconds at);
  void settle_references();
  void book_sums(Picoseconds since, Picoseconds slowest, bool steps);
  void book(const ReadSum& read);
  void book(const PulseSum& pulses, Direction direction);
  void rest_after_pulse();
  [[nodiscard]] Picoseconds next_edge(Picoseconds time) const;
  void busy_until_edge_after(Picoseconds time);
  const PulseTables& tables(int step, DriverGain gain);
  Conductance held_noise(int column, const ReadNoise::Cells& cells);
  bool decide(int column, Voltage input, ReadSum& read);

  FittedTile fitted_;
  const TileParameters& parameters_;
  const DeviceModel& device_;
  TileAccounts accounts_;
  DriverLaw driver_;  // by steps
  std::vector<ColumnDriver> drivers_;
  ReferenceLadder ladder_;
  SumReadout readout_;
  ReadNoise noise_;
  std::vector<ComparatorLaw> comparators_;
  PairArray array_;
  std::unique_ptr<ArrayWriter> writer_;  // made at the first program command
  std::unique_ptr<SumReader> reader_;    // made at the first product
  // By gain and step, at first use.
  std::array<SignedTable<const PulseTables*>, 2> tables_;
  VectorUnit unit_;
  Picoseconds period_;
  Picoseconds pulse_length_;
  int settle_cycles_;  // of a read
  int relax_cycles_;   // after a pulse
  Picoseconds now_ = 0;
  std::uint32_t row_ = 0;
  Side side_ = Side::plus;
  Direction field_ = Direction::forward;
  // Of the reading under way.
  struct HeldNoise {
    std::uint64_t sample = 0;
    Conductance noise;
  };
  std::uint64_t sample_ = 0;
  std::vector<HeldNoise> held_noise_;  // a column
  std::vector<int> steps_;             // of the pulses of a row
  std::vector<double> in_row_;         // S, of the devices of a row
  std::vector<std::int16_t> inputs_;   // of a product
  PairArray::ColumnSums sums_;
  Picoseconds driven_since_ = 0;
  std::uint64_t clipped_inputs_ = 0;
};

}  // namespace dwmtj
