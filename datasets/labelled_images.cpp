// SPDX-License-Identifier: Apache-2.0
#include "datasets/labelled_images.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "common/input_error.h"
#include "datasets/idx_file.h"

namespace dwmtj {

LabelledImages load_labelled_images(const std::filesystem::path& folder, DataPart part,
                                    int classes) {
  if (!std::filesystem::is_directory(folder)) {
    throw InputError(
        fmt::format("{}: no such folder; Fashion-MNIST is Debian's package dataset-fashion-mnist",
                    folder.string()));
  }
  const std::string prefix = part == DataPart::training ? "train" : "t10k";
  const auto label_file = folder / (prefix + "-labels-idx1-ubyte");
  auto images = read_idx(folder / (prefix + "-images-idx3-ubyte"), 3);
  auto labels = read_idx(label_file, 1);
  if (images.shape[0] != labels.shape[0]) {
    throw InputError(fmt::format("{}: {} labels for {} images", label_file.string(),
                                 labels.shape[0], images.shape[0]));
  }
  const auto largest = *std::max_element(labels.bytes.begin(), labels.bytes.end());
  if (largest >= classes) {
    throw InputError(
        fmt::format("{}: label {}; expected 0 to {}", label_file.string(), largest, classes - 1));
  }
  return {images.shape[1], images.shape[2], std::move(images.bytes), std::move(labels.bytes)};
}

}  // namespace dwmtj
