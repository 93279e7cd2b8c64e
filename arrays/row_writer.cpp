// SPDX-License-Identifier: Apache-2.0
#include "arrays/row_writer.h"

#include <cmath>
#include <cstring>
#include <limits>

#include "arrays/philox_lanes.h"

namespace dwmtj {
namespace {

constexpr std::int32_t kUnclear = -1;  // found: too close to a reference to be told without a draw
constexpr std::int32_t kNotKnown = std::numeric_limits<std::int32_t>::min();  // below every draw

std::size_t index(int i) { return static_cast<std::size_t>(i); }

// Whole vectors, so that no lane is left to go alone.
std::size_t padded(int count) { return (index(count) + 15) / 16 * 16; }

template <std::size_t lanes>
DWMTJ_INLINE void set_counters(PhiloxLanes<lanes>& draws, const DeviceArray::Devices& devices,
                               const std::int32_t* columns, const std::uint32_t* counts) {
  for (std::size_t i = 0; i < lanes; ++i) {
    const std::uint64_t device = devices.first_index + static_cast<std::uint32_t>(columns[i]);
    draws.word[0][i] = static_cast<std::uint32_t>(device);
    draws.word[1][i] = static_cast<std::uint32_t>(device >> 32U);
    draws.word[2][i] = counts[i];
    draws.word[3][i] = static_cast<std::uint32_t>(Stream::device);
  }
}

using Doubles = double __attribute__((vector_size(64)));

// Of a multiple of eight terms, in an order that is the same for every vector unit.
template <std::size_t size>
DWMTJ_INLINE double sum(const std::array<double, size>& terms, std::size_t count) {
  Doubles parts{};
  for (std::size_t i = 0; i < count; i += 8) {
    Doubles more;
    std::memcpy(&more, &terms[i], sizeof more);
    parts += more;
  }
  return ((parts[0] + parts[4]) + (parts[2] + parts[6])) +
         ((parts[1] + parts[5]) + (parts[3] + parts[7]));
}

}  // namespace

RowWriter::RowWriter(const Tile& tile, int first_column, int columns, VectorUnit unit)
    : tile_(tile),
      first_column_(first_column),
      columns_(columns),
      unit_(unit),
      period_(to_picoseconds(tile.parameters.timing.clock_period)),
      clear_(in_si(tile.comparators[index(first_column)].clear_beyond(period_))) {
  const int levels = tile.device.sites();
  for (int level = 0; level < levels; ++level) {
    lower_.push_back(level > 0 ? in_si(tile.ladder.reference(level - 1)) : 0.0);
    upper_.push_back(level + 1 < levels ? in_si(tile.ladder.reference(level)) : 0.0);
    const auto& readout = tile.device.readout();
    levels_.push_back({in_si(readout.level(level)), in_si(readout.spread(level))});
  }
  const int largest = tile.parameters.largest_code();
  for (int code = -largest; code <= largest; ++code) {
    tables_.push_back(nullptr);
    thresholds_.insert(thresholds_.end(), index(levels), kNotKnown);
    track_.push_back(code == 0 ? 0.0 : in_si(tile.driver.track_energy(code)));
    headroom_.push_back(code == 0 ? 0.0 : in_si(tile.driver.headroom_energy(code)));
  }
}

void RowWriter::write(std::uint32_t row, Side side, const std::int16_t* targets,
                      const RowResults& results, std::vector<WriteRound>& rounds) {
  row_ = tile_.array.row(row, side);
  targets_ = targets;
  results_ = results;
  rounds_ = &rounds;
  switch (unit_) {
    case VectorUnit::avx512:
      return write_avx512();
    case VectorUnit::avx2:
      return write_avx2();
    default:
      return write_portable();
  }
}

void RowWriter::write_portable() { write_row(); }
DWMTJ_AVX2 void RowWriter::write_avx2() { write_row(); }
DWMTJ_AVX512 void RowWriter::write_avx512() { write_row(); }

void RowWriter::write_row() {
  load();
  read_new_conductances();
  for (;;) {
    rounds_->emplace_back();
    auto& round = rounds_->back();
    verify(round);
    if (tile_.parameters.verify.strategy == VerifyStrategy::step_and_reset) {
      choose_pulses<VerifyStrategy::step_and_reset>();
    } else {
      choose_pulses<VerifyStrategy::nudge>();
    }
    put_away_finished();
    if (open_ == 0) return;
    count_pulses(round);
    pulse();
    settle();
  }
}

void RowWriter::load() {
  auto& cells = *cells_;
  const auto& first_codes = tile_.parameters.verify.first_codes;
  std::size_t i = 0;
  for (int column = first_column_; column < first_column_ + columns_; ++column) {
    if (targets_[column] == kSkip) {
      results_.flagged[column] = 0;
      results_.pulses[column] = results_.attempts[column] = 0;
      continue;
    }
    const auto target = static_cast<std::size_t>(targets_[column]);
    cells.conductance[i] = row_.conductances[column];
    cells.lower[i] = lower_[target];
    cells.upper[i] = upper_[target];
    cells.offset[i] = in_si(tile_.comparators[index(column)].offset());
    cells.column[i] = column;
    cells.site[i] = row_.devices.sites[column];
    cells.first_code[i] = cells.code[i] = first_codes[target];
    cells.direction[i] = cells.pulses[i] = 0;
    cells.attempts[i] = 1;
    cells.decisions[i] = 0;
    cells.draws[i] = row_.devices.draws[column];
    cells.arrival[i] = row_.devices.arrivals[column];
    ++i;
  }
  open_ = static_cast<int>(i);
  for (; i < cells.column.size(); ++i) cells.lower[i] = cells.upper[i] = 0.0;
}

// Of devices that have moved, or were saturated, since they were last read.
void RowWriter::read_new_conductances() {
  constexpr std::size_t kMany = 64;
  auto& cells = *cells_;
  for (std::size_t first = 0; first < index(open_); first += kMany) {
    bool any = false;
    for (std::size_t i = first; i < first + kMany; ++i) any |= cells.conductance[i] == 0.0;
    if (!any) continue;
    PhiloxLanes<kMany> draws;
    set_counters(draws, row_.devices, &cells.column[first], &cells.arrival[first]);
    draws.run(row_.devices.seed);
    for (std::size_t i = 0; i < kMany; ++i) {
      moved_->mean[i] = levels_[index(cells.site[first + i])].mean;
      moved_->spread[i] = levels_[index(cells.site[first + i])].spread;
    }
    for (std::size_t i = 0; i < kMany; ++i) {
      cells.conductance[first + i] =
          1.0 / (moved_->mean[i] + moved_->spread[i] * normal(draws.word[2][i], draws.word[3][i]));
    }
  }
}

// Without branches, in integers: so it becomes vector code.
void RowWriter::verify(WriteRound& round) {
  auto& cells = *cells_;
  alignas(64) Lanes<double> reached_devices, passed_devices, passed_references;
  const double voltage = in_si(tile_.parameters.read.voltage);
  const double load = in_si(tile_.parameters.read.load);
  const double clear = clear_;
  const std::size_t end = padded(open_);
  int reached_columns = 0, passed_columns = 0, unclear = 0;
  for (std::size_t i = 0; i < end; ++i) {
    const double conductance = cells.conductance[i];
    const double lower = cells.lower[i];
    const double upper = cells.upper[i];
    const double over_lower = load * (voltage * (conductance - lower)) + cells.offset[i];
    const double over_upper = load * (voltage * (conductance - upper)) + cells.offset[i];
    const int asks = lower > 0.0;
    const int reached = !asks | (over_lower > 0.0);
    const int asks_more = reached & (upper > 0.0);
    const int passed = asks_more & (over_upper > 0.0);
    const int is_clear =
        (!asks | (std::abs(over_lower) > clear)) & (!asks_more | (std::abs(over_upper) > clear));
    const int counts_more = asks_more & is_clear;
    reached_devices[i] = asks ? conductance : 0.0;
    passed_devices[i] = counts_more ? conductance : 0.0;
    passed_references[i] = counts_more ? upper : 0.0;
    reached_columns += asks;
    passed_columns += counts_more;
    unclear += 1 - is_clear;
    cells.decisions[i] += is_clear * (asks + asks_more);
    cells.found[i] = is_clear * (reached + passed - kUnclear) + kUnclear;
  }
  round.reached = {reached_columns, sum(reached_devices, end), sum(cells.lower, end), 0};
  round.passed = {passed_columns, sum(passed_devices, end), sum(passed_references, end), 0};
  if (unclear == 0) return;
  for (int lane = 0; lane < open_; ++lane) {
    if (cells.found[index(lane)] == kUnclear) decide(lane, round);
  }
}

// A comparison that needs its draw; the one with the lower reference is in the round's sums
// already.
void RowWriter::decide(int lane, WriteRound& round) {
  auto& cells = *cells_;
  const auto i = index(lane);
  auto& comparator = tile_.comparators[index(cells.column[i])];
  comparator.add_clear_decisions(cells.decisions[i]);
  cells.decisions[i] = 0;
  const auto above = [&](double reference, Picoseconds& slowest) {
    const auto difference = from_si<Conductance>(cells.conductance[i] - reference);
    const auto& read = tile_.parameters.read;
    const auto decision =
        comparator.decide_within(read.load * (read.voltage * difference), period_);
    slowest = std::max(slowest, decision.delay);
    return decision.above;
  };
  auto found = Found::at_level;
  if (cells.lower[i] > 0.0 && !above(cells.lower[i], round.reached.slowest)) {
    found = Found::below;
  } else if (cells.upper[i] > 0.0) {
    round.passed.add({1, cells.conductance[i], cells.upper[i], 0});
    if (above(cells.upper[i], round.passed.slowest)) found = Found::beyond;
  }
  cells.found[i] = static_cast<std::int32_t>(found);
}

template <VerifyStrategy strategy>
void RowWriter::choose_pulses() {
  auto& cells = *cells_;
  const VerifyRule rule = tile_.parameters.verify;
  const std::size_t end = padded(open_);
  for (std::size_t i = 0; i < end; ++i) {
    VerifyState cell{cells.code[i], cells.direction[i], cells.pulses[i], cells.attempts[i]};
    const auto found = static_cast<Found>(cells.found[i]);
    if (strategy == VerifyStrategy::step_and_reset) {
      next_step(rule, cells.first_code[i], found, cell);
    } else {
      next_nudge(rule, cells.first_code[i], found, cell);
    }
    cells.code[i] = cell.code;
    cells.direction[i] = cell.direction;
    cells.pulses[i] = cell.pulses;
    cells.attempts[i] = cell.attempts;
    cells.pulse[i] = cell.pulse;
  }
}

// The last open cell takes the place of one that has finished.
void RowWriter::put_away_finished() {
  const auto& pulse = cells_->pulse;
  for (int lane = 0; lane < open_;) {
    if (pulse[index(lane)] == 0) {
      finish(lane);
    } else {
      ++lane;
    }
  }
}

void RowWriter::finish(int lane) {
  auto& cells = *cells_;
  const auto i = index(lane);
  const auto column = index(cells.column[i]);
  results_.flagged[column] = cells.found[i] == static_cast<std::int32_t>(Found::at_level) ? 0 : 1;
  results_.pulses[column] = static_cast<std::uint16_t>(cells.pulses[i]);
  results_.attempts[column] = static_cast<std::uint16_t>(cells.attempts[i]);
  row_.devices.sites[column] = static_cast<std::uint8_t>(cells.site[i]);
  row_.devices.draws[column] = cells.draws[i];
  row_.devices.arrivals[column] = cells.arrival[i];
  row_.conductances[column] = cells.conductance[i];
  tile_.comparators[column].add_clear_decisions(cells.decisions[i]);
  const auto last = index(--open_);
  const auto take = [&](auto& each) { each[i] = each[last]; };
  take(cells.conductance);
  take(cells.lower);
  take(cells.upper);
  take(cells.offset);
  take(cells.column);
  take(cells.site);
  take(cells.first_code);
  take(cells.code);
  take(cells.direction);
  take(cells.pulses);
  take(cells.attempts);
  take(cells.pulse);
  take(cells.found);
  take(cells.decisions);
  take(cells.draws);
  take(cells.arrival);
  cells.lower[last] = cells.upper[last] = 0.0;
  cells.pulse[last] = 0;
}

void RowWriter::count_pulses(WriteRound& round) {
  count_pulses(1, round.forward);
  count_pulses(-1, round.reverse);
}

void RowWriter::count_pulses(int sign, PulseSum& sums) {
  const auto& cells = *cells_;
  alignas(64) Lanes<double> track, headroom;
  const double* const track_of = &track_[index(tile_.parameters.largest_code())];
  const double* const headroom_of = &headroom_[index(tile_.parameters.largest_code())];
  const std::size_t end = padded(open_);
  int pulses = 0;
  for (std::size_t i = 0; i < end; ++i) pulses += cells.pulse[i] * sign > 0;
  if (pulses == 0) return;
  for (std::size_t i = 0; i < end; ++i) {
    const std::int32_t code = cells.pulse[i] * sign > 0 ? cells.pulse[i] : 0;  // which is free
    track[i] = track_of[code];
    headroom[i] = headroom_of[code];
  }
  sums = {pulses, sum(track, end), sum(headroom, end)};
}

void RowWriter::pulse() {
  constexpr int kMany = 64;
  moves_ = 0;
  int lane = 0;
  for (; lane + kMany - kChunk < open_; lane += kMany) pulse<kMany>(lane);
  for (; lane < open_; lane += kChunk) pulse<kChunk>(lane);
}

template <int count>
void RowWriter::pulse(int first_lane) {
  auto& cells = *cells_;
  const auto first = index(first_lane);
  PhiloxLanes<count> draws;
  set_counters(draws, row_.devices, &cells.column[first], &cells.draws[first]);
  draws.run(row_.devices.seed);
  const std::int32_t sites = tile_.device.sites();
  const std::int32_t zero = tile_.parameters.largest_code() * sites;
  const std::int32_t* const thresholds = thresholds_.data();
  std::array<std::int32_t, count> moves;
  for (std::size_t j = 0; j < count; ++j) {
    const auto u = static_cast<std::int32_t>(draws.word[0][j] >> 1U);
    const std::int32_t code = cells.pulse[first + j];
    const std::int32_t limit = thresholds[zero + code * sites + cells.site[first + j]];
    moves[j] = (code > 0 ? u : -u) > limit ? 1 : 0;
  }
  const int used = std::min(count, open_ - first_lane);
  for (int j = 0; j < used; ++j) {
    const auto i = index(j);
    if (moves[i] != 0) move(first_lane + j, draws.word[0][i], draws.word[2][i], draws.word[3][i]);
  }
  for (std::size_t j = 0; j < count; ++j) ++cells.draws[first + j];
}

// What a signed draw must exceed for a pulse to move the wall: from the limits of its table, of
// which those behind the wall are never undercut.
std::int32_t RowWriter::threshold(int code, int site) {
  auto& table = tables_[index(code + tile_.parameters.largest_code())];
  if (table == nullptr) table = &tile_.device.table(tile_.driver.pulse(code));
  const std::int32_t* const limits = table->limits(site);
  if (code > 0) {
    return site + 1 < table->sites() ? limits[site] : std::numeric_limits<std::int32_t>::max();
  }
  return site > 0 ? -limits[site - 1] - 1 : 0;
}

void RowWriter::move(int lane, std::uint32_t word, std::uint32_t radius, std::uint32_t angle) {
  auto& cells = *cells_;
  const auto i = index(lane);
  const int code = cells.pulse[i];
  const int from = cells.site[i];
  const int entry = (code + tile_.parameters.largest_code()) * tile_.device.sites() + from;
  auto& limit = thresholds_[index(entry)];
  if (limit == kNotKnown) limit = threshold(code, from);
  const auto& table = *tables_[index(code + tile_.parameters.largest_code())];
  const int to = table.end_site(from, word);
  if (to == from) return;
  cells.site[i] = to;
  cells.arrival[i] = cells.draws[i];
  const auto m = index(moves_++);
  moved_->lane[m] = lane;
  moved_->mean[m] = levels_[index(to)].mean;
  moved_->spread[m] = levels_[index(to)].spread;
  moved_->radius[m] = radius;
  moved_->angle[m] = angle;
}

// The conductances at the sites that walls have come to.
void RowWriter::settle() {
  auto& cells = *cells_;
  auto& moved = *moved_;
  const std::size_t end = padded(moves_);
  for (std::size_t m = 0; m < end; ++m) {
    moved.conductance[m] =
        1.0 / (moved.mean[m] + moved.spread[m] * normal(moved.radius[m], moved.angle[m]));
  }
  for (std::size_t m = 0; m < index(moves_); ++m) {
    cells.conductance[index(moved.lane[m])] = moved.conductance[m];
  }
}

}  // namespace dwmtj
