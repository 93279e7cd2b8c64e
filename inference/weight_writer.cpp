// SPDX-License-Identifier: Apache-2.0
#include "inference/weight_writer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "arrays/bulk_tile.h"
#include "common/index.h"
#include "common/interrupt.h"
#include "common/parallel_for.h"
#include "common/random_stream.h"
#include "inference/block_cells.h"

namespace dwmtj {
namespace {

constexpr std::int64_t kStretch = 1 << 16;  // pairs a thread takes at once

// What a device is to be.
struct Wanted {
  int level;           // of the set; 0 where it is continuous
  double conductance;  // S
};

Wanted wanted_of(const LevelSet& levels, const MappedWeights& weights, std::size_t i, Side side) {
  const double share = weights.share(levels, i);
  if ((share < 0) != (side == Side::minus)) return {0, levels.least};
  const int level = weights.levels.empty() ? 0 : std::abs(weights.levels[i]);
  return {level, levels.least + std::abs(share) * levels.range()};
}

// Writes without pulses: a level, its error if there is one, and what happens to devices besides.
class LevelWriter : public WeightWriter {
 public:
  LevelWriter(LevelSet levels, DeviceHistory history, double scale, std::uint64_t seed)
      : levels_(std::move(levels)), history_(std::move(history)), scale_(scale), seed_(seed) {}

  PairConductances write(const LayerToWrite& what, int programming,
                         WritingRecord& record) const override {
    const auto pairs = what.pairs();
    const auto stretches = (pairs + kStretch - 1) / kStretch;
    std::vector<WritingRecord> parts(index(stretches));
    PairConductances result{std::vector<float>(index(pairs)), std::vector<float>(index(pairs))};
    parallel_for(stretches, [&](std::int64_t s) {
      if (interrupted()) return;
      const auto end = std::min(pairs, (s + 1) * kStretch);
      for (auto i = index(s * kStretch); i < index(end); ++i) {
        write_pair(what, i, programming, result, parts[index(s)]);
      }
    });
    for (const auto& part : parts) record.add(part);
    return result;
  }

 private:
  void write_pair(const LayerToWrite& what, std::size_t i, int programming,
                  PairConductances& result, WritingRecord& record) const {
    std::array<double, 2> normals{};
    if (scale_ > 0) {
      const auto words = draw(seed_, Stream::programming_error, what.first_pair + i,
                              static_cast<std::uint32_t>(programming))
                             .words;
      normals = {normal(words[0], words[1]), normal(words[2], words[3])};
    }
    const auto seed = seed_of_programming(seed_, programming);
    const auto take = [&](Side side) {
      const auto wanted = wanted_of(levels_, what.weights, i, side);
      const auto number = 2 * (what.first_pair + i) + static_cast<std::uint64_t>(side);
      const double written =
          written_to(wanted, normals[index(static_cast<int>(side))], seed, number, record);
      record.add_device(levels_, written, wanted.conductance);
      return static_cast<float>(written);
    };
    result.plus[i] = take(Side::plus);
    result.minus[i] = take(Side::minus);
  }

  [[nodiscard]] double written_to(const Wanted& wanted, double normal, std::uint64_t seed,
                                  std::uint64_t number, WritingRecord& record) const {
    if (const auto stuck = history_.stuck(seed, number)) {
      ++record.stuck;
      return *stuck;
    }
    const DeviceHistory::Device device{number, levels_.device_level(wanted.level), {}};
    if (const auto aged = history_.aged(seed, device)) {
      ++record.moved;
      return *aged;
    }
    if (scale_ == 0) return wanted.conductance;
    return std::max(0.0, wanted.conductance + scale_ * levels_.error_of(wanted.level) * normal);
  }

  LevelSet levels_;
  DeviceHistory history_;
  double scale_;  // of the levels' errors
  std::uint64_t seed_;
};

class PulseWriter : public WeightWriter {
 public:
  PulseWriter(LevelSet levels, DeviceHistory history, const TileParameters& tile,
              const DeviceModel& device, std::uint64_t seed)
      : levels_(std::move(levels)),
        history_(std::move(history)),
        tile_(tile),
        device_(device),
        seed_(seed) {}

