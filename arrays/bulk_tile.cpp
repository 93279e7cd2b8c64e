// SPDX-License-Identifier: Apache-2.0
#include "arrays/bulk_tile.h"

#include <algorithm>

#include "tile/tile_sequences.h"

namespace dwmtj {
namespace {

std::size_t index(int i) { return static_cast<std::size_t>(i); }

}  // namespace

BulkTile::BulkTile(const std::string& name, const TileParameters& parameters,
                   const DeviceModel& device, Ledger& ledger, const BulkTileOptions& options)
    : parameters_(parameters),
      device_(device),
      accounts_(ledger, name, parameters, device, options.shape.columns),
      driver_(parameters.driver, device.parameters()),
      ladder_(parameters.read, device.readout(), options.seed, options.first_comparator),
      array_(device, options.shape, options.seed, options.first_device),
      tables_(2 * index(parameters.largest_code()) + 1, nullptr),
      period_(to_picoseconds(parameters.timing.clock_period)),
      pulse_length_(to_picoseconds(device.parameters().operating_point.shape.foot_to_foot())) {
  parameters.check_levels(device);
  for (int column = 0; column < options.shape.columns; ++column) {
    comparators_.emplace_back(parameters.comparator, options.seed,
                              options.first_comparator + index(column));
  }
}

TileResult BulkTile::carry_out(const TileCommand& command, Picoseconds at) {
  now_ = next_edge(at);
  accounts_.begin_command(command.op);
  TileResult result = execute(command, *this);
  spend(ControllerState::respond, 1);
  return result;
}

Picoseconds BulkTile::next_edge(Picoseconds time) const { return (time / period_ + 1) * period_; }

// A handshake that answers at `time` is seen at the edge after it.
void BulkTile::busy_until_edge_after(Picoseconds time) {
  const Picoseconds edge = next_edge(time);
  accounts_.cycles(now_, static_cast<int>((edge - now_) / period_));
  now_ = edge;
}

void BulkTile::spend(ControllerState, int cycles) {
  accounts_.cycles(now_, cycles);
  now_ += cycles * period_;
}

void BulkTile::select(std::uint32_t row, Side side) {
  if (row == row_ && side == side_) return;
  row_ = row;
  side_ = side;
  accounts_.select(now_);
  spend(ControllerState::select, parameters_.cycles(parameters_.timing.select_settle));
}

void BulkTile::bias(Direction direction) {
  const auto& fields = device_.parameters().fields;
  if (direction == field_ || fields.write == fields.reset) return;
  field_ = direction;
  spend(ControllerState::field, parameters_.cycles(parameters_.timing.field_settle));
}

const TransitionTable& BulkTile::table(int code) {
  auto& slot = tables_[index(code + parameters_.largest_code())];
  if (slot == nullptr) slot = &device_.table(driver_.pulse(code));
  return *slot;
}

void BulkTile::pulse(const std::vector<std::int16_t>& codes) {
  accounts_.pulses(now_, codes);
  for (int column = 0; column < columns(); ++column) {
    const int code = codes[index(column)];
    if (code == 0) continue;
    array_.apply(table(code), array_.index(row_, side_, column));
  }
  busy_until_edge_after(now_ + pulse_length_);
  spend(ControllerState::pulse, parameters_.cycles(parameters_.timing.pulse_relax));
}

bool BulkTile::decide(int column, Conductance difference, Picoseconds& slowest) {
  const Voltage input = parameters_.read.load * (parameters_.read.voltage * difference);
  const Decision decision = comparators_[index(column)].decide_within(input, period_);
  slowest = std::max(slowest, decision.delay);
  return decision.above;
}

void BulkTile::end_read(Picoseconds since, const Load& load, Picoseconds slowest) {
  accounts_.decisions(now_, load.columns);
  busy_until_edge_after(now_ + slowest);
  accounts_.read(since, now_ - since, load.devices, load.references, load.columns);
  spend(ControllerState::read, 1);
}

void BulkTile::compare(const std::vector<std::int16_t>& references,
                       std::vector<std::uint8_t>& above) {
  const Picoseconds since = now_;
  spend(ControllerState::read, parameters_.cycles(parameters_.timing.read_settle));
  Load load;
  Picoseconds slowest = 0;
  for (int column = 0; column < columns(); ++column) {
    if (references[index(column)] == kNoReference) continue;
    const auto device = array_.conductance(array_.index(row_, side_, column));
    const auto reference = ladder_.reference(references[index(column)]);
    load.devices += device;
    load.references += reference;
    ++load.columns;
    above[index(column)] = decide(column, device - reference, slowest) ? 1 : 0;
  }
  end_read(since, load, slowest);
}

void BulkTile::compare_sums(const std::vector<std::int16_t>& inputs,
                            std::vector<std::uint8_t>& positive) {
  const Picoseconds since = now_;
  spend(ControllerState::read, parameters_.cycles(parameters_.timing.read_settle));
  Load load;
  Picoseconds slowest = 0;
  for (int column = 0; column < columns(); ++column) {
    const auto sums = array_.sums(inputs, column);
    load.devices += sums.load;
    ++load.columns;
    positive[index(column)] = decide(column, sums.difference, slowest) ? 1 : 0;
  }
  end_read(since, load, slowest);
}

}  // namespace dwmtj
