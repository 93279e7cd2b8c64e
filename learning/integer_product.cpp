// SPDX-License-Identifier: Apache-2.0
#include "learning/integer_product.h"

#include <algorithm>
#include <array>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace dwmtj {
namespace {

struct TileOperands {
  const std::int32_t* left;
  std::size_t left_stride;
  const std::int32_t* right;
  std::size_t right_stride;
  std::size_t pairs;
  std::int32_t* result;
  std::size_t stride;
};

// A few rows times a few vectors of the result, whose sums stay in registers.
using Tile = void (*)(const TileOperands&);
constexpr std::size_t kMostRows = 6;
using Tiles = std::array<Tile, kMostRows>;  // for 1, 2, .. rows

struct TileSet {
  std::size_t rows;     // of the largest
  std::size_t columns;  // of the wide ones
  Tiles wide;
  Tiles narrow;  // kProductLanes columns
};

template <std::size_t Rows>
void tile_portable(const TileOperands& at) {
  std::array<std::array<std::int32_t, kProductLanes>, Rows> sums{};
  for (std::size_t k = 0; k < at.pairs; ++k) {
    for (std::size_t r = 0; r < Rows; ++r) {
      const std::int32_t left = at.left[k * at.left_stride + r];
      const std::int32_t even = static_cast<std::int16_t>(left);
      const std::int32_t odd = left >> 16;
      for (std::size_t c = 0; c < kProductLanes; ++c) {
        const std::int32_t right = at.right[k * at.right_stride + c];
        sums[r][c] += even * static_cast<std::int16_t>(right) + odd * (right >> 16);
      }
    }
  }
  for (std::size_t r = 0; r < Rows; ++r) {
    std::copy(sums[r].begin(), sums[r].end(), at.result + r * at.stride);
  }
}

constexpr TileSet kPortable = {
    4,
    kProductLanes,
    {tile_portable<1>, tile_portable<2>, tile_portable<3>, tile_portable<4>},
    {tile_portable<1>, tile_portable<2>, tile_portable<3>, tile_portable<4>}};

#if defined(__x86_64__)
// NOLINTBEGIN(modernize-avoid-c-arrays): a template argument loses a vector's attributes

template <std::size_t Rows, std::size_t Vectors>
DWMTJ_AVX512 void tile_avx512(const TileOperands& at) {
  __m512i sums[Rows][Vectors];
#pragma GCC unroll 8
  for (std::size_t r = 0; r < Rows; ++r) {
#pragma GCC unroll 8
    for (std::size_t v = 0; v < Vectors; ++v) sums[r][v] = _mm512_setzero_si512();
  }
  for (std::size_t k = 0; k < at.pairs; ++k) {
    const std::int32_t* const left = at.left + k * at.left_stride;
    __m512i right[Vectors];
#pragma GCC unroll 8
    for (std::size_t v = 0; v < Vectors; ++v) {
      right[v] = _mm512_loadu_si512(at.right + k * at.right_stride + 16 * v);
    }
#pragma GCC unroll 8
    for (std::size_t r = 0; r < Rows; ++r) {
      const __m512i factor = _mm512_set1_epi32(left[r]);
#pragma GCC unroll 8
      for (std::size_t v = 0; v < Vectors; ++v) {
        sums[r][v] = _mm512_add_epi32(sums[r][v], _mm512_madd_epi16(factor, right[v]));
      }
    }
  }
#pragma GCC unroll 8
  for (std::size_t r = 0; r < Rows; ++r) {
#pragma GCC unroll 8
    for (std::size_t v = 0; v < Vectors; ++v) {
      _mm512_storeu_si512(at.result + r * at.stride + 16 * v, sums[r][v]);
    }
  }
}

template <std::size_t Rows, std::size_t Vectors>
DWMTJ_AVX2 void tile_avx2(const TileOperands& at) {
  const auto vector = [](const std::int32_t* words) {
    return reinterpret_cast<const __m256i*>(words);
  };
  __m256i sums[Rows][Vectors];
#pragma GCC unroll 8
  for (std::size_t r = 0; r < Rows; ++r) {
#pragma GCC unroll 8
    for (std::size_t v = 0; v < Vectors; ++v) sums[r][v] = _mm256_setzero_si256();
  }
  for (std::size_t k = 0; k < at.pairs; ++k) {
    const std::int32_t* const left = at.left + k * at.left_stride;
    __m256i right[Vectors];
#pragma GCC unroll 8
    for (std::size_t v = 0; v < Vectors; ++v) {
      right[v] = _mm256_loadu_si256(vector(at.right + k * at.right_stride + 8 * v));
    }
#pragma GCC unroll 8
    for (std::size_t r = 0; r < Rows; ++r) {
      const __m256i factor = _mm256_set1_epi32(left[r]);
#pragma GCC unroll 8
      for (std::size_t v = 0; v < Vectors; ++v) {
        sums[r][v] = _mm256_add_epi32(sums[r][v], _mm256_madd_epi16(factor, right[v]));
      }
    }
  }
#pragma GCC unroll 8
  for (std::size_t r = 0; r < Rows; ++r) {
#pragma GCC unroll 8
    for (std::size_t v = 0; v < Vectors; ++v) {
      auto* const to = reinterpret_cast<__m256i*>(at.result + r * at.stride + 8 * v);
      _mm256_storeu_si256(to, sums[r][v]);
    }
  }
}
// NOLINTEND(modernize-avoid-c-arrays)

constexpr TileSet kAvx512 = {6,
                             64,
                             {tile_avx512<1, 4>, tile_avx512<2, 4>, tile_avx512<3, 4>,
                              tile_avx512<4, 4>, tile_avx512<5, 4>, tile_avx512<6, 4>},
                             {tile_avx512<1, 1>, tile_avx512<2, 1>, tile_avx512<3, 1>,
                              tile_avx512<4, 1>, tile_avx512<5, 1>, tile_avx512<6, 1>}};
constexpr TileSet kAvx2 = {4,
                           kProductLanes,
                           {tile_avx2<1, 2>, tile_avx2<2, 2>, tile_avx2<3, 2>, tile_avx2<4, 2>},
                           {tile_avx2<1, 2>, tile_avx2<2, 2>, tile_avx2<3, 2>, tile_avx2<4, 2>}};
#endif

const TileSet& tiles_of(VectorUnit unit) {
#if defined(__x86_64__)
  if (unit == VectorUnit::avx512) return kAvx512;
  if (unit == VectorUnit::avx2) return kAvx2;
#endif
  return kPortable;
}

}  // namespace

void integer_product(const PackedMatrix& left, const PackedMatrix& right, const ProductShape& shape,
                     std::int32_t* result, std::size_t stride, VectorUnit unit) {
  const auto& set = tiles_of(unit);
  for (std::size_t column = 0; column < shape.columns;) {
    const bool wide = shape.columns - column >= set.columns;
    const auto& tiles = wide ? set.wide : set.narrow;
    for (std::size_t row = 0; row < shape.rows;) {
      const std::size_t rows = std::min(set.rows, shape.rows - row);
      tiles[rows - 1]({left.words + row, left.stride, right.words + column, right.stride,
                       shape.pairs, result + row * stride + column, stride});
      row += rows;
    }
    column += wide ? set.columns : kProductLanes;
  }
}

}  // namespace dwmtj
