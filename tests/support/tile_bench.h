// SPDX-License-Identifier: Apache-2.0
// A tile of the catalog with host, ledger and books, ready to run: what the pin-level tests share.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "common/random_stream.h"
#include "common/sim_time.h"
#include "devices/catalog.h"
#include "testbenches/tile_host.h"

namespace dwmtj::test {

// The sum of the account "tile0.array.write"; none if there is no such account.
inline Sum sum_of(const Ledger& ledger, const std::string& path) {
  for (std::size_t i = 0; i < ledger.accounts().size(); ++i) {
    const auto& account = ledger.accounts()[i];
    const auto& component = ledger.components()[static_cast<std::size_t>(account.component)];
    if (component.path + "." + account.action == path) return ledger.sum(AccountId(i));
  }
  ADD_FAILURE() << "no account " << path;
  return {};
}

inline std::vector<DeviceState> states_of(const PairArray& pairs) { return pairs.states(); }

// A tile that shares the draws of another in the same simulation.
inline TileOptions as_twin(TileOptions options) {
  options.twin = true;
  return options;
}

struct TileBench {
  explicit TileBench(const std::string& tile)
      : parameters(TileParameters::load(find_tile(tile))), device(parameters.load_device()) {}

  // Runs `commands` on a tile of `shape` to their end.
  void run(const std::vector<TileCommand>& commands, TileOptions options, Stall host_stall = {}) {
    hosted = std::make_unique<HostedTile>("tile0", parameters, device, ledger, options, commands,
                                          std::move(host_stall));
    sc_core::sc_start();
    EXPECT_TRUE(hosted->host.finished()) << "the host stopped before its last command";
    ledger.set_on_time(now_ps());
  }

  [[nodiscard]] const std::vector<CommandRecord>& records() const { return hosted->host.records(); }
  [[nodiscard]] int site(std::uint32_t row, Side side, int column) const {
    const auto& pairs = hosted->tile.pairs();
    return pairs.devices().site(pairs.index(row, side, column));
  }
  [[nodiscard]] Sum sum(const std::string& action) const {
    return sum_of(ledger, "tile0." + action);
  }

  TileParameters parameters;
  DeviceModel device;
  Ledger ledger;
  std::unique_ptr<HostedTile> hosted;
};

// One of several tiles of a simulation, with books of its own.
struct TileWithBooks {
  TileWithBooks(const std::string& name, const TileBench& bench, const TileOptions& options,
                const std::vector<TileCommand>& commands, Stall host_stall = {})
      : hosted(name, bench.parameters, bench.device, ledger, options, commands,
               std::move(host_stall)) {}

  [[nodiscard]] const std::vector<CommandRecord>& records() const { return hosted.host.records(); }
  [[nodiscard]] std::vector<DeviceState> states() const { return states_of(hosted.tile.pairs()); }

  Ledger ledger;
  HostedTile hosted;
};

// A process that plays `steps`, which may wait with sc_core::wait().
class Script : public sc_core::sc_module {
 public:
  Script(sc_core::sc_module_name name, std::function<void()> steps)
      : sc_module(name), steps_(std::move(steps)) {
    SC_THREAD(run);
  }
  [[nodiscard]] bool finished() const { return finished_; }

 private:
  SC_HAS_PROCESS(Script);
  void run() {
    steps_();
    finished_ = true;
  }

  std::function<void()> steps_;
  bool finished_ = false;
};

// Numbers for patterns and stalls, fixed by the seed.
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : seed_(seed) {}
  int below(int bound) {
    return static_cast<int>(draw(seed_, Stream::stimulus, 0, count_++).words[0] %
                            static_cast<std::uint32_t>(bound));
  }
  int once_in(int count) { return below(count) == 0 ? 1 : 0; }

 private:
  std::uint64_t seed_;
  std::uint32_t count_ = 0;
};

inline std::vector<std::int16_t> row_of(int columns, int value) {
  std::vector<std::int16_t> row(static_cast<std::size_t>(columns),
                                static_cast<std::int16_t>(value));
  return row;
}

// Every row and side programmed to random levels.
inline std::vector<TileCommand> random_pattern(ArrayShape shape, int levels, std::uint64_t seed) {
  Numbers numbers(seed);
  std::vector<TileCommand> commands;
  for (int row = 0; row < shape.rows; ++row) {
    for (const Side side : {Side::plus, Side::minus}) {
      TileCommand command{TileOp::program, static_cast<std::uint32_t>(row), side, {}};
      for (int c = 0; c < shape.columns; ++c) {
        command.data.push_back(static_cast<std::int16_t>(numbers.below(levels)));
      }
      commands.push_back(command);
    }
  }
  return commands;
}

// Any command at all, some of them wrong.
inline TileCommand random_command(Numbers& numbers, ArrayShape shape, int levels) {
  TileCommand command;
  command.op = static_cast<TileOp>(numbers.below(7));
  command.row = static_cast<std::uint32_t>(numbers.below(shape.rows + numbers.once_in(20)));
  command.side = numbers.below(2) == 0 ? Side::plus : Side::minus;
  if (command.op == TileOp::multiply) {
    command.bits = static_cast<std::uint8_t>(numbers.below(2) == 0 ? 1 : numbers.below(10));
  }
  const int length = command.op == TileOp::multiply ? shape.rows : shape.columns;
  for (int i = 0; i < length + numbers.once_in(30); ++i) {
    int value = numbers.below(3) - 1;
    if (command.op == TileOp::program) value = numbers.below(levels + numbers.once_in(200));
    if (command.op == TileOp::pulse) value = numbers.below(320) - 160;
    if (command.op == TileOp::reset || command.op == TileOp::read) value = 0;
    command.data.push_back(numbers.below(6) == 0 ? kSkip : static_cast<std::int16_t>(value));
  }
  return command;
}

inline std::vector<TileCommand> random_commands(std::uint64_t seed, ArrayShape shape, int levels,
                                                int count) {
  Numbers numbers(seed);
  std::vector<TileCommand> commands;
  for (int i = 0; i < count; ++i) commands.push_back(random_command(numbers, shape, levels));
  return commands;
}

}  // namespace dwmtj::test
