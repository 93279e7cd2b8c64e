// SPDX-License-Identifier: Apache-2.0
#include "arrays/bulk_tile.h"

#include <algorithm>
#include <stdexcept>

#include "common/index.h"
#include "common/interrupt.h"
#include "tile/driven_rows.h"
#include "tile/tile_sequences.h"

namespace dwmtj {
namespace {

bool any_set(const std::vector<std::int16_t>& flags) {
  return std::find(flags.begin(), flags.end(), 1) != flags.end();
}

}  // namespace

BulkTile::BulkTile(const std::string& name, const TileParameters& parameters,
                   const DeviceModel& device, Ledger& ledger, const BulkTileOptions& options)
    : fitted_(parameters, options.shape.rows, options.shape.columns),
      parameters_(fitted_.parameters()),
      device_(device),
      accounts_(ledger, name, parameters_, device, options.shape.columns),
      driver_(parameters_.driver.in_steps(), device.parameters()),
      ladder_(parameters_.read, device.readout(), options.seed, options.first_comparator),
      readout_(parameters_, options.shape.columns, options.seed, options.first_comparator),
      noise_(parameters_, device, options.seed, options.first_comparator),
      array_(device, options.shape, parameters_.stuck, options.seed, options.first_device,
             parameters_.wires),
      unit_(options.unit),
      period_(parameters_.period()),
      pulse_length_(to_picoseconds(device.parameters().operating_point.shape.foot_to_foot())),
      settle_cycles_(parameters_.cycles(parameters_.timing.read_settle)),
      relax_cycles_(parameters_.cycles(parameters_.timing.pulse_relax)),
      held_noise_(index(options.shape.columns)),
      steps_(index(options.shape.columns)) {
  parameters_.check_device(device);
  for (int column = 0; column < options.shape.columns; ++column) {
    comparators_.emplace_back(parameters_.comparator, options.seed,
                              options.first_comparator + index(column));
    drivers_.emplace_back(parameters_.driver, options.seed,
                          options.first_comparator + index(column));
  }
  if (options.initial != nullptr) restore(*options.initial);
}

void BulkTile::begin(TileOp op, Picoseconds at) {
  now_ = next_edge(at);
  accounts_.begin_command(op);
}

TileResult BulkTile::carry_out(const TileCommand& command, Picoseconds at) {
  const bool legal = check(command, *this) == TileStatus::ok;
  if (legal && command.op == TileOp::multiply) return multiply(command, at);
  // The columns of a row that is read through wires are no matter of their own.
  if (!legal || command.op != TileOp::program || !parameters_.wires.ideal) {
    return carry_out_in_steps(command, at);
  }
  const auto size = command.data.size();
  TileResult result{TileStatus::ok, std::vector<std::int16_t>(size),
                    std::vector<std::uint16_t>(size), std::vector<std::uint16_t>(size)};
  const auto line =
      2 * static_cast<std::size_t>(command.row) + static_cast<std::size_t>(command.side);
  now_ = at;
  write(line, 1, command.data.data(),
        {result.data.data(), result.pulses.data(), result.attempts.data()});
  if (any_set(result.data)) result.status = TileStatus::flagged;
  return result;
}

TileResult BulkTile::carry_out_in_steps(const TileCommand& command, Picoseconds at) {
  begin(command.op, at);
  TileResult result = execute(command, *this);
  spend(ControllerState::respond, 1);
  return result;
}

ArrayResult BulkTile::program_array(const std::vector<std::int16_t>& wanted) {
  const auto size = array_.devices().size();
  const auto fits = [&](int level) { return level == kSkip || (level >= 0 && level < levels()); };
  if (wanted.size() != size || !std::all_of(wanted.begin(), wanted.end(), fits)) {
    throw std::invalid_argument("an array is programmed with a level, or kSkip, for each device");
  }
  if (!parameters_.wires.ideal) return program_lines(wanted);
  ArrayResult result{TileStatus::ok, std::vector<std::int16_t>(size),
                     std::vector<std::uint16_t>(size), std::vector<std::uint16_t>(size)};
  write(0, 2 * index(rows()), wanted.data(),
        {result.flagged.data(), result.pulses.data(), result.attempts.data()});
  if (any_set(result.flagged)) result.status = TileStatus::flagged;
  return result;
}

// Lines on wires take long: Ctrl-C leaves the rest as it is.
ArrayResult BulkTile::program_lines(const std::vector<std::int16_t>& wanted) {
  ArrayResult whole;
  TileCommand command{TileOp::program, 0, Side::plus, {}};
  for (auto line = wanted.begin(); line != wanted.end() && !interrupted(); line += columns()) {
    command.data.assign(line, line + columns());
    const auto result = carry_out_in_steps(command, now_);
    if (result.status != TileStatus::ok) whole.status = result.status;
    whole.flagged.insert(whole.flagged.end(), result.data.begin(), result.data.end());
    whole.pulses.insert(whole.pulses.end(), result.pulses.begin(), result.pulses.end());
    whole.attempts.insert(whole.attempts.end(), result.attempts.begin(), result.attempts.end());
    command.row += command.side == Side::minus ? 1 : 0;
    command.side = command.side == Side::plus ? Side::minus : Side::plus;
  }
  whole.flagged.resize(wanted.size());
  whole.pulses.resize(wanted.size());
  whole.attempts.resize(wanted.size());
  return whole;
}

TileState BulkTile::state() const {
  TileState state{array_.states(), {}};
  for (const auto& comparator : comparators_) state.decisions.push_back(comparator.decisions());
  return state;
}

void BulkTile::restore(const TileState& state) {
  array_.restore(state.devices);
  for (std::size_t i = 0; i < comparators_.size(); ++i) {
    comparators_[i].restore(state.decisions[i]);
  }
  now_ = 0;
  row_ = 0;
  side_ = Side::plus;
  field_ = Direction::forward;
}

// First what happens to devices and comparators, which depends on no time, then how long it took.
void BulkTile::write(std::size_t first_line, std::size_t lines, const std::int16_t* levels,
                     const RowResults& results) {
  if (!writer_) {
    writer_ = std::make_unique<ArrayWriter>(RowWriter::Tile{parameters_, device_, driver_, drivers_,
                                                            ladder_, comparators_, array_, noise_},
                                            unit_);
  }
  constexpr std::size_t kLines = 64;  // the rounds of more leave the cache
  for (std::size_t done = 0; done < lines; done += kLines) {
    const std::size_t count = std::min(kLines, lines - done);
    const std::size_t at = done * index(columns());
    writer_->write(first_line + done, count, levels + at,
                   {results.flagged + at, results.pulses + at, results.attempts + at});
    for (std::size_t i = 0; i < count; ++i) book_program(first_line + done + i);
  }
}

// The sequence `program`, given the sums of its rounds.
void BulkTile::book_program(std::size_t line) {
  begin(TileOp::program, now_);
  spend(ControllerState::decode, 1);
  select(static_cast<std::uint32_t>(line / 2), static_cast<Side>(line % 2));
  for (const auto& round : writer_->rounds(line)) {
    if (round.reached.columns > 0) book(round.reached);
    if (round.passed.columns > 0) book(round.passed);
    spend(ControllerState::verify, 1);
    if (round.forward.pulses > 0) book(round.forward, Direction::forward);
    if (round.reverse.pulses > 0) book(round.reverse, Direction::reverse);
  }
  spend(ControllerState::respond, 1);
}

void BulkTile::book(const ReadSum& read) {
  const Picoseconds since = now_;
  accounts_.rows(since, 1);
  accounts_.auto_zeros(since, index(read.columns));
  spend(ControllerState::read, settle_cycles_);
  accounts_.decisions(now_, index(read.columns));
  busy_until_edge_after(later(now_, read.slowest));
  accounts_.read(since, now_ - since, from_si<Conductance>(read.devices),
                 from_si<Conductance>(read.references), index(read.columns));
  spend(ControllerState::read, 1);
}

void BulkTile::book(const PulseSum& pulses, Direction direction) {
  bias(direction);
  accounts_.pulses(now_, from_si<Energy>(pulses.track), from_si<Energy>(pulses.headroom),
                   index(pulses.pulses));
  rest_after_pulse();
}

void BulkTile::rest_after_pulse() {
  const Picoseconds since = now_;
  busy_until_edge_after(later(now_, pulse_length_));
  spend(ControllerState::pulse, relax_cycles_);
  accounts_.field_pulse(since, now_ - since, field_);
}

Picoseconds BulkTile::next_edge(Picoseconds time) const {
  return repeated(time / period_ + 1, period_);
}

// A handshake that answers at `time` is seen at the edge after it.
void BulkTile::busy_until_edge_after(Picoseconds time) {
  const Picoseconds edge = next_edge(time);
  accounts_.cycles(now_, (edge - now_) / period_);
  now_ = edge;
}

void BulkTile::spend(ControllerState, int cycles) {
  accounts_.cycles(now_, cycles);
  now_ = later(now_, repeated(cycles, period_));
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
  const Picoseconds since = now_;
  spend(ControllerState::field, parameters_.cycles(parameters_.timing.field_settle));
  accounts_.field_change(since, now_ - since, direction);
}

const PulseTables& BulkTile::tables(int step, DriverGain gain) {
  auto& slot = tables_[static_cast<std::size_t>(gain)][step];
  if (slot == nullptr) slot = &device_.tables(driver_.pulse(step, gain));
  return *slot;
}

void BulkTile::pulse(const std::vector<std::int16_t>& codes, DriverGain gain) {
  for (int column = 0; column < columns(); ++column) {
    const int step = drivers_[index(column)].step(codes[index(column)]);
    steps_[index(column)] = step;
    if (step == 0) continue;
    array_.apply(tables(step, gain), array_.index(row_, side_, column));
  }
  accounts_.pulses(now_, steps_, gain);
  rest_after_pulse();
}

Conductance BulkTile::held_noise(int column, const ReadNoise::Cells& cells) {
  auto& held = held_noise_[index(column)];
  if (held.sample != sample_) {
    held = {sample_, noise_.drawn(column, comparators_[index(column)].decisions(), cells)};
  }
  return held.noise;
}

bool BulkTile::decide(int column, Voltage input, ReadSum& read) {
  const Decision decision = comparators_[index(column)].decide_within(input, period_);
  read.slowest = std::max(read.slowest, decision.delay);
  ++read.columns;
  return decision.above;
}

void BulkTile::compare(const std::vector<std::int16_t>& references,
                       std::vector<std::uint8_t>& above) {
  ReadSum read;
  array_.read_row(row_, side_, references, in_row_);
  for (int column = 0; column < columns(); ++column) {
    if (references[index(column)] == kNoReference) continue;
    const auto device = from_si<Conductance>(in_row_[index(column)]);
    const auto reference = ladder_.reference(references[index(column)]);
    read.devices += in_si(device);
    read.references += in_si(reference);
    const auto noise = held_noise(column, ReadNoise::one(in_si(device)));
    const Voltage input = readout_.input(device - reference + noise);
    above[index(column)] = decide(column, input, read) ? 1 : 0;
  }
  book(read);
}

void BulkTile::settle_references() {
  spend(ControllerState::reference, parameters_.cycles(parameters_.sum_reference.settle));
}

void BulkTile::drive_rows(const std::vector<std::int16_t>& inputs) {
  begin_reading();
  array_.sums(inputs, sums_);
  accounts_.rows(now_, driven_rows(inputs));
  accounts_.auto_zeros(now_, index(columns()));
  driven_since_ = now_;
  spend(ControllerState::read, settle_cycles_);
}

void BulkTile::compare_sums(const std::vector<std::int16_t>& references,
                            std::vector<std::uint8_t>& above) {
  const Picoseconds since = now_;
  const bool steps = references.front() != 0;
  if (steps) settle_references();
  ReadSum read;
  for (int column = 0; column < columns(); ++column) {
    const auto c = index(column);
    const auto noise = held_noise(column, {sums_.squares[c], sums_.all[c]});
    const auto difference = from_si<Conductance>(sums_.difference[c]) + noise;
    const auto input = readout_.input(column, difference, references[c]);
    clipped_inputs_ += input.clipped ? 1 : 0;
    above[index(column)] = decide(column, input.voltage, read) ? 1 : 0;
  }
  book_sums(since, read.slowest, steps);
}

// Decisions that begin now, behind a step of the references since `since` or none.
void BulkTile::book_sums(Picoseconds since, Picoseconds slowest, bool steps) {
  accounts_.decisions(now_, index(columns()));
  busy_until_edge_after(later(now_, slowest));
  if (steps) accounts_.sum_references(since, now_ - since, index(columns()));
}

// The sequence `multiply`, with all columns decided at once.
TileResult BulkTile::multiply(const TileCommand& command, Picoseconds at) {
  if (!reader_) {
    reader_ = std::make_unique<SumReader>(
        SumReader::Tile{parameters_, readout_, noise_, comparators_}, unit_);
  }
  begin(TileOp::multiply, at);
  spend(ControllerState::decode, 1);
  inputs_ = command.data;
  std::replace(inputs_.begin(), inputs_.end(), kSkip, std::int16_t{0});
  drive_rows(inputs_);
  reader_->begin(sums_, command.bits);
  for (int decision = 0; decision < command.bits; ++decision) {
    const Picoseconds since = now_;
    if (decision > 0) settle_references();
    const auto made = reader_->decide();
    clipped_inputs_ += made.clipped;
    book_sums(since, made.slowest, decision > 0);
  }
  release_rows();
  TileResult result;
  reader_->finish(result.data);
  spend(ControllerState::respond, 1);
  return result;
}

void BulkTile::release_rows() {
  accounts_.read(driven_since_, now_ - driven_since_, from_si<Conductance>(sums_.driven), {},
                 index(columns()));
  spend(ControllerState::read, 1);
}

}  // namespace dwmtj
