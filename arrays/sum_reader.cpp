// SPDX-License-Identifier: Apache-2.0
#include "arrays/sum_reader.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "arrays/philox_lanes.h"
#include "common/index.h"
#include "tile/sum_search.h"

namespace dwmtj {

// Up to 64 columns, a lane each. Successive approximation by magnitude: `kept` holds the sources
// that a search has kept. Above balance it keeps one where the comparator says above, else where it
// says below; so a reference of either sign is added up from its largest source on, as in
// SumReference.
struct SumLanes {
  static constexpr std::size_t kCount = 64;
  using Doubles = std::array<double, kCount>;
  using Flags = std::array<std::int64_t, kCount>;

  alignas(64) Doubles offset;      // V, of comparators
  alignas(64) Doubles difference;  // S, noise included
  alignas(64) Doubles shown;       // V
  alignas(64) Doubles kept;        // A
  alignas(64) Doubles squares;     // S^2, for the noise
  alignas(64) Doubles all;         // S, likewise
  alignas(64) Flags positive;
  alignas(64) Flags above;
  alignas(64) Flags unclear;
  alignas(64) Flags code;
  PhiloxLanes<kCount> draws;
  std::vector<Doubles> sources;       // A, by bit
  std::array<int, kCount> counted{};  // decisions of the reading that comparators know of
  std::size_t first = 0;              // column
  std::size_t columns = 0;
};

namespace {

// A lane that no column has: clear, whatever else it is.
constexpr double kNoColumn = 1e6;  // V, of offset
const SumLanes::Doubles kNoSources{};

// Of comparators: shown the supply, and too close to balance to be told without a draw.
struct Counts {
  std::int64_t clipped = 0;
  std::int64_t unclear = 0;
};

struct Comparison {
  double voltage;
  double load;
  double supply;
  double clear;
  const SumLanes::Doubles& sources;  // added to what was kept
};

template <VectorUnit Unit>
DWMTJ_INLINE void draw_lanes(PhiloxLanes<SumLanes::kCount>& draws, std::uint64_t seed) {
#if defined(__x86_64__)
  if constexpr (Unit == VectorUnit::avx512) return draws.run_avx512(seed);
#endif
  draws.run(seed);
}

template <VectorUnit Unit>
DWMTJ_INLINE void add_noise(SumLanes& lanes, const ReadNoise::Law& law) {
  draw_lanes<Unit>(lanes.draws, law.seed);
  for (std::size_t i = 0; i < SumLanes::kCount; ++i) {
    lanes.difference[i] += law.deviation(lanes.squares[i], lanes.all[i]) *
                           normal(lanes.draws.word[0][i], lanes.draws.word[1][i]);
  }
}

DWMTJ_INLINE Counts compare(SumLanes& lanes, const Comparison& with) {
  Counts counts;
  for (std::size_t i = 0; i < SumLanes::kCount; ++i) {
    const double magnitude = lanes.kept[i] + with.sources[i];
    const double reference = lanes.positive[i] != 0 ? magnitude : -magnitude;
    const double wanted = with.load * (with.voltage * lanes.difference[i] - reference);
    const double at_most = wanted > with.supply ? with.supply : wanted;
    const double shown = at_most < -with.supply ? -with.supply : at_most;
    const double seen = shown + lanes.offset[i];
    lanes.shown[i] = shown;
    lanes.above[i] = seen > 0.0 ? 1 : 0;
    lanes.unclear[i] = std::abs(seen) > with.clear ? 0 : 1;
    counts.clipped += shown == wanted ? 0 : 1;
    counts.unclear += lanes.unclear[i];
  }
  return counts;
}

DWMTJ_INLINE void keep(SumLanes& lanes, const SumLanes::Doubles& sources, std::int64_t worth) {
  for (std::size_t i = 0; i < SumLanes::kCount; ++i) {
    lanes.kept[i] += lanes.above[i] == lanes.positive[i] ? sources[i] : 0.0;
    lanes.code[i] += lanes.above[i] != 0 ? worth : 0;
  }
}

void add_noise_portable(SumLanes& lanes, const ReadNoise::Law& law) {
  add_noise<VectorUnit::none>(lanes, law);
}
Counts compare_portable(SumLanes& lanes, const Comparison& with) { return compare(lanes, with); }
void keep_portable(SumLanes& lanes, const SumLanes::Doubles& sources, std::int64_t worth) {
  keep(lanes, sources, worth);
}
DWMTJ_AVX2 void add_noise_avx2(SumLanes& lanes, const ReadNoise::Law& law) {
  add_noise<VectorUnit::avx2>(lanes, law);
}
DWMTJ_AVX2 Counts compare_avx2(SumLanes& lanes, const Comparison& with) {
  return compare(lanes, with);
}
DWMTJ_AVX2 void keep_avx2(SumLanes& lanes, const SumLanes::Doubles& sources, std::int64_t worth) {
  keep(lanes, sources, worth);
}
DWMTJ_AVX512 void add_noise_avx512(SumLanes& lanes, const ReadNoise::Law& law) {
  add_noise<VectorUnit::avx512>(lanes, law);
}
DWMTJ_AVX512 Counts compare_avx512(SumLanes& lanes, const Comparison& with) {
  return compare(lanes, with);
}
DWMTJ_AVX512 void keep_avx512(SumLanes& lanes, const SumLanes::Doubles& sources,
                              std::int64_t worth) {
  keep(lanes, sources, worth);
}

struct Kernels {
  void (*add_noise)(SumLanes&, const ReadNoise::Law&);
  Counts (*compare)(SumLanes&, const Comparison&);
  void (*keep)(SumLanes&, const SumLanes::Doubles&, std::int64_t);
};

const Kernels& kernels_of(VectorUnit unit) {
  static const Kernels kPortable{add_noise_portable, compare_portable, keep_portable};
  static const Kernels kAvx2{add_noise_avx2, compare_avx2, keep_avx2};
  static const Kernels kAvx512{add_noise_avx512, compare_avx512, keep_avx512};
  if (unit == VectorUnit::avx512) return kAvx512;
  return unit == VectorUnit::avx2 ? kAvx2 : kPortable;
}

SumLanes lanes_of(const SumReader::Tile& tile, std::size_t first, std::size_t columns) {
  SumLanes lanes{};
  lanes.first = first;
  lanes.columns = columns;
  lanes.offset.fill(kNoColumn);
  lanes.sources.resize(index(std::max(tile.parameters.sum_reference.bits, 1)), kNoSources);
  for (std::size_t i = 0; i < columns; ++i) {
    lanes.offset[i] = in_si(tile.comparators[first + i].offset());
    const auto& sources = tile.readout.reference(static_cast<int>(first + i)).sources();
    for (std::size_t bit = 0; bit < sources.size(); ++bit) lanes.sources[bit][i] = sources[bit];
  }
  return lanes;
}

}  // namespace

SumReader::SumReader(const Tile& tile, VectorUnit unit)
    : tile_(tile),
      unit_(unit),
      limit_(tile.parameters.period()),
      clear_(in_si(tile.comparators.front().clear_beyond(limit_))) {
  const auto columns = tile.comparators.size();
  for (std::size_t first = 0; first < columns; first += SumLanes::kCount) {
    lanes_.push_back(lanes_of(tile, first, std::min(SumLanes::kCount, columns - first)));
  }
}

SumReader::~SumReader() = default;

void SumReader::begin(const PairArray::ColumnSums& sums, int bits) {
  bits_ = bits;
  decided_ = 0;
  const auto& law = tile_.noise.law();
  for (auto& lanes : lanes_) {
    lanes.code.fill(-(std::int64_t{1} << (bits - 1)));
    lanes.kept.fill(0.0);
    lanes.positive.fill(1);
    lanes.counted.fill(0);
    for (std::size_t i = 0; i < lanes.columns; ++i) {
      const auto column = lanes.first + i;
      lanes.difference[i] = sums.difference[column];
      lanes.squares[i] = sums.squares[column];
      lanes.all[i] = sums.all[column];
      const auto instance = law.first_instance + column;
      lanes.draws.word[0][i] = static_cast<std::uint32_t>(instance);
      lanes.draws.word[1][i] = static_cast<std::uint32_t>(instance >> 32U);
      lanes.draws.word[2][i] = tile_.comparators[column].decisions();
      lanes.draws.word[3][i] = static_cast<std::uint32_t>(Stream::read_noise);
    }
    if (!law.silent()) kernels_of(unit_).add_noise(lanes, law);
  }
}

SumReader::Decisions SumReader::decide() {
  const auto& parameters = tile_.parameters;
  const int step = bits_ - 1 - decided_;  // the bit of the code that this is about
  const auto& kernels = kernels_of(unit_);
  Decisions made;
  for (auto& lanes : lanes_) {
    const auto& sources = decided_ == 0
                              ? kNoSources
                              : lanes.sources[index(step + parameters.sum_reference.bits - bits_)];
    const Comparison with{in_si(parameters.read.voltage), in_si(parameters.read.load),
                          in_si(parameters.driver.supply), clear_, sources};
    const auto counts = kernels.compare(lanes, with);
    made.clipped += static_cast<std::uint64_t>(counts.clipped);
    if (counts.unclear > 0) decide_unclear(lanes, made);
    if (decided_ == 0) lanes.positive = lanes.above;
    kernels.keep(lanes, sources, std::int64_t{1} << step);
  }
  ++decided_;
  return made;
}

// By the comparators themselves, each of which draws by the number of its decision.
void SumReader::decide_unclear(SumLanes& lanes, Decisions& made) {
  for (std::size_t i = 0; i < lanes.columns; ++i) {
    if (lanes.unclear[i] == 0) continue;
    auto& comparator = tile_.comparators[lanes.first + i];
    comparator.add_clear_decisions(decided_ - lanes.counted[i]);
    lanes.counted[i] = decided_ + 1;
    const auto decision = comparator.decide_within(from_si<Voltage>(lanes.shown[i]), limit_);
    lanes.above[i] = decision.above ? 1 : 0;
    made.slowest = std::max(made.slowest, decision.delay);
  }
}

void SumReader::finish(std::vector<std::int16_t>& codes) {
  codes.clear();
  for (auto& lanes : lanes_) {
    for (std::size_t i = 0; i < lanes.columns; ++i) {
      tile_.comparators[lanes.first + i].add_clear_decisions(bits_ - lanes.counted[i]);
      codes.push_back(result_of(static_cast<std::int16_t>(lanes.code[i]), bits_));
    }
  }
}

}  // namespace dwmtj
