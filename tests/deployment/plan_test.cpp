// SPDX-License-Identifier: Apache-2.0
// What a position of an output needs, by hand and against a search.
#include "deployment/plan.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

TEST(Reach, OfTheSamePositionAndOfEverything) {
  EXPECT_EQ(Reach::same_position().needed(0), 1);
  EXPECT_EQ(Reach::same_position().needed(7), 8);
  EXPECT_EQ(Reach::everything(49).needed(0), 49);
}

// The last input position under the window, in the order of rows, by trying all.
std::int64_t last_under(const Window& window, TensorShape input, std::int64_t row,
                        std::int64_t column) {
  std::int64_t last = 0;
  for (std::int64_t ky = 0; ky < window.kernel.height; ++ky) {
    for (std::int64_t kx = 0; kx < window.kernel.width; ++kx) {
      const auto y =
          row * window.stride.height - window.pad_before.height + ky * window.dilation.height;
      const auto x =
          column * window.stride.width - window.pad_before.width + kx * window.dilation.width;
      if (y < 0 || x < 0 || y >= input.height || x >= input.width) continue;
      last = std::max(last, y * input.width + x + 1);
    }
  }
  return last;
}

TEST(Reach, OfAWindowCoversAllThatLiesUnderIt) {
  for (const std::int64_t kernel : {1, 2, 3, 5}) {
    for (const std::int64_t stride : {1, 2, 3}) {
      for (const std::int64_t pad : {std::int64_t{0}, kernel / 2}) {
        Window window;
        window.kernel = {kernel, kernel};
        window.stride = {stride, stride};
        window.pad_before = window.pad_after = {pad, pad, 0};
        const TensorShape input{1, 9, 11};
        const TensorShape output{1, (9 + 2 * pad - kernel) / stride + 1,
                                 (11 + 2 * pad - kernel) / stride + 1};
        const auto reach = Reach::window(window, input, output);
        for (std::int64_t p = 0; p < output.positions(); ++p) {
          EXPECT_GE(reach.needed(p), last_under(window, input, p / output.width, p % output.width));
          EXPECT_LE(reach.needed(p), input.positions());
          if (pad == 0) {
            EXPECT_EQ(reach.needed(p),
                      last_under(window, input, p / output.width, p % output.width));
          }
        }
        EXPECT_LE(reach.needed(0), (kernel - pad) * 11);
      }
    }
  }
}

}  // namespace
}  // namespace dwmtj
