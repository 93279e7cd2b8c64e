// SPDX-License-Identifier: Apache-2.0
// What stands behind the registers of a tile and carries out its commands, one after the other:
// in bulk, ahead of time, or on pins, while time passes.
#pragma once

#include <algorithm>
#include <optional>
#include <utility>

#include "arrays/bulk_tile.h"
#include "tile/command_outcome.h"

namespace dwmtj {

class TileEngine {
 public:
  virtual ~TileEngine() = default;

  // Takes a command that arrives at `time`, behind those before it. What became of it, or none as
  // long as that is not known: RegisterFile::finish() is then told, in the order of the commands.
  virtual std::optional<CommandOutcome> put(const TileCommand& command, Picoseconds time) = 0;

  // A wait without power, while no command is under way.
  virtual std::size_t hold(const Holding& holding) = 0;
  [[nodiscard]] virtual const PairArray& array() const = 0;
  [[nodiscard]] virtual TileState state() const = 0;
  [[nodiscard]] virtual const DeviceModel& device() const = 0;
  // Of comparators, at the supply, in products.
  [[nodiscard]] virtual std::uint64_t clipped_inputs() const = 0;
};

class BulkEngine : public TileEngine {
 public:
  explicit BulkEngine(BulkTile& tile) : tile_(tile) {}

  std::optional<CommandOutcome> put(const TileCommand& command, Picoseconds time) override {
    const Picoseconds at = std::max(time, tile_.now());
    TileResult result = tile_.carry_out(command, at);
    return CommandOutcome{std::move(result), at, tile_.now(), tile_.command_energy()};
  }
  std::size_t hold(const Holding& holding) override { return tile_.hold(holding); }
  [[nodiscard]] const PairArray& array() const override { return tile_.array(); }
  [[nodiscard]] TileState state() const override { return tile_.state(); }
  [[nodiscard]] const DeviceModel& device() const override { return tile_.device(); }
  [[nodiscard]] std::uint64_t clipped_inputs() const override { return tile_.clipped_inputs(); }

 private:
  BulkTile& tile_;
};

}  // namespace dwmtj
