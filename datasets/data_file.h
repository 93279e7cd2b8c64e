// SPDX-License-Identifier: Apache-2.0
// The bytes of one file of a data set, and what the formats have in common.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "datasets/data_set.h"

namespace dwmtj {

using Bytes = std::vector<std::uint8_t>;

// A file, unpacked when it is compressed by gzip. Throws InputError: cannot be read, is cut short.
Bytes read_data_file(const std::filesystem::path& file);

// `name` or `name`.gz in the folder; empty where there is neither.
std::filesystem::path data_file(const std::filesystem::path& folder, const std::string& name);

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why);

// An array of numbers from an IDX or .npy file.
struct DataArray {
  std::vector<std::int64_t> dims;
  Bytes bytes;                      // of an array of bytes
  std::vector<float> floats;        // of one of floats
  std::vector<std::int64_t> whole;  // of one of other whole numbers
};
DataArray parse_idx(const std::filesystem::path& file, const Bytes& bytes);
DataArray parse_npy(const std::filesystem::path& file, const Bytes& bytes);

// Adds the records of a CIFAR binary: `label_bytes` of which the last counts, then 3 x 32 x 32.
void add_cifar(const std::filesystem::path& file, const Bytes& bytes, int label_bytes,
               DataSet& data);

// Images and labels that belong together. Throws InputError where they do not.
DataSet joined(const std::filesystem::path& image_file, DataArray images,
               const std::filesystem::path& label_file, const DataArray& labels);

}  // namespace dwmtj
