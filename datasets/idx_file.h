// SPDX-License-Identifier: Apache-2.0
// The IDX format of MNIST's family of data sets: bytes in an array of any number of dimensions.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace dwmtj {

struct IdxArray {
  std::vector<std::size_t> shape;
  std::vector<std::uint8_t> bytes;  // the last dimension fastest
};

// Reads `file`, or `file`.gz where only that is there. Throws InputError unless it holds exactly an
// array of `dimensions` dimensions of unsigned bytes.
IdxArray read_idx(const std::filesystem::path& file, std::size_t dimensions);

}  // namespace dwmtj
