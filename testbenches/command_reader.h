// SPDX-License-Identifier: Apache-2.0
// Reads the `commands:` of a scenario. A step becomes as many commands as it stands for: repeated
// ones, a random pattern, a read of everything.
#pragma once

#include <string>
#include <vector>

#include "common/parameter_file.h"
#include "testbenches/known_levels.h"
#include "testbenches/scenario.h"

namespace dwmtj {

class CommandReader {
 public:
  // `scenario` has its tile, device, shape and seed; its commands are filled in.
  explicit CommandReader(Scenario& scenario);

  void read(const std::vector<ParameterNode>& steps);

 private:
  void read_step(const ParameterNode& node);
  void read_sequence(const ParameterNode& node, long times);
  void read_pattern(const ParameterNode& node, long times);
  void read_everything(const ParameterNode& node, long times);
  void read_command(const ParameterNode& node, TileOp op, long times);
  [[nodiscard]] TileCommand parse(const ParameterNode& node, TileOp op) const;
  [[nodiscard]] static std::uint8_t parse_bits(const ParameterNode& node, TileOp op);
  [[nodiscard]] std::vector<std::int16_t> parse_data(const ParameterNode& node, TileOp op) const;
  [[nodiscard]] std::vector<std::int16_t> parse_columns(const ParameterNode& node) const;
  [[nodiscard]] std::vector<std::int16_t> parse_currents(const ParameterNode& node) const;
  [[nodiscard]] std::vector<std::int16_t> random_levels(std::uint32_t row, Side side) const;
  // Refuses expected data, with the reason, where one is given.
  ScenarioCommand start_step(const ParameterNode& node, TileOp op,
                             const char* why_no_data = nullptr);
  void check_entries(const ParameterNode& node, std::size_t first) const;
  void add(const ParameterNode& node, const ScenarioCommand& command);
  template <typename Action>
  void for_each_row_and_side(Action action) const;

  Scenario& scenario_;
  KnownLevels known_;
  std::uint64_t patterns_ = 0;  // random ones so far: each has draws of its own
};

}  // namespace dwmtj
