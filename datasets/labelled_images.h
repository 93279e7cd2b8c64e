// SPDX-License-Identifier: Apache-2.0
// Grey images of bytes and what they show, as data sets of MNIST's family are
// (docs/datasets/labelled_images.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "datasets/data_set.h"

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

// Where Debian's dataset-fashion-mnist puts it.
inline const std::filesystem::path kFashionMnist = kSystemDataSets / "fashion-mnist";

// A data set in any format. Throws InputError: what load_data_set() refuses, images in colours or
// of other numbers than bytes, or a label that is not below `classes`.
LabelledImages load_labelled_images(const std::filesystem::path& folder, Split split,
                                    int classes = 10);

}  // namespace dwmtj
