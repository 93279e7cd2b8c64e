// SPDX-License-Identifier: Apache-2.0
#include "inference/normal_lanes.h"

#include <algorithm>

#include "arrays/philox_lanes.h"
#include "common/random_stream.h"

namespace dwmtj {
namespace {

constexpr std::size_t kLanes = 32;

struct Block {
  std::uint64_t seed;
  std::uint64_t first_instance;
  std::uint32_t count;
  std::size_t columns;  // at most 2 kLanes
  double* normals;
};

DWMTJ_INLINE void number(PhiloxLanes<kLanes>& draws, const Block& block) {
  for (std::size_t i = 0; i < kLanes; ++i) {
    const std::uint64_t instance = block.first_instance + i;
    draws.word[0][i] = static_cast<std::uint32_t>(instance);
    draws.word[1][i] = static_cast<std::uint32_t>(instance >> 32U);
    draws.word[2][i] = block.count;
    draws.word[3][i] = static_cast<std::uint32_t>(Stream::column_noise);
  }
}

DWMTJ_INLINE void shape(const PhiloxLanes<kLanes>& draws, const Block& block) {
  alignas(64) std::array<double, kLanes> even;
  alignas(64) std::array<double, kLanes> odd;
  for (std::size_t i = 0; i < kLanes; ++i) even[i] = normal(draws.word[0][i], draws.word[1][i]);
  for (std::size_t i = 0; i < kLanes; ++i) odd[i] = normal(draws.word[2][i], draws.word[3][i]);
  for (std::size_t c = 0; c < block.columns; ++c) {
    block.normals[c] = c % 2 == 0 ? even[c / 2] : odd[c / 2];
  }
}

void fill_portable(const Block& block) {
  PhiloxLanes<kLanes> draws;
  number(draws, block);
  draws.run(block.seed);
  shape(draws, block);
}

#if defined(__x86_64__)
DWMTJ_AVX2 void fill_avx2(const Block& block) {
  PhiloxLanes<kLanes> draws;
  number(draws, block);
  draws.run(block.seed);
  shape(draws, block);
}

DWMTJ_AVX512 void fill_avx512(const Block& block) {
  PhiloxLanes<kLanes> draws;
  number(draws, block);
  draws.run_avx512(block.seed);
  shape(draws, block);
}
#endif

void fill(const Block& block) {
#if defined(__x86_64__)
  static const VectorUnit kUnit = widest_vector_unit();
  if (kUnit == VectorUnit::avx512) return fill_avx512(block);
  if (kUnit == VectorUnit::avx2) return fill_avx2(block);
#endif
  fill_portable(block);
}

}  // namespace

void fill_column_normals(std::uint64_t seed, std::uint64_t first_instance, std::uint32_t count,
                         std::size_t columns, double* normals) {
  for (std::size_t first = 0; first < columns; first += 2 * kLanes) {
    fill({seed, first_instance + first / 2, count, std::min(2 * kLanes, columns - first),
          normals + first});
  }
}

}  // namespace dwmtj
