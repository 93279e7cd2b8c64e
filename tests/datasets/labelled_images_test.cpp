// SPDX-License-Identifier: Apache-2.0
#include "datasets/labelled_images.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

std::string big_endian(std::size_t value) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(value >> shift & 0xffU);
  return text;
}

// `count` images of 2 x 3 whose pixels count up.
std::string images_file(std::size_t count) {
  std::string text = big_endian(0x803) + big_endian(count) + big_endian(2) + big_endian(3);
  for (std::size_t i = 0; i < 6 * count; ++i) text += static_cast<char>(i);
  return text;
}

std::string labels_file(const std::string& labels) {
  return big_endian(0x801) + big_endian(labels.size()) + labels;
}

class LabelledImagesTest : public ::testing::Test {
 protected:
  void write(const std::string& images, const std::string& labels) const {
    folder_.write("train-images-idx3-ubyte", images);
    folder_.write("train-labels-idx1-ubyte", labels);
  }
  [[nodiscard]] LabelledImages load() const {
    return load_labelled_images(folder_.path(), Split::training);
  }
  [[nodiscard]] std::string refusal() const {
    return input_error_of([this] { return load(); });
  }
  [[nodiscard]] std::string path(const std::string& name) const {
    return (folder_ / name).string();
  }
  TemporaryFolder folder_;
};

TEST_F(LabelledImagesTest, AreReadInOrder) {
  write(images_file(2), labels_file({7, 9}));
  const auto data = load();
  EXPECT_EQ(data.size(), 2U);
  EXPECT_EQ(data.rows, 2U);
  EXPECT_EQ(data.columns, 3U);
  EXPECT_EQ(data.image(1)[5], 11);
  EXPECT_EQ(data.labels[0], 7);
  EXPECT_EQ(data.labels[1], 9);
}

TEST_F(LabelledImagesTest, WhatIsNotGreyBytesWithTenLabelsIsRefused) {
  write(images_file(2), labels_file({7, 10}));
  EXPECT_EQ(refusal(), folder_.path().string() + ": label 10; expected 0 to 9");
  write(images_file(2), labels_file({7}));
  EXPECT_EQ(refusal(), path("train-images-idx3-ubyte") + ": 2 images, but " +
                           path("train-labels-idx1-ubyte") + ": 1 labels");
  folder_.write("data_batch_1.bin", std::string(3073, '\0'));
  for (int i = 2; i <= 5; ++i) {
    folder_.write("data_batch_" + std::to_string(i) + ".bin", std::string(3073, '\0'));
  }
  EXPECT_EQ(refusal(), folder_.path().string() + ": expected grey images of bytes");
}

// The published files, where they are installed.
TEST(FashionMnist, HasTheImagesOfThePaper) {
  if (!std::filesystem::is_directory(kFashionMnist)) GTEST_SKIP() << "not installed";
  const auto test = load_labelled_images(kFashionMnist, Split::test);
  EXPECT_EQ(test.size(), 10000U);
  EXPECT_EQ(test.pixels_an_image(), 784U);
  EXPECT_EQ(std::count(test.labels.begin(), test.labels.end(), 9), 1000);
}

}  // namespace
}  // namespace dwmtj
