// SPDX-License-Identifier: Apache-2.0
// Standard normals for the columns of an array, in vector code: each a function of seed, column and
// number of the read, so of nothing that runs beside it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace dwmtj {

// Reads number `first`, `first` + `step` and so on.
struct ReadNumbers {
  std::uint32_t first;
  std::uint32_t step;
  std::size_t reads;
};

// [read][column]: column c of read `count` gets the half c % 2 of draw
// (seed, Stream::column_noise, first_instance + c / 2, count).
void fill_column_normals(std::uint64_t seed, std::uint64_t first_instance,
                         const ReadNumbers& numbers, std::size_t columns, double* normals);

}  // namespace dwmtj
