// SPDX-License-Identifier: Apache-2.0
// Weights that are wherever the walls of their pairs are: W = (plus - minus) / (sites - 1). An
// update is a pulse, which may do nothing or go too far.
#pragma once

#include <array>

#include "learning/code_table.h"
#include "learning/synapses.h"
#include "learning/tile_grid.h"

namespace dwmtj {

// What all layers share; outlives them.
struct PairKind {
  const DeviceModel& device;
  const TileParameters& tile;
  WritePolicy policy;
  const CodeTable& codes;
};

class DeviceSynapses : public Synapses {
 public:
  DeviceSynapses(const PairKind& kind, LayerShape shape, std::uint64_t seed,
                 std::uint64_t first_instance);

  void begin(const std::vector<std::int8_t>& values) override;
  [[nodiscard]] const std::vector<std::int8_t>& weights() const override { return weights_; }
  void update(const StepLaw& law, WeightSpan span) override;
  const std::vector<std::uint32_t>& finish() override;
  [[nodiscard]] const UpdateAccounts& accounts() const override { return grid_.accounts(); }
  void save(std::ostream& stream) const override;
  void load(std::istream& stream) override;
  void stand_by() override { grid_.stand_by(); }
  [[nodiscard]] std::vector<std::uint32_t> wear() const override { return grid_.wear(); }

  [[nodiscard]] TileGrid& grid() { return grid_; }

 private:
  // The pulses or targets of one row, by side and column.
  using Line = std::vector<std::int16_t>;
  struct Move {
    Side side;
    Direction direction;
    int site;  // of its wall
  };

  void pulse_all(const StepLaw& law, const WeightSpan& span);
  void look_at_row(std::size_t row);
  [[nodiscard]] Move move_of(std::size_t column, bool up) const;
  void one_step(std::size_t row, std::size_t column, int steps);
  void let_pulse_through(std::size_t row, std::size_t column, bool up, std::uint32_t made);
  [[nodiscard]] bool drawn(std::size_t row, std::size_t column, std::uint32_t made,
                           double chance) const;
  [[nodiscard]] bool at_its_end(const Move& move) const;
  void ask_for_pulse(std::size_t column, Side side, int code);
  void pulse_one(std::size_t row, std::size_t column, float wanted, std::uint32_t made);
  void ask_for_rewriting(std::size_t row, std::size_t column, int change);
  void write_row(std::size_t row);

  PairKind kind_;
  LayerShape shape_;
  std::uint64_t seed_;
  std::uint64_t first_instance_;
  TileGrid grid_;
  std::vector<std::int8_t> weights_;
  std::vector<float> carry_;
  std::vector<float> moves_;
  std::vector<LevelStep> steps_;
  std::vector<std::uint32_t> changed_, finished_;  // in this step, in the last
  // Of the row being written.
  std::vector<std::uint32_t> touched_;  // columns
  std::array<std::vector<std::uint8_t>, 2> sites_;
  std::array<Line, 2> codes_;
  std::array<Line, 2> targets_;
  bool rewriting_ = false;
};

}  // namespace dwmtj
