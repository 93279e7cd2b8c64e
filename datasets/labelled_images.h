// SPDX-License-Identifier: Apache-2.0
// Images and what they show, as a data set of MNIST's family publishes them
// (docs/datasets/labelled_images.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace dwmtj {

struct LabelledImages {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<std::uint8_t> pixels;  // [image][row][column]
  std::vector<std::uint8_t> labels;  // [image]

  [[nodiscard]] std::size_t size() const { return labels.size(); }
  [[nodiscard]] std::size_t pixels_an_image() const { return rows * columns; }
  [[nodiscard]] const std::uint8_t* image(std::size_t i) const {
    return &pixels[i * pixels_an_image()];
  }
};

enum class DataPart { training, test };

// Where Debian's dataset-fashion-mnist puts it.
inline const std::filesystem::path kFashionMnist = "/usr/share/datasets/fashion-mnist";

// Reads the images of `folder`. Throws InputError that names the file: missing, no IDX file, or
// images and labels that do not belong together, or a label that is not below `classes`.
LabelledImages load_labelled_images(const std::filesystem::path& folder, DataPart part,
                                    int classes = 10);

}  // namespace dwmtj
