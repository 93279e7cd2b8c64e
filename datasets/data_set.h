// SPDX-License-Identifier: Apache-2.0
// Images and their labels, from the files in which data sets come (docs/datasets/data_set.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace dwmtj {

enum class Split { training, test };

struct ImageShape {
  std::int64_t channels = 1;
  std::int64_t height = 1;
  std::int64_t width = 1;

  [[nodiscard]] std::int64_t elements() const { return channels * height * width; }
};

struct DataSet {
  std::string name;
  ImageShape shape;
  std::vector<std::uint8_t> pixels;  // image by image, channel by channel, row by row
  std::vector<float> values;         // instead of pixels, where a file holds floats
  std::vector<int> labels;

  [[nodiscard]] std::int64_t images() const { return static_cast<std::int64_t>(labels.size()); }
  [[nodiscard]] int classes() const;  // one more than the largest label

  // An image: pixels as 0 to 1, values as they are.
  void copy(std::int64_t image, float* to) const;
};

// Where Debian's packages of data sets put them.
inline const std::filesystem::path kSystemDataSets = "/usr/share/datasets";

// From a folder that holds CIFAR binaries, IDX files or .npy arrays, or is named so under
// $DWMTJ_DATASETS (else the project's datasets/) or the system's. Throws InputError: file: what was
// expected.
DataSet load_data_set(const std::string& name_or_folder, Split split);

// Whether the folder holds any file of the split, sound or not.
bool has_images(const std::string& name_or_folder, Split split);

}  // namespace dwmtj
