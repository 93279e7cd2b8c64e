// SPDX-License-Identifier: Apache-2.0
#include "learning/tile_grid.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "devices/retention.h"
#include "common/binary_stream.h"

namespace dwmtj {
namespace {

// Nothing where the field never changes. The field settles, then stays for a pulse.
std::vector<double> disturbance(const DeviceModel& device, const TileParameters& tile) {
  const auto& fields = device.parameters().fields;
  std::vector<double> chances;
  if (fields.write == fields.reset) return chances;
  const Time slot =
      tile.timing.field_settle + device.parameters().operating_point.shape.foot_to_foot();
  for (int site = 0; site < device.sites(); ++site) {
    chances.push_back(
        leaving_probability(device.switching(), site, slot, from_si<Current>(0.0), fields.reset));
  }
  return chances;
}

bool any_reverse(const TileCommand& command) {
  return std::any_of(command.data.begin(), command.data.end(), [](auto code) { return code < 0; });
}

}  // namespace

TileGrid::TileGrid(const TileKind& kind, LayerShape shape, std::uint64_t seed,
                   std::uint64_t first_device, std::uint64_t first_comparator)
    : size_(static_cast<std::size_t>(kind.size)),
      columns_(shape.columns()),
      tile_columns_((shape.columns() + size_ - 1) / size_),
      disturbance_(disturbance(kind.device, kind.parameters)) {
  for (std::size_t row = 0; row < shape.rows(); row += size_) {
    for (std::size_t column = 0; column < shape.columns(); column += size_) {
      const ArrayShape part{static_cast<int>(std::min(size_, shape.rows() - row)),
                            static_cast<int>(std::min(size_, shape.columns() - column))};
      tiles_.push_back(std::make_unique<BulkTile>(
          fmt::format("tile{}", tiles_.size()), kind.parameters, kind.device, ledger_,
          BulkTileOptions{part, seed, first_device, first_comparator}));
      first_device += tiles_.back()->array().devices().size();
      first_comparator += static_cast<std::uint64_t>(part.columns);
    }
  }
  commands_in_step_.assign(tiles_.size(), 0);
  disturbed_a_slot_.assign(tiles_.size(), -1.0);
  ledger_.listen([this](const Posting& posting) {
    accounts_.energy += posting.joules;
    const auto& account = ledger_.accounts()[static_cast<std::size_t>(posting.account)];
    if (account.action == "write") accounts_.write_energy += posting.joules;
  });
}

int TileGrid::site(std::size_t row, Side side, std::size_t column) const {
  const auto& array = tiles_[tile_of(row, column)]->array();
  const auto in_tile =
      array.index(static_cast<std::uint32_t>(row % size_), side, static_cast<int>(column % size_));
  return array.devices().site(in_tile);
}

void TileGrid::read_row(std::size_t row, Side side, std::uint8_t* sites) const {
  for (std::size_t column = 0; column < columns_; column += size_) {
    const auto& array = tiles_[tile_of(row, column)]->array();
    const auto first = array.index(static_cast<std::uint32_t>(row % size_), side, 0);
    const std::size_t end = std::min(column + size_, columns_);
    for (std::size_t c = column; c < end; ++c) {
      sites[c] = static_cast<std::uint8_t>(array.devices().site(first + c - column));
    }
  }
}

// Of all walls of the tile: the pulsed ones are few beside them.
double TileGrid::disturbed_in(const BulkTile& tile) const {
  const auto& devices = tile.array().devices();
  double sum = 0.0;
  for (std::size_t i = 0; i < devices.size(); ++i) {
    sum += disturbance_[static_cast<std::size_t>(devices.site(i))];
  }
  return sum;
}

// Walls where the first slot of the step has left them.
void TileGrid::count_field(std::size_t tile, std::uint64_t slots) {
  accounts_.field_slots += slots;
  if (disturbance_.empty() || slots == 0) return;
  auto& each = disturbed_a_slot_[tile];
  if (each < 0.0) each = disturbed_in(*tiles_[tile]);
  accounts_.disturbed += static_cast<double>(slots) * each;
}

void TileGrid::carry_out(std::size_t tile, const TileCommand& command) {
  auto& at = *tiles_[tile];
  const TileResult result = at.carry_out(command, std::max(step_start_, at.now()));
  if (command.op == TileOp::program) {
    accounts_.pulses +=
        std::accumulate(result.pulses.begin(), result.pulses.end(), std::uint64_t{0});
    if (result.status == TileStatus::flagged) ++accounts_.flagged;
    // Each attempt begins with a reset, those of a row side by side.
    const auto resets = std::max_element(result.attempts.begin(), result.attempts.end());
    count_field(tile, *resets);
  } else if (any_reverse(command)) {
    count_field(tile, 1);
  }
  ++accounts_.commands;
  ++commands_in_step_[tile];
  if (listener_) listener_(tile, command);
}

void TileGrid::command(TileOp op, std::size_t row, Side side, const std::vector<std::int16_t>& data,
                       std::int16_t none) {
  for (std::size_t column = 0; column < data.size(); column += size_) {
    const auto from = data.begin() + static_cast<std::ptrdiff_t>(column);
    const auto to =
        data.begin() + static_cast<std::ptrdiff_t>(std::min(column + size_, data.size()));
    if (std::all_of(from, to, [none](std::int16_t entry) { return entry == none; })) continue;
    carry_out(tile_of(row, column),
              {op, static_cast<std::uint32_t>(row % size_), side, {from, to}});
  }
}

void TileGrid::program(const std::vector<std::int16_t>& levels) {
  const UpdateAccounts before = accounts_;
  for (std::size_t at = 0; at < levels.size(); at += columns_) {
    const auto from = levels.begin() + static_cast<std::ptrdiff_t>(at);
    const auto line = at / columns_;
    command(TileOp::program, line / 2, static_cast<Side>(line % 2),
            {from, from + static_cast<std::ptrdiff_t>(columns_)}, kSkip);
  }
  finish_step();
  accounts_ = before;
}

void TileGrid::finish_step() {
  Picoseconds last = step_start_;
  for (const auto& tile : tiles_) last = std::max(last, tile->now());
  accounts_.write_time += last - step_start_;
  step_start_ = last;
  accounts_.slots += *std::max_element(commands_in_step_.begin(), commands_in_step_.end());
  commands_in_step_.assign(tiles_.size(), 0);
  disturbed_a_slot_.assign(tiles_.size(), -1.0);
}

std::vector<std::uint32_t> TileGrid::wear() const {
  std::vector<std::uint32_t> pulses;
  for (const auto& tile : tiles_) {
    for (const auto& device : tile->state().devices) pulses.push_back(device.draws);
  }
  return pulses;
}

void TileGrid::stand_by() {
  for (auto& tile : tiles_) tile->restore(tile->state());
  step_start_ = 0;
}

void TileGrid::save(std::ostream& stream) const {
  for (const auto& tile : tiles_) {
    const auto state = tile->state();
    for (const auto& device : state.devices) {
      write_value(stream, device.site);
      write_value(stream, device.draws);
      write_value(stream, device.arrival);
    }
    write_values(stream, state.decisions);
  }
  write_value(stream, accounts_);
}

void TileGrid::load(std::istream& stream) {
  for (auto& tile : tiles_) {
    auto state = tile->state();
    for (auto& device : state.devices) {
      read_value(stream, device.site);
      read_value(stream, device.draws);
      read_value(stream, device.arrival);
    }
    read_values(stream, state.decisions);
    tile->restore(state);
  }
  read_value(stream, accounts_);
  step_start_ = 0;
}

}  // namespace dwmtj
