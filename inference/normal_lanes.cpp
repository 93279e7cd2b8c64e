// SPDX-License-Identifier: Apache-2.0
#include "inference/normal_lanes.h"

#include <algorithm>

#include "arrays/philox_lanes.h"
#include "common/random_stream.h"

namespace dwmtj {
namespace {

constexpr std::size_t kLanes = 32;

// Lanes of one block: pairs of columns, those of one read after those of the one before.
struct LaneBlock {
  std::uint64_t seed;
  std::uint64_t first_instance;
  ReadNumbers numbers;
  std::size_t columns;  // of a read
  std::size_t first;    // lane of all
  std::size_t count;    // at most kLanes
  double* normals;      // of the first read

  [[nodiscard]] std::size_t pairs() const { return (columns + 1) / 2; }
};

DWMTJ_INLINE void number(PhiloxLanes<kLanes>& draws, const LaneBlock& block) {
  std::size_t read = block.first / block.pairs();
  std::size_t pair = block.first % block.pairs();
  for (std::size_t i = 0; i < kLanes; ++i) {
    const std::uint64_t instance = block.first_instance + pair;
    draws.word[0][i] = static_cast<std::uint32_t>(instance);
    draws.word[1][i] = static_cast<std::uint32_t>(instance >> 32U);
    draws.word[2][i] = block.numbers.first + block.numbers.step * static_cast<std::uint32_t>(read);
    draws.word[3][i] = static_cast<std::uint32_t>(Stream::column_noise);
    if (++pair == block.pairs()) {
      pair = 0;
      ++read;
    }
  }
}

DWMTJ_INLINE void shape(const PhiloxLanes<kLanes>& draws, const LaneBlock& block) {
  // NOLINTBEGIN(cppcoreguidelines-pro-type-member-init): filled by the loops behind them
  alignas(64) std::array<double, kLanes> even;
  alignas(64) std::array<double, kLanes> odd;
  // NOLINTEND(cppcoreguidelines-pro-type-member-init)
  for (std::size_t i = 0; i < kLanes; ++i) even[i] = normal(draws.word[0][i], draws.word[1][i]);
  for (std::size_t i = 0; i < kLanes; ++i) odd[i] = normal(draws.word[2][i], draws.word[3][i]);
  if (block.columns % 2 == 0) {
    double* const to = block.normals + 2 * block.first;
    for (std::size_t i = 0; i < block.count; ++i) {
      to[2 * i] = even[i];
      to[2 * i + 1] = odd[i];
    }
    return;
  }
  for (std::size_t i = 0; i < block.count; ++i) {
    const auto read = (block.first + i) / block.pairs();
    const auto column = 2 * ((block.first + i) % block.pairs());
    double* const to = block.normals + read * block.columns;
    to[column] = even[i];
    if (column + 1 < block.columns) to[column + 1] = odd[i];
  }
}

void fill_portable(const LaneBlock& block) {
  PhiloxLanes<kLanes> draws;
  number(draws, block);
  draws.run(block.seed);
  shape(draws, block);
}

#if defined(__x86_64__)
DWMTJ_AVX2 void fill_avx2(const LaneBlock& block) {
  PhiloxLanes<kLanes> draws;
  number(draws, block);
  draws.run(block.seed);
  shape(draws, block);
}

DWMTJ_AVX512 void fill_avx512(const LaneBlock& block) {
  PhiloxLanes<kLanes> draws;
  number(draws, block);
  draws.run_avx512(block.seed);
  shape(draws, block);
}
#endif

void fill(const LaneBlock& block) {
#if defined(__x86_64__)
  static const VectorUnit kUnit = widest_vector_unit();
  if (kUnit == VectorUnit::avx512) return fill_avx512(block);
  if (kUnit == VectorUnit::avx2) return fill_avx2(block);
#endif
  fill_portable(block);
}

}  // namespace

void fill_column_normals(std::uint64_t seed, std::uint64_t first_instance,
                         const ReadNumbers& numbers, std::size_t columns, double* normals) {
  LaneBlock block{seed, first_instance, numbers, columns, 0, 0, normals};
  const auto lanes = block.pairs() * numbers.reads;
  for (; block.first < lanes; block.first += kLanes) {
    block.count = std::min(kLanes, lanes - block.first);
    fill(block);
  }
}

}  // namespace dwmtj