  PairConductances write(const LayerToWrite& what, int programming,
                         WritingRecord& statistics) const override {
    const auto pairs = what.pairs();
    PairConductances result{std::vector<float>(index(pairs)), std::vector<float>(index(pairs))};
    std::vector<WritingRecord> parts(index(what.tiling.arrays()));
    parallel_for(parts.size(), [&](std::size_t i) {
      if (!interrupted())
        parts[i] = write_block(what, i, seed_of_programming(seed_, programming), result);
    });
    for (const auto& part : parts) statistics.add(part);
    return result;
  }

 private:
  WritingRecord write_block(const LayerToWrite& what, std::size_t number, std::uint64_t seed,
                            PairConductances& result) const;

  const LevelSet levels_;
  const DeviceHistory history_;
  const TileParameters& tile_;
  const DeviceModel& device_;
  std::uint64_t seed_;
};

WritingRecord PulseWriter::write_block(const LayerToWrite& what, std::size_t number,
                                       std::uint64_t seed, PairConductances& result) const {
  const auto block = what.tiling.block(static_cast<std::int64_t>(number));
  const int digits = what.weights.digits();
  BulkTileOptions options;
  options.shape = {static_cast<int>(block.groups * block.rows),
                   static_cast<int>(block.groups * block.columns * digits)};
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
  each_cell(what.tiling, block, digits,
            [&](std::size_t pair, std::int64_t row, std::int64_t column) {
              const int level = what.weights.levels[pair];
              const auto on_device = [&](int l) {
                return static_cast<std::int16_t>(levels_.device_level(l));
              };
              wanted[device(row, Side::plus, column)] = on_device(std::max(level, 0));
              wanted[device(row, Side::minus, column)] = on_device(std::max(-level, 0));
            });
  const auto written = tile.program_array(wanted);
  auto record = record_of_array(tile, tile_, ledger, wanted, written);
  const auto take = [&](std::int64_t row, Side side, std::int64_t column) {
    const auto i = device(row, side, column);
    const bool stuck = array.devices().stuck(i);
    const auto which = options.first_device + i;
    const auto aged = stuck ? std::nullopt
                            : history_.aged(seed, {which, array.devices().site(i),
                                                   device_.variation().traits(seed, which)});
    record.moved += aged ? 1 : 0;
    const double conductance = aged.value_or(in_si(array.conductance(i)));
    record.add_to_histogram(levels_, conductance);
    return static_cast<float>(conductance);
  };
  each_cell(what.tiling, block, digits,
            [&](std::size_t pair, std::int64_t row, std::int64_t column) {
              result.plus[pair] = take(row, Side::plus, column);
              result.minus[pair] = take(row, Side::minus, column);
            });
  return record;
}

}  // namespace

std::uint64_t seed_of_programming(std::uint64_t seed, int programming) {
  if (programming == 0) return seed;
  const auto words =
      draw(seed, Stream::programming, 0, static_cast<std::uint32_t>(programming)).words;
  return std::uint64_t{words[0]} << 32U | words[1];
}

std::unique_ptr<WeightWriter> ideal_writer(const LevelSet& levels, const DeviceHistory& history,
                                           std::uint64_t seed) {
  return std::make_unique<LevelWriter>(levels, history, 0.0, seed);
}

std::unique_ptr<WeightWriter> one_shot_writer(const LevelSet& levels, const DeviceHistory& history,
                                              double scale, std::uint64_t seed) {
  return std::make_unique<LevelWriter>(levels, history, scale, seed);
}

std::unique_ptr<WeightWriter> pulse_writer(const LevelSet& levels, const DeviceHistory& history,
                                           const TileParameters& tile, const DeviceModel& device,
                                           std::uint64_t seed) {
  return std::make_unique<PulseWriter>(levels, history, tile, device, seed);
}

}  // namespace dwmtj
