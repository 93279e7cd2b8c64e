// SPDX-License-Identifier: Apache-2.0
#include "datasets/labelled_images.h"

#include <fmt/format.h>

#include "common/input_error.h"

namespace dwmtj {

LabelledImages load_labelled_images(const std::filesystem::path& folder, Split split, int classes) {
  auto data = load_data_set(folder.string(), split);
  if (data.shape.channels != 1 || data.pixels.empty()) {
    throw InputError(fmt::format("{}: expected grey images of bytes", folder.string()));
  }
  if (data.classes() > classes) {
    throw InputError(fmt::format("{}: label {}; expected 0 to {}", folder.string(),
                                 data.classes() - 1, classes - 1));
  }
  return {static_cast<std::size_t>(data.shape.height),
          static_cast<std::size_t>(data.shape.width),
          std::move(data.pixels),
          {data.labels.begin(), data.labels.end()}};
}

}  // namespace dwmtj
