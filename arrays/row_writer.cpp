// SPDX-License-Identifier: Apache-2.0
#include "arrays/row_writer.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "common/index.h"
#include "devices/conductance_grid.h"

// Vector code: conditions are joined without branches, arrays filled by the loop behind them.
// NOLINTBEGIN(readability-implicit-bool-conversion)
// NOLINTBEGIN(cppcoreguidelines-pro-type-member-init, cppcoreguidelines-slicing)
// NOLINTBEGIN(bugprone-implicit-widening-of-multiplication-result)

namespace dwmtj {
namespace {

constexpr std::size_t kFew = 16;       // entries of a table that fits into two vectors
constexpr std::int32_t kUnclear = -1;  // found: too close to a reference to be told without a draw
constexpr std::int32_t kNotKnown = std::numeric_limits<std::int32_t>::min();  // no limit is so low

// Whole vectors, so that no lane is left to go alone.
std::size_t padded(int count) { return (index(count) + 15) / 16 * 16; }

// Loops over arrays that do not overlap, which a compiler cannot know.
template <typename From, typename To>
DWMTJ_INLINE void copy(const From* __restrict from, std::size_t count, To* __restrict to) {
  for (std::size_t i = 0; i < count; ++i) to[i] = static_cast<To>(from[i]);
}
template <typename T>
DWMTJ_INLINE void look_up(const T* __restrict table, const std::int32_t* __restrict which,
                          std::size_t count, T* __restrict to) {
  for (std::size_t i = 0; i < count; ++i) to[i] = table[which[i]];
}

using Doubles = double __attribute__((vector_size(64)));
using Longs = std::int64_t __attribute__((vector_size(64)));
using Ints = std::int32_t __attribute__((vector_size(32)));

// The sixteen of two vectors, by number.
DWMTJ_INLINE void choose(const Doubles& low, const Doubles& high, const Longs& which,
                         Doubles& found) {
#ifdef __clang__  // shuffles by constants alone
  for (int i = 0; i < 8; ++i) found[i] = which[i] < 8 ? low[which[i]] : high[which[i] - 8];
#else
  found = __builtin_shuffle(low, high, which);
#endif
}

// The same of a table of up to sixteen, a multiple of eight of them at a time: out of two vectors,
// where a vector unit can, in place of memory.
template <VectorUnit Unit, std::size_t Count>
DWMTJ_INLINE void look_up_few(const std::vector<double>& table, const std::int32_t* which,
                              std::array<double, Count>& to) {
  if (Unit != VectorUnit::avx512 || table.size() != kFew) {
    return look_up(table.data(), which, Count, to.data());
  }
  Doubles low, high;
  std::memcpy(&low, table.data(), sizeof low);
  std::memcpy(&high, table.data() + 8, sizeof high);
  for (std::size_t i = 0; i < Count; i += 8) {
    Ints narrow;
    std::memcpy(&narrow, which + i, sizeof narrow);
    Doubles found;
    choose(low, high, __builtin_convertvector(narrow, Longs), found);
    std::memcpy(&to[i], &found, sizeof found);
  }
}

// Of a multiple of eight terms, in an order that is the same for every vector unit.
template <std::size_t Size>
DWMTJ_INLINE double sum(const std::array<double, Size>& terms, std::size_t count) {
  Doubles parts{};
  for (std::size_t i = 0; i < count; i += 8) {
    Doubles more;
    std::memcpy(&more, &terms[i], sizeof more);
    parts += more;
  }
  return ((parts[0] + parts[4]) + (parts[2] + parts[6])) +
         ((parts[1] + parts[5]) + (parts[3] + parts[7]));
}

template <VectorUnit Unit, std::size_t Count>
DWMTJ_INLINE void run(PhiloxLanes<Count>& draws, std::uint64_t first_device,
                      const std::int32_t* __restrict lanes, const std::uint32_t* __restrict counts,
                      std::uint64_t seed) {
  for (std::size_t i = 0; i < Count; ++i) {
    const std::uint64_t device = first_device + static_cast<std::uint32_t>(lanes[i]);
    draws.word[0][i] = static_cast<std::uint32_t>(device);
    draws.word[1][i] = static_cast<std::uint32_t>(device >> 32U);
    draws.word[2][i] = counts[i];
    draws.word[3][i] = static_cast<std::uint32_t>(Stream::device);
  }
#if defined(__x86_64__)
  if constexpr (Unit == VectorUnit::avx512) return draws.run_avx512(seed);
#endif
  draws.run(seed);
}

}  // namespace

RowWriter::RowWriter(const Tile& tile, int first_column, int columns, VectorUnit unit)
    : tile_(tile),
      first_column_(first_column),
      columns_(columns),
      unit_(unit),
      period_(tile.parameters.period()),
      clear_(in_si(tile.comparators[index(first_column)].clear_beyond(period_))),
      noise_(tile.noise.largest_of_one(tile.device.readout().level_conductance(0))),
      depth_(static_cast<int>(std::ceil(std::log2(tile.device.sites())))) {
  const int levels = tile.device.sites();
  const auto& readout = tile.device.readout();
  for (int level = 0; level < levels; ++level) {
    lower_.push_back(level > 0 ? in_si(tile.ladder.reference(level - 1)) : 0.0);
    upper_.push_back(level + 1 < levels ? in_si(tile.ladder.reference(level)) : 0.0);
    first_code_.push_back(tile.parameters.verify.first_codes[index(level)]);
    mean_.push_back(readout.drawn_mean(level));
    spread_.push_back(readout.drawn_spread(level));
  }
  for (auto* const few : {&mean_, &spread_}) few->resize(std::max(few->size(), kFew));
  limits_.assign(index(levels << depth_), 0);  // of no pulse
  fill_steps();
  const int largest = largest_step_;
  for (int grade = 0; grade <= tile.device.variation().stuck_grade(); ++grade) {
    known_.resize(known_.size() + index(2 * largest + 1), kNotKnown);
    known_[index(grade * (2 * largest + 1) + largest)] = 0;
  }
  for (int step = -largest; step <= largest; ++step) {
    track_.push_back(step == 0 ? 0.0 : in_si(tile.driver.track_energy(step)));
    headroom_.push_back(step == 0 ? 0.0 : in_si(tile.driver.headroom_energy(step)));
  }
  for (auto* const cells : {cells_.get(), left_.get()}) {
    cells->scale.fill(1.0);
    cells->block.fill(largest);
  }
  for (int lane = 0; lane < kMostColumns; ++lane) cells_->lane[index(lane)] = lane;
  for (int lane = 0; lane < columns; ++lane) {
    cells_->offset[index(lane)] = in_si(tile.comparators[index(first_column + lane)].offset());
  }
}

void RowWriter::write(std::uint32_t row, Side side, const std::int16_t* targets,
                      const RowResults& results, std::vector<WriteRound>& rounds) {
  row_ = tile_.array.row(row, side, first_column_);
  targets_ = targets + first_column_;
  results_ = {results.flagged + first_column_, results.pulses + first_column_,
              results.attempts + first_column_};
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

void RowWriter::write_portable() { write_row<VectorUnit::none>(); }
DWMTJ_AVX2 void RowWriter::write_avx2() { write_row<VectorUnit::avx2>(); }
DWMTJ_AVX512 void RowWriter::write_avx512() { write_row<VectorUnit::avx512>(); }

template <VectorUnit Unit>
void RowWriter::write_row() {
  constexpr std::size_t kChunk = Unit == VectorUnit::avx512 ? 16 : 64;
  load<Unit>();
  Cells* cells = cells_.get();
  int lanes = columns_;
  for (;;) {
    WriteRound round;
    verify(*cells, padded(lanes), round);
    const int open = choose_pulses(*cells, padded(lanes));
    if (cells == left_.get()) {
      put_away_finished(lanes, open);
      lanes = open;
    } else if (open <= columns_ / 2) {
      pack();
      cells = left_.get();
      lanes = open;
    }
    if (open > 0) {
      const std::size_t end = padded(lanes);
      find_steps(*cells, end);
      count_pulses(*cells, end, round);
      look_up_limits(*cells, end);
      std::size_t first = 0;
      for (; first + 64 <= end; first += 64) pulse<Unit, 64>(*cells, first);
      for (; first < end; first += kChunk) pulse<Unit, kChunk>(*cells, first);
    }
    rounds_->push_back(round);
    if (open == 0) break;
  }
  store();
}

template <VectorUnit Unit>
void RowWriter::load() {
  auto& cells = *cells_;
  const auto count = index(columns_);
  alignas(64) Lanes<std::int32_t> target;
  for (std::size_t i = 0; i < count; ++i) target[i] = targets_[i] == kSkip ? 0 : targets_[i] + 1;
  copy(row_.conductances, count, cells.conductance.data());
  copy(row_.devices.sites, count, cells.site.data());
  copy(row_.devices.draws, count, cells.draws.data());
  copy(row_.devices.arrivals, count, cells.arrival.data());
  look_up(lower_.data(), target.data(), count, cells.lower.data());
  look_up(upper_.data(), target.data(), count, cells.upper.data());
  look_up(first_code_.data(), target.data(), count, cells.first_code.data());
  cells.code = cells.first_code;
  cells.direction = cells.pulses = cells.decisions = cells.flagged = {};
  for (std::size_t i = 0; i < count; ++i) cells.attempts[i] = target[i] > 0 ? 1 : 0;
  if (!all_alike()) load_traits();
  read_new_conductances<Unit>();
}

void RowWriter::load_traits() {
  auto& cells = *cells_;
  const int largest = largest_step_;
  for (std::size_t i = 0; i < index(columns_); ++i) {
    cells.block[i] = row_.devices.grades[i] * (2 * largest + 1) + largest;
    cells.scale[i] = row_.devices.scales != nullptr ? row_.devices.scales[i] : 1.0;
  }
}

// Of devices that have moved, or were saturated, since they were last read.
template <VectorUnit Unit>
void RowWriter::read_new_conductances() {
  constexpr std::size_t kMany = 64;
  auto& cells = *cells_;
  for (std::size_t first = 0; first < index(columns_); first += kMany) {
    int unknown = 0;
    for (std::size_t i = first; i < first + kMany; ++i) unknown += cells.conductance[i] == 0.0;
    if (unknown == 0) continue;
    PhiloxLanes<kMany> draws;
    run<Unit>(draws, row_.devices.first_index, &cells.lane[first], &cells.arrival[first],
              row_.devices.seed);
    alignas(64) std::array<double, kMany> mean, spread;
    look_up_few<Unit>(mean_, &cells.site[first], mean);
    look_up_few<Unit>(spread_, &cells.site[first], spread);
    alignas(64) std::array<double, kMany> conductance;
    draw_conductances(mean, spread, draws, &cells.scale[first], conductance);
    copy(conductance.data(), kMany, &cells.conductance[first]);
  }
}

// ReadoutLaw::conductance() of many arrivals, times what makes each device differ.
template <std::size_t Count>
void RowWriter::draw_conductances(const std::array<double, Count>& mean,
                                  const std::array<double, Count>& spread,
                                  const PhiloxLanes<Count>& draws, const double* scale,
                                  std::array<double, Count>& conductance) const {
  for (std::size_t i = 0; i < Count; ++i) {
    conductance[i] = mean[i] + spread[i] * normal(draws.word[2][i], draws.word[3][i]);
  }
  if (!tile_.device.readout().draws_conductance()) {
    for (std::size_t i = 0; i < Count; ++i) conductance[i] = 1.0 / conductance[i];
  }
  if (!all_alike()) {
    for (std::size_t i = 0; i < Count; ++i) conductance[i] *= scale[i];
  }
  for (std::size_t i = 0; i < Count; ++i) conductance[i] = on_grid(conductance[i]);
}

void RowWriter::store() {
  const auto& cells = *cells_;
  const auto count = index(columns_);
  copy(cells.conductance.data(), count, row_.conductances);
  copy(cells.site.data(), count, row_.devices.sites);
  copy(cells.draws.data(), count, row_.devices.draws);
  copy(cells.arrival.data(), count, row_.devices.arrivals);
  copy(cells.flagged.data(), count, results_.flagged);
  copy(cells.pulses.data(), count, results_.pulses);
  copy(cells.attempts.data(), count, results_.attempts);
  for (int lane = 0; lane < columns_; ++lane) {
    tile_.comparators[index(first_column_ + lane)].add_clear_decisions(
        cells.decisions[index(lane)]);
  }
}

// Without branches, in integers: so it becomes vector code.
void RowWriter::verify(Cells& cells, std::size_t end, WriteRound& round) {
  alignas(64) Lanes<double> reached_devices, passed_devices, passed_references;
  const double voltage = in_si(tile_.parameters.read.voltage);
  const double load = in_si(tile_.parameters.read.load);
  const double clear = clear_ + load * (voltage * noise_.constant);
  const double clear_slope = load * (voltage * noise_.slope);
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
    const double unclear_within = clear + clear_slope * conductance;
    const int lower_is_clear = !asks | (std::abs(over_lower) > unclear_within);
    const int upper_is_clear = !asks_more | (std::abs(over_upper) > unclear_within);
    const int is_clear = lower_is_clear & upper_is_clear;
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
  for (std::size_t i = 0; unclear > 0; ++i) {
    if (cells.found[i] != kUnclear) continue;
    decide(cells, i, round);
    --unclear;
  }
}

// A comparison that needs its draw; that with the lower reference is in the round's sums already.
void RowWriter::decide(Cells& cells, std::size_t i, WriteRound& round) {
  auto& comparator = tile_.comparators[index(first_column_ + cells.lane[i])];
  auto& before = cells_->decisions[index(cells.lane[i])];
  comparator.add_clear_decisions(before);
  before = 0;
  if (&cells != cells_.get()) comparator.add_clear_decisions(cells.decisions[i]);
  cells.decisions[i] = 0;
  const auto noise = tile_.noise.drawn(first_column_ + cells.lane[i], comparator.decisions(),
                                       ReadNoise::one(cells.conductance[i]));
  const auto above = [&](double reference, Picoseconds& slowest) {
    const auto difference = from_si<Conductance>(cells.conductance[i] - reference);
    const auto& read = tile_.parameters.read;
    const auto decision =
        comparator.decide_within(read.load * (read.voltage * (difference + noise)), period_);
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

int RowWriter::choose_pulses(Cells& cells, std::size_t end) {
  return tile_.parameters.verify.strategy == VerifyStrategy::step_and_reset
             ? choose_pulses<VerifyStrategy::step_and_reset>(cells, end)
             : choose_pulses<VerifyStrategy::nudge>(cells, end);
}

// Returns how many cells are open.
template <VerifyStrategy Strategy>
int RowWriter::choose_pulses(Cells& cells, std::size_t end) {
  const VerifyRule rule = tile_.parameters.verify;
  int open = 0;
  for (std::size_t i = 0; i < end; ++i) {
    VerifyState cell{cells.code[i], cells.direction[i], cells.pulses[i], cells.attempts[i]};
    const auto found = static_cast<Found>(cells.found[i]);
    if (Strategy == VerifyStrategy::step_and_reset) {
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
  for (std::size_t i = 0; i < end; ++i) {
    const int finished = cells.pulse[i] == 0;
    const int elsewhere = cells.found[i] != static_cast<std::int32_t>(Found::at_level);
    cells.flagged[i] += finished & elsewhere;
    open += 1 - finished;
    cells.lower[i] = cells.pulse[i] != 0 ? cells.lower[i] : 0.0;
    cells.upper[i] = cells.pulse[i] != 0 ? cells.upper[i] : 0.0;
  }
  return open;
}

namespace {

// Calls `take` with each array of the cells `from` and its fellow of `to`.
template <typename Cells, typename Take>
void for_what_changes(Cells& from, Cells& to, const Take& take) {
  take(from.conductance, to.conductance);
  take(from.site, to.site);
  take(from.pulses, to.pulses);
  take(from.attempts, to.attempts);
  take(from.flagged, to.flagged);
  take(from.draws, to.draws);
  take(from.arrival, to.arrival);
}
template <typename Cells, typename Take>
void for_all(Cells& from, Cells& to, const Take& take) {
  for_what_changes(from, to, take);
  take(from.lower, to.lower);
  take(from.upper, to.upper);
  take(from.offset, to.offset);
  take(from.scale, to.scale);
  take(from.block, to.block);
  take(from.lane, to.lane);
  take(from.first_code, to.first_code);
  take(from.code, to.code);
  take(from.direction, to.direction);
  take(from.pulse, to.pulse);
}

}  // namespace

// The open cells of the row, side by side.
void RowWriter::pack() {
  std::size_t open = 0;
  for (std::size_t i = 0; i < index(columns_); ++i) {
    if (cells_->pulse[i] == 0) continue;
    for_all(*cells_, *left_, [&](const auto& from, auto& to) { to[open] = from[i]; });
    left_->decisions[open] = 0;
    ++open;
  }
}

// Back to their lanes in the row; the last open cell takes the place of one that has finished.
void RowWriter::put_away_finished(int last, int open) {
  auto& left = *left_;
  for (std::size_t i = 0; last > open;) {
    if (left.pulse[i] != 0) {
      ++i;
      continue;
    }
    const auto lane = index(left.lane[i]);
    for_what_changes(left, *cells_, [&](const auto& from, auto& to) { to[lane] = from[i]; });
    cells_->decisions[lane] += left.decisions[i];
    const auto end = index(--last);
    for_all(left, left, [&](const auto& from, auto& to) { to[i] = from[end]; });
    left.decisions[i] = left.decisions[end];
    left.lower[end] = left.upper[end] = 0.0;
    left.pulse[end] = 0;
  }
}

// Lanes that fill up the last vector ask for none.
void RowWriter::fill_steps() {
  largest_step_ = tile_.parameters.largest_code();
  if (!tile_.parameters.driver.mismatch.any()) return;
  steps_.assign(padded(columns_) * index(largest_step_ + 1), 0);
  auto* step = steps_.data();
  const int largest = largest_step_;
  for (int lane = 0; lane < columns_; ++lane, step += largest + 1) {
    const auto& driver = tile_.drivers[index(first_column_ + lane)];
    for (int code = 0; code <= largest; ++code) {
      step[code] = driver.step(code);
      largest_step_ = std::max(largest_step_, step[code]);
    }
  }
}

void RowWriter::find_steps(Cells& cells, std::size_t end) const {
  if (steps_.empty()) return copy(cells.pulse.data(), end, cells.step.data());
  const std::int32_t stride = tile_.parameters.largest_code() + 1;
  alignas(64) Lanes<std::int32_t> entry;
  for (std::size_t i = 0; i < end; ++i) {
    entry[i] = cells.lane[i] * stride + std::abs(cells.pulse[i]);
  }
  look_up(steps_.data(), entry.data(), end, cells.step.data());
  for (std::size_t i = 0; i < end; ++i) {
    cells.step[i] = cells.pulse[i] < 0 ? -cells.step[i] : cells.step[i];
  }
}

void RowWriter::count_pulses(const Cells& cells, std::size_t end, WriteRound& round) {
  alignas(64) Lanes<std::int32_t> step;
  alignas(64) Lanes<double> track, headroom, forward_track, forward_headroom;
  const std::int32_t zero = largest_step_;
  int forward = 0, reverse = 0;
  for (std::size_t i = 0; i < end; ++i) {
    step[i] = zero + cells.step[i];
    forward += cells.pulse[i] > 0;
    reverse += cells.pulse[i] < 0;
  }
  look_up(track_.data(), step.data(), end, track.data());
  look_up(headroom_.data(), step.data(), end, headroom.data());
  for (std::size_t i = 0; i < end; ++i) {
    const int is_forward = cells.pulse[i] > 0;
    forward_track[i] = is_forward != 0 ? track[i] : 0.0;
    forward_headroom[i] = is_forward != 0 ? headroom[i] : 0.0;
    track[i] = is_forward != 0 ? 0.0 : track[i];
    headroom[i] = is_forward != 0 ? 0.0 : headroom[i];
  }
  round.forward = {forward, sum(forward_track, end), sum(forward_headroom, end)};
  round.reverse = {reverse, sum(track, end), sum(headroom, end)};
}

// A table costs more than programming a row, so steps that are not used get none.
void RowWriter::look_up_limits(const Cells& cells, std::size_t end) {
  const std::int32_t* const known = known_.data();
  int unknown = 0;
  for (std::size_t i = 0; i < end; ++i)
    unknown += known[cells.block[i] + cells.step[i]] == kNotKnown;
  if (unknown > 0) fill_limits(cells, end);
}

void RowWriter::fill_limits(const Cells& cells, std::size_t end) {
  for (std::size_t i = 0; i < end; ++i) {
    auto& known = known_[index(cells.block[i] + cells.step[i])];
    if (known == kNotKnown) fill_limits(cells.block[i], cells.step[i], known);
  }
}

// Rows are filled up with limits that no draw lies beyond.
void RowWriter::fill_limits(int block, int step, std::int32_t& known) {
  const int sites = tile_.device.sites();
  const int grade = block / (2 * largest_step_ + 1);
  std::vector<std::int32_t> rows;
  append_limits(tile_.device, tile_.device.tables(tile_.driver.pulse(step)), grade, rows);
  known = static_cast<std::int32_t>(limits_.size());
  limits_.resize(limits_.size() + index(sites << depth_), std::numeric_limits<std::int32_t>::max());
  for (int from = 0; from < sites; ++from) {
    copy(&rows[index(from * (sites - 1))], index(sites - 1),
         &limits_[index(known + (from << depth_))]);
  }
}

template <VectorUnit Unit, std::size_t Count>
void RowWriter::pulse(Cells& cells, std::size_t first) {
  PhiloxLanes<Count> draws;
  run<Unit>(draws, row_.devices.first_index, &cells.lane[first], &cells.draws[first],
            row_.devices.seed);
  alignas(64) std::array<std::int32_t, Count> entry, row, limit, to{};
  alignas(64) std::array<double, Count> mean, spread;
  for (std::size_t j = 0; j < Count; ++j) entry[j] = cells.block[first + j] + cells.step[first + j];
  look_up(known_.data(), entry.data(), Count, row.data());
  for (std::size_t j = 0; j < Count; ++j) row[j] += cells.site[first + j] << depth_;
  for (std::int32_t half = 1 << depth_ >> 1; half > 0; half >>= 1) {
    for (std::size_t j = 0; j < Count; ++j) entry[j] = row[j] + to[j] + half - 1;
    look_up(limits_.data(), entry.data(), Count, limit.data());
    for (std::size_t j = 0; j < Count; ++j) {
      const int beyond = static_cast<std::int32_t>(draws.word[0][j] >> 1U) > limit[j];
      to[j] += half & -beyond;
    }
  }
  look_up_few<Unit>(mean_, to.data(), mean);
  look_up_few<Unit>(spread_, to.data(), spread);
  alignas(64) std::array<double, Count> conductance;
  draw_conductances(mean, spread, draws, &cells.scale[first], conductance);
  for (std::size_t j = 0; j < Count; ++j) {
    const std::size_t i = first + j;
    const int pulsed = cells.pulse[i] != 0;
    const int moved = pulsed & (to[j] != cells.site[i]);
    cells.conductance[i] = moved != 0 ? conductance[j] : cells.conductance[i];
    cells.arrival[i] = moved != 0 ? cells.draws[i] : cells.arrival[i];
    cells.site[i] = moved != 0 ? to[j] : cells.site[i];
    cells.draws[i] += pulsed != 0 ? 1U : 0U;
  }
}

}  // namespace dwmtj

// NOLINTEND(bugprone-implicit-widening-of-multiplication-result)
// NOLINTEND(cppcoreguidelines-pro-type-member-init, cppcoreguidelines-slicing)
// NOLINTEND(readability-implicit-bool-conversion)
