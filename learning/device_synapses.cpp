// SPDX-License-Identifier: Apache-2.0
#include "learning/device_synapses.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "common/binary_stream.h"
#include "common/random_stream.h"

namespace dwmtj {
namespace {

constexpr std::array kSides = {Side::plus, Side::minus};

std::size_t index(Side side) { return static_cast<std::size_t>(side); }

}  // namespace

// Two devices a weight, and a comparator at most for each weight: numbers that never collide.
DeviceSynapses::DeviceSynapses(const PairKind& kind, LayerShape shape, std::uint64_t seed,
                               std::uint64_t first_instance)
    : kind_(kind),
      shape_(shape),
      seed_(seed),
      first_instance_(first_instance),
      grid_({kind.tile, kind.device, kind.policy.tile_size}, shape, seed, 2 * first_instance,
            first_instance),
      weights_(shape.weights(), 0) {
  if (kind.policy.mode == UpdateMode::accumulated) carry_.assign(shape.weights(), 0.0F);
  for (const Side side : kSides) {
    sites_[index(side)].assign(shape.columns(), 0);
    codes_[index(side)].assign(shape.columns(), 0);
    targets_[index(side)].assign(shape.columns(), kSkip);
  }
}

void DeviceSynapses::begin(const std::vector<std::int8_t>& values) {
  weights_ = values;
  const std::size_t columns = shape_.columns();
  std::vector<std::int16_t> levels(2 * values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t at = i / columns * 2 * columns + i % columns;
    levels[at] = static_cast<std::int16_t>(std::max<int>(values[i], 0));
    levels[at + columns] = static_cast<std::int16_t>(std::max<int>(-values[i], 0));
  }
  grid_.program(levels);
}

void DeviceSynapses::update(const StepLaw& law, WeightSpan span) {
  span.weights = &weights_[span.first];
  if (kind_.policy.mode == UpdateMode::all) return pulse_all(law, span);
  if (!carry_.empty()) span.carry = &carry_[span.first];
  steps_.clear();
  law.steps(span, first_instance_ + span.first, steps_);
  for (auto step = steps_.begin(); step != steps_.end();) {
    const std::size_t row = step->weight / shape_.columns();
    look_at_row(row);
    for (; step != steps_.end() && step->weight / shape_.columns() == row; ++step) {
      grid_.accounts().wanted += static_cast<std::uint64_t>(std::abs(step->steps));
      const std::size_t column = step->weight % shape_.columns();
      if (kind_.policy.mode == UpdateMode::gated) {
        let_pulse_through(row, column, step->steps > 0, law.made());
      } else {
        one_step(row, column, step->steps);
      }
    }
    write_row(row);
  }
}

void DeviceSynapses::look_at_row(std::size_t row) {
  for (const Side side : kSides) grid_.read_row(row, side, sites_[index(side)].data());
}

// Which wall has to go where for the weight to rise or fall.
DeviceSynapses::Move DeviceSynapses::move_of(std::size_t column, bool up) const {
  const Side grows = up ? Side::plus : Side::minus;
  const Side shrinks = up ? Side::minus : Side::plus;
  const int back_from = sites_[index(shrinks)][column];
  if (kind_.policy.pair == PairUse::two_way && back_from > 0) {
    return {shrinks, Direction::reverse, back_from};
  }
  return {grows, Direction::forward, sites_[index(grows)][column]};
}

bool DeviceSynapses::at_its_end(const Move& move) const {
  return move.direction == Direction::forward && move.site == kind_.device.sites() - 1;
}

// More than one level at once, which steps of a usual size never are, is written and verified.
void DeviceSynapses::one_step(std::size_t row, std::size_t column, int steps) {
  const auto move = move_of(column, steps > 0);
  if (at_its_end(move) || std::abs(steps) > 1) return ask_for_rewriting(row, column, steps);
  ask_for_pulse(column, move.side, kind_.codes.hop(move.site, move.direction).code);
}

// The step was drawn 1 / pulse_chance times too often.
void DeviceSynapses::let_pulse_through(std::size_t row, std::size_t column, bool up,
                                       std::uint32_t made) {
  const auto move = move_of(column, up);
  const double chance = kind_.policy.pulse_chance;
  if (!at_its_end(move)) {
    const auto wanted = static_cast<float>(chance);
    return ask_for_pulse(column, move.side,
                         kind_.codes.code_for(move.site, move.direction, wanted));
  }
  if (drawn(row, column, made, chance)) ask_for_rewriting(row, column, up ? 1 : -1);
}

// Rewriting is no matter of chance for a device: it is drawn digitally.
bool DeviceSynapses::drawn(std::size_t row, std::size_t column, std::uint32_t made,
                           double chance) const {
  const std::uint64_t instance = first_instance_ + row * shape_.columns() + column;
  return uniform(draw(seed_, Stream::rewriting, instance, made).words[0]) < chance;
}

void DeviceSynapses::ask_for_pulse(std::size_t column, Side side, int code) {
  codes_[index(side)][column] = static_cast<std::int16_t>(code);
  touched_.push_back(static_cast<std::uint32_t>(column));
}

// Both sides to what the weight shall be, the smaller one at its start.
void DeviceSynapses::ask_for_rewriting(std::size_t row, std::size_t column, int change) {
  const int most = kind_.device.sites() - 1;
  const int weight = weights_[row * shape_.columns() + column] + change;
  const int wanted = std::min(std::max(weight, -most), most);
  targets_[0][column] = static_cast<std::int16_t>(std::max(wanted, 0));
  targets_[1][column] = static_cast<std::int16_t>(std::max(-wanted, 0));
  rewriting_ = true;
  ++grid_.accounts().rewrites;
  touched_.push_back(static_cast<std::uint32_t>(column));
}

void DeviceSynapses::pulse_all(const StepLaw& law, const WeightSpan& span) {
  moves_.resize(span.size);
  law.moves(span, moves_.data());
  const std::size_t columns = shape_.columns();
  const auto least = static_cast<float>(kind_.policy.least_chance);
  for (std::size_t at = 0; at < span.size; at += columns) {
    const std::size_t row = (span.first + at) / columns;
    look_at_row(row);
    for (std::size_t column = 0; column < columns; ++column) {
      const float wanted = moves_[at + column];
      if (std::abs(wanted) >= least) pulse_one(row, column, wanted, law.made());
    }
    write_row(row);
  }
}

void DeviceSynapses::pulse_one(std::size_t row, std::size_t column, float wanted,
                               std::uint32_t made) {
  const bool up = wanted > 0.0F;
  const auto move = move_of(column, up);
  const float chance = std::min(std::abs(wanted), 1.0F);
  if (!at_its_end(move)) {
    return ask_for_pulse(column, move.side,
                         kind_.codes.code_for(move.site, move.direction, chance));
  }
  if (drawn(row, column, made, double{chance})) {
    ask_for_rewriting(row, column, up ? 1 : -1);
  }
}

// The pulses of a row, side by side, then what has to be rewritten.
void DeviceSynapses::write_row(std::size_t row) {
  if (touched_.empty()) return;
  auto& accounts = grid_.accounts();
  for (const Side side : kSides) {
    auto& codes = codes_[index(side)];
    grid_.command(TileOp::pulse, row, side, codes, 0);
    if (rewriting_) grid_.command(TileOp::program, row, side, targets_[index(side)], kSkip);
  }
  look_at_row(row);
  for (const auto column : touched_) {
    const std::size_t weight = row * shape_.columns() + column;
    const int now = sites_[0][column] - sites_[1][column];
    for (const Side side : kSides) {
      auto& code = codes_[index(side)][column];
      if (code != 0) {
        ++accounts.pulses;
        accounts.moved += now != weights_[weight] ? 1 : 0;
        accounts.reverse_pulses += code < 0 ? 1 : 0;
      }
      code = 0;
      targets_[index(side)][column] = kSkip;
    }
    if (now == weights_[weight]) continue;
    weights_[weight] = static_cast<std::int8_t>(now);
    changed_.push_back(static_cast<std::uint32_t>(weight));
  }
  touched_.clear();
  rewriting_ = false;
}

const std::vector<std::uint32_t>& DeviceSynapses::finish() {
  grid_.finish_step();
  finished_.swap(changed_);
  changed_.clear();
  return finished_;
}

void DeviceSynapses::save(std::ostream& stream) const {
  grid_.save(stream);
  write_values(stream, carry_);
}

void DeviceSynapses::load(std::istream& stream) {
  grid_.load(stream);
  read_values(stream, carry_);
  for (std::size_t i = 0; i < weights_.size(); ++i) {
    const std::size_t row = i / shape_.columns();
    const std::size_t column = i % shape_.columns();
    weights_[i] = static_cast<std::int8_t>(grid_.site(row, Side::plus, column) -
                                           grid_.site(row, Side::minus, column));
  }
}

}  // namespace dwmtj
