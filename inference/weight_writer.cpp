// SPDX-License-Identifier: Apache-2.0
#include "inference/weight_writer.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <tbb/parallel_for.h>

#include "arrays/bulk_tile.h"
#include "common/index.h"
#include "common/interrupt.h"
#include "common/random_stream.h"

namespace dwmtj {
namespace {

constexpr std::int64_t kStretch = 1 << 16;  // pairs a thread takes at once

// The two levels of a pair, or the conductances they stand for.
struct Wanted {
  double plus;
  double minus;
};

Wanted wanted_of(const LevelSet& levels, const MappedWeights& weights, std::size_t i) {
  const double share = weights.share(levels, i);
  const double other = levels.least;
  const double written = levels.least + std::abs(share) * levels.range();
  return share < 0 ? Wanted{other, written} : Wanted{written, other};
}

// Calls pair(i, statistics) for all pairs, in parallel, and adds the statistics up in order.
template <typename Pair>
void each_pair(std::int64_t pairs, WritingRecord& statistics, const Pair& pair) {
  const auto stretches = (pairs + kStretch - 1) / kStretch;
  std::vector<WritingRecord> parts(index(stretches));
  tbb::parallel_for(std::int64_t{0}, stretches, [&](std::int64_t s) {
    const auto end = std::min(pairs, (s + 1) * kStretch);
    for (std::int64_t i = s * kStretch; i < end; ++i) pair(index(i), parts[index(s)]);
  });
  for (const auto& part : parts) statistics.add(part);
}

class IdealWriter : public WeightWriter {
 public:
  explicit IdealWriter(const LevelSet& levels) : levels_(levels) {}

  PairConductances write(const LayerToWrite& what, int, WritingRecord& statistics) const override {
    const auto pairs = what.layer.weights.count();
    PairConductances result{std::vector<float>(index(pairs)), std::vector<float>(index(pairs))};
    each_pair(pairs, statistics, [&](std::size_t i, WritingRecord& part) {
      const auto wanted = wanted_of(levels_, what.weights, i);
      result.plus[i] = static_cast<float>(wanted.plus);
      result.minus[i] = static_cast<float>(wanted.minus);
      part.add_device(levels_, wanted.plus, wanted.plus);
      part.add_device(levels_, wanted.minus, wanted.minus);
    });
    return result;
  }

 private:
  LevelSet levels_;
};

class OneShotWriter : public WeightWriter {
 public:
  OneShotWriter(const LevelSet& levels, double scale, std::uint64_t seed)
      : levels_(levels), scale_(scale), seed_(seed) {}

  PairConductances write(const LayerToWrite& what, int programming,
                         WritingRecord& statistics) const override {
    const auto pairs = what.layer.weights.count();
    PairConductances result{std::vector<float>(index(pairs)), std::vector<float>(index(pairs))};
    each_pair(pairs, statistics, [&](std::size_t i, WritingRecord& part) {
      const auto wanted = wanted_of(levels_, what.weights, i);
      const auto words = draw(seed_, Stream::programming_error, what.first_pair + i,
                              static_cast<std::uint32_t>(programming))
                             .words;
      const int level = what.weights.levels.empty() ? 0 : what.weights.levels[i];
      const double plus = off(wanted.plus, std::max(level, 0), normal(words[0], words[1]));
      const double minus = off(wanted.minus, std::max(-level, 0), normal(words[2], words[3]));
      result.plus[i] = static_cast<float>(plus);
      result.minus[i] = static_cast<float>(minus);
      part.add_device(levels_, plus, wanted.plus);
      part.add_device(levels_, minus, wanted.minus);
    });
    return result;
  }

 private:
  [[nodiscard]] double off(double wanted, int level, double normal) const {
    return std::max(0.0, wanted + scale_ * levels_.error_of(level) * normal);
  }

  LevelSet levels_;
  double scale_;
  std::uint64_t seed_;
};

class PulseWriter : public WeightWriter {
 public:
  PulseWriter(const LevelSet& levels, const TileParameters& tile, const DeviceModel& device,
              std::uint64_t seed)
      : levels_(levels), tile_(tile), device_(device), seed_(seed) {}

  PairConductances write(const LayerToWrite& what, int programming,
                         WritingRecord& statistics) const override {
    const auto pairs = what.layer.weights.count();
    PairConductances result{std::vector<float>(index(pairs)), std::vector<float>(index(pairs))};
    std::vector<WritingRecord> parts(index(what.tiling.arrays()));
    tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t i) {
      if (!interrupted())
        parts[i] = write_block(what, i, seed_of_programming(seed_, programming), result);
    });
    for (const auto& part : parts) statistics.add(part);
    return result;
  }

 private:
  // Calls cell(weight, row, column) for those of the block.
  template <typename Cell>
  static void each_cell(const Tiling& tiling, const Block& block, const Cell& cell) {
    for (std::int64_t g = 0; g < block.groups; ++g) {
      for (std::int64_t c = 0; c < block.columns; ++c) {
        const auto output = (block.first_group + g) * tiling.columns + block.first_column + c;
        for (std::int64_t r = 0; r < block.rows; ++r) {
          cell(index(output * tiling.rows + block.first_row + r), g * block.rows + r,
               g * block.columns + c);
        }
      }
    }
  }

