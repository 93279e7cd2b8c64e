// SPDX-License-Identifier: Apache-2.0
#include "inference/image_source.h"

#include <limits>

#include <gtest/gtest.h>

#include "tests/support/input_error_of.h"

namespace dwmtj {
namespace {

// Two images of two channels of 1 x 3: 0 to 11.
DataSet small_images() {
  DataSet data{"small", {2, 1, 3}, {}, {}, {0, 1}};
  for (int i = 0; i < 12; ++i) data.values.push_back(static_cast<float>(i));
  return data;
}

std::vector<float> second_image(const TensorShape& wanted,
                                const PixelNormalisation& normalisation) {
  const auto data = small_images();
  Layer input;
  input.output = wanted;
  std::vector<float> values(6);
  ImageSource(data, input, normalisation).write(1, values.data());
  return values;
}

constexpr TensorShape kAsItIs{2, 1, 3};

TEST(ImageSource, LeavesImagesAsTheyAre) {
  EXPECT_EQ(second_image(kAsItIs, {}), (std::vector<float>{6, 7, 8, 9, 10, 11}));
}

TEST(ImageSource, NormalisesByOneNumberOrOneAChannel) {
  EXPECT_EQ(second_image(kAsItIs, {{2.0}, {4.0}}),
            (std::vector<float>{1, 1.25, 1.5, 1.75, 2, 2.25}));
  EXPECT_EQ(second_image(kAsItIs, {{6.0, 1.0}, {0.5, 2.0}}),
            (std::vector<float>{0, 2, 4, 4, 4.5, 5}));
}

TEST(ImageSource, BringsChannelsToTheLastAxis) {
  EXPECT_EQ(second_image({1, 3, 2}, {}), (std::vector<float>{6, 9, 7, 10, 8, 11}));
  EXPECT_EQ(second_image({1, 3, 2}, {{6.0, 1.0}, {0.5, 2.0}}),
            (std::vector<float>{0, 4, 2, 4.5, 4, 5}));
}

TEST(ImageSource, RefusesNumbersThatAreNone) {
  const auto error_of = [](const PixelNormalisation& normalisation) {
    return input_error_of([&] { second_image(kAsItIs, normalisation); });
  };
  constexpr double kInfinite = std::numeric_limits<double>::infinity();
  EXPECT_EQ(error_of({{}, {0.0}}), "--std: 0: expected a number above zero");
  EXPECT_EQ(error_of({{}, {1.0, -1.0}}), "--std: -1: expected a number above zero");
  EXPECT_EQ(error_of({{}, {kInfinite}}), "--std: inf: expected a number above zero");
  EXPECT_EQ(error_of({{kInfinite}, {}}), "--mean: expected finite numbers");
  EXPECT_EQ(error_of({{1, 2, 3}, {}}),
            "--mean: 3 numbers: expected one, or one for each of 2 channels");
}

}  // namespace
}  // namespace dwmtj
