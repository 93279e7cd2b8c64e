// SPDX-License-Identifier: Apache-2.0
#include "learning/integer_product.h"

#include <algorithm>
#include <array>

#if defined(__x86_64__)
#include <immintrin.h>

#define DWMTJ_VNNI [[gnu::target("avx512f,avx512vl,avx512dq,avx512bw,avx512vnni")]]
#endif

namespace dwmtj {
namespace {

enum class Packing { pairs, bytes };  // in a word

struct TileOperands {
  const std::int32_t* left;
  std::size_t left_stride;
  const std::int32_t* right;
  std::size_t right_stride;
  std::size_t words;
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

template <Packing Packed>
std::int32_t word_product(std::int32_t left, std::int32_t right) {
  if constexpr (Packed == Packing::pairs) {
    return static_cast<std::int16_t>(left) * static_cast<std::int16_t>(right) +
           (left >> 16) * (right >> 16);
  }
  std::int32_t sum = 0;
  for (int shift = 0; shift < 32; shift += 8) {
    sum += static_cast<std::uint8_t>(left >> shift) * static_cast<std::int8_t>(right >> shift);
  }
  return sum;
}

template <Packing Packed, std::size_t Rows>
void tile_portable(const TileOperands& at) {
  std::array<std::array<std::int32_t, kProductLanes>, Rows> sums{};
  for (std::size_t k = 0; k < at.words; ++k) {
    for (std::size_t r = 0; r < Rows; ++r) {
      const std::int32_t left = at.left[k * at.left_stride + r];
      for (std::size_t c = 0; c < kProductLanes; ++c) {
        sums[r][c] += word_product<Packed>(left, at.right[k * at.right_stride + c]);
      }
    }
  }
  for (std::size_t r = 0; r < Rows; ++r) {
    std::copy(sums[r].begin(), sums[r].end(), at.result + r * at.stride);
  }
}

template <Packing Packed>
constexpr TileSet kPortable = {4,
                               kProductLanes,
                               {tile_portable<Packed, 1>, tile_portable<Packed, 2>,
                                tile_portable<Packed, 3>, tile_portable<Packed, 4>},
                               {tile_portable<Packed, 1>, tile_portable<Packed, 2>,
                                tile_portable<Packed, 3>, tile_portable<Packed, 4>}};

#if defined(__x86_64__)
// C arrays: as a template argument, of std::array, a vector loses its attributes.

// A product of words and its sum are one instruction here.
template <Packing Packed, std::size_t Rows, std::size_t Vectors>
DWMTJ_VNNI void tile_vnni(const TileOperands& at) {
  __m512i sums[Rows][Vectors];
#pragma GCC unroll 8
  for (std::size_t r = 0; r < Rows; ++r) {
#pragma GCC unroll 8
    for (std::size_t v = 0; v < Vectors; ++v) sums[r][v] = _mm512_setzero_si512();
  }
  for (std::size_t k = 0; k < at.words; ++k) {
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
        sums[r][v] = Packed == Packing::bytes ? _mm512_dpbusd_epi32(sums[r][v], factor, right[v])
                                              : _mm512_dpwssd_epi32(sums[r][v], factor, right[v]);
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

template <Packing Packed>
DWMTJ_AVX2 DWMTJ_INLINE __m256i word_products(__m256i left, __m256i right) {
  if constexpr (Packed == Packing::pairs) return _mm256_madd_epi16(left, right);
  return _mm256_madd_epi16(_mm256_maddubs_epi16(left, right), _mm256_set1_epi16(1));
}

template <Packing Packed, std::size_t Rows, std::size_t Vectors>
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
  for (std::size_t k = 0; k < at.words; ++k) {
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
        sums[r][v] = _mm256_add_epi32(sums[r][v], word_products<Packed>(factor, right[v]));
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

template <Packing Packed>
constexpr TileSet kVnni = {
    6,
    64,
    {tile_vnni<Packed, 1, 4>, tile_vnni<Packed, 2, 4>, tile_vnni<Packed, 3, 4>,
     tile_vnni<Packed, 4, 4>, tile_vnni<Packed, 5, 4>, tile_vnni<Packed, 6, 4>},
    {tile_vnni<Packed, 1, 1>, tile_vnni<Packed, 2, 1>, tile_vnni<Packed, 3, 1>,
     tile_vnni<Packed, 4, 1>, tile_vnni<Packed, 5, 1>, tile_vnni<Packed, 6, 1>}};
template <Packing Packed>
constexpr TileSet kAvx2 = {4,
                           kProductLanes,
                           {tile_avx2<Packed, 1, 2>, tile_avx2<Packed, 2, 2>,
                            tile_avx2<Packed, 3, 2>, tile_avx2<Packed, 4, 2>},
                           {tile_avx2<Packed, 1, 2>, tile_avx2<Packed, 2, 2>,
                            tile_avx2<Packed, 3, 2>, tile_avx2<Packed, 4, 2>}};

bool has_vnni() {
  static const bool kHas = __builtin_cpu_supports("avx512vnni");
  return kHas;
}
#endif

template <Packing Packed>
const TileSet& tiles_of(VectorUnit unit) {
#if defined(__x86_64__)
  if (unit == VectorUnit::avx512 && has_vnni()) return kVnni<Packed>;
  if (unit != VectorUnit::none) return kAvx2<Packed>;
#endif
  return kPortable<Packed>;
}

void product(const TileSet& set, const PackedMatrix& left, const PackedMatrix& right,
             const ProductShape& shape, std::int32_t* result, std::size_t stride) {
  for (std::size_t column = 0; column < shape.columns;) {
    const bool wide = shape.columns - column >= set.columns;
    const auto& tiles = wide ? set.wide : set.narrow;
    for (std::size_t row = 0; row < shape.rows;) {
      const std::size_t rows = std::min(set.rows, shape.rows - row);
      tiles[rows - 1]({left.words + row, left.stride, right.words + column, right.stride,
                       shape.words, result + row * stride + column, stride});
      row += rows;
    }
    column += wide ? set.columns : kProductLanes;
  }
}

}  // namespace

void integer_product(const PackedMatrix& left, const PackedMatrix& right, const ProductShape& shape,
                     std::int32_t* result, std::size_t stride, VectorUnit unit) {
  product(tiles_of<Packing::pairs>(unit), left, right, shape, result, stride);
}

void byte_product(const PackedMatrix& left, const PackedMatrix& right, const ProductShape& shape,
                  std::int32_t* result, std::size_t stride, VectorUnit unit) {
  product(tiles_of<Packing::bytes>(unit), left, right, shape, result, stride);
}

}  // namespace dwmtj