  WritingRecord write_block(const LayerToWrite& what, std::size_t number, std::uint64_t seed,
                            PairConductances& result) const;

  const LevelSet levels_;
  const TileParameters& tile_;
  const DeviceModel& device_;
  std::uint64_t seed_;
};

WritingRecord PulseWriter::write_block(const LayerToWrite& what, std::size_t number,
                                       std::uint64_t seed, PairConductances& result) const {
  const auto block = what.tiling.block(static_cast<std::int64_t>(number));
  BulkTileOptions options;
  options.shape = {static_cast<int>(block.groups * block.rows),
                   static_cast<int>(block.groups * block.columns)};
  options.seed = seed;
  // An array has room for so many; its devices and comparators are numbered through.
  constexpr std::uint64_t kDevices = std::uint64_t{1} << 32U;
  constexpr std::uint64_t kComparators = std::uint64_t{1} << 16U;
  options.first_device = (what.first_array + number) * kDevices;
  options.first_comparator = (what.first_array + number) * kComparators;
  Ledger ledger;
  BulkTile tile("array", tile_, device_, ledger, options);
  const auto& array = tile.array();
  std::vector<std::int16_t> wanted(array.devices().size(), kSkip);
  const auto device = [&](std::int64_t row, Side side, std::int64_t column) {
    return array.index(static_cast<std::uint32_t>(row), side, static_cast<int>(column));
  };
  each_cell(what.tiling, block, [&](std::size_t weight, std::int64_t row, std::int64_t column) {
    const int level = what.weights.levels[weight];
    const auto on_device = [&](int l) {
      return static_cast<std::int16_t>(levels_.device_level(l));
    };
    wanted[device(row, Side::plus, column)] = on_device(std::max(level, 0));
    wanted[device(row, Side::minus, column)] = on_device(std::max(-level, 0));
  });
  const auto written = tile.program_array(wanted);
  ledger.set_on_time(tile.now());

  WritingRecord record;
  record.joules = in_si(ledger.total());
  record.seconds = in_si(to_time(tile.now()));
  for (const auto& level : write_statistics(tile, wanted, written)) record.writes.add(level);
  const auto take = [&](std::int64_t row, Side side, std::int64_t column) {
    const double conductance = in_si(array.conductance(device(row, side, column)));
    record.add_to_histogram(levels_, conductance);
    return static_cast<float>(conductance);
  };
  each_cell(what.tiling, block, [&](std::size_t weight, std::int64_t row, std::int64_t column) {
    result.plus[weight] = take(row, Side::plus, column);
    result.minus[weight] = take(row, Side::minus, column);
  });
  return record;
}

}  // namespace

void WritingRecord::add(const WritingRecord& other) {
  writes.add(other.writes);
  joules += other.joules;
  seconds = std::max(seconds, other.seconds);
  if (other.histogram.empty()) return;
  histogram.resize(kHistogramBins, 0);
  for (std::size_t i = 0; i < histogram.size(); ++i) histogram[i] += other.histogram[i];
}

void WritingRecord::add_device(const LevelSet& levels, double written, double wanted) {
  writes.add({1, 0, 1, 0, 0, (written - wanted) * (written - wanted)});
  add_to_histogram(levels, written);
}

void WritingRecord::add_to_histogram(const LevelSet& levels, double written) {
  histogram.resize(kHistogramBins, 0);
  const double share = (written - levels.least) / levels.range();
  const double bin = (share + kHistogramMargin) / (1 + 2 * kHistogramMargin) * kHistogramBins;
  ++histogram[static_cast<std::size_t>(std::clamp(bin, 0.0, kHistogramBins - 1.0))];
}

std::uint64_t seed_of_programming(std::uint64_t seed, int programming) {
  if (programming == 0) return seed;
  const auto words =
      draw(seed, Stream::programming, 0, static_cast<std::uint32_t>(programming)).words;
  return std::uint64_t{words[0]} << 32U | words[1];
}

double histogram_bin(const LevelSet& levels, int bin) {
  const double share = (bin + 0.5) / kHistogramBins * (1 + 2 * kHistogramMargin) - kHistogramMargin;
  return levels.least + share * levels.range();
}

std::unique_ptr<WeightWriter> ideal_writer(const LevelSet& levels) {
  return std::make_unique<IdealWriter>(levels);
}

std::unique_ptr<WeightWriter> one_shot_writer(const LevelSet& levels, double scale,
                                              std::uint64_t seed) {
  return std::make_unique<OneShotWriter>(levels, scale, seed);
}

std::unique_ptr<WeightWriter> pulse_writer(const LevelSet& levels, const TileParameters& tile,
                                           const DeviceModel& device, std::uint64_t seed) {
  return std::make_unique<PulseWriter>(levels, tile, device, seed);
}

}  // namespace dwmtj
