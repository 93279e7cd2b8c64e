// SPDX-License-Identifier: Apache-2.0
// Matrix products of small whole numbers with 32-bit sums. All three products of a step of learning
// are of this kind, and a sum of whole numbers is exact: the same bits in any order, on any vector
// unit and on any number of cores, at two to four times the speed of floating point.
#pragma once

#include <cstddef>
#include <cstdint>

#include "common/vector_units.h"

namespace dwmtj {

// Neighbours along the summed dimension in one word: what the multipliers take. Two of 16 bits:
inline std::int32_t packed(std::int16_t even, std::int16_t odd) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(static_cast<std::uint16_t>(even)) |
                                   static_cast<std::uint32_t>(static_cast<std::uint16_t>(odd))
                                       << 16U);
}

// Of a matrix of packed words, [word][column].
struct PackedMatrix {
  const std::int32_t* words;
  std::size_t stride;  // from one word of a column to the next
};

struct ProductShape {
  std::size_t rows;     // columns of the left matrix
  std::size_t columns;  // of the right one: a multiple of kProductLanes
  std::size_t words;    // along the summed dimension
};

inline constexpr std::size_t kProductLanes = 16;

// result[r][c] = sum over k of left[k][r] right[k][c], `stride` numbers from a row to the next.
// No sum of products may leave 32 bits.
void integer_product(const PackedMatrix& left, const PackedMatrix& right, const ProductShape& shape,
                     std::int32_t* result, std::size_t stride,
                     VectorUnit unit = widest_vector_unit());

// The same of words of four bytes: on the left from 0 to 255, on the right of at most
// kLargestRightByte, so that two products fit in 16 bits, which some vector units need.
void byte_product(const PackedMatrix& left, const PackedMatrix& right, const ProductShape& shape,
                  std::int32_t* result, std::size_t stride, VectorUnit unit = widest_vector_unit());

inline constexpr int kLargestRightByte = 64;

}  // namespace dwmtj
