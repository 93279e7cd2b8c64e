// SPDX-License-Identifier: Apache-2.0
#include "datasets/labelled_images.h"

#include <algorithm>
#include <zlib.h>

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
    return load_labelled_images(folder_.path(), DataPart::training);
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

TEST_F(LabelledImagesTest, CompressedFilesAreReadToo) {
  const auto compress = [this](const std::string& name, const std::string& text) {
    auto* const file = gzopen(path(name).c_str(), "wb");
    gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    gzclose(file);
  };
  compress("train-images-idx3-ubyte.gz", images_file(3));
  compress("train-labels-idx1-ubyte.gz", labels_file({1, 2, 3}));
  EXPECT_EQ(load().image(2)[0], 12);
}

TEST_F(LabelledImagesTest, TruncatedCompressedFileIsRefused) {
  auto* const file = gzopen(path("train-images-idx3-ubyte.gz").c_str(), "wb");
  const auto text = images_file(1000);
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
  const auto whole = read_text(folder_ / "train-images-idx3-ubyte.gz");
  folder_.write("train-images-idx3-ubyte.gz", whole.substr(0, whole.size() / 2));
  EXPECT_EQ(refusal(), path("train-images-idx3-ubyte.gz") + ": ends early");
}

TEST_F(LabelledImagesTest, WhatDoesNotFitIsRefusedWithTheFile) {
  const auto images = path("train-images-idx3-ubyte");
  const auto labels = path("train-labels-idx1-ubyte");
  write(images_file(2), labels_file({7}));
  EXPECT_EQ(refusal(), labels + ": 1 labels for 2 images");
  write(images_file(2), labels_file({7, 10}));
  EXPECT_EQ(refusal(), labels + ": label 10; expected 0 to 9");
  write(images_file(2).substr(0, 20), labels_file({7, 8}));
  EXPECT_EQ(refusal(), images + ": ends early");
  write(images_file(2) + "x", labels_file({7, 8}));
  EXPECT_EQ(refusal(), images + ": has bytes after its array");
  write(labels_file({7, 8}), labels_file({7, 8}));
  EXPECT_EQ(refusal(),
            images + ": begins with 0x00000801; expected 0x00000803: bytes in 3 dimensions");
  write(big_endian(0x803) + big_endian(0), labels_file({7, 8}));
  EXPECT_EQ(refusal(), images + ": has a dimension of no or of too many bytes");
}

TEST_F(LabelledImagesTest, MissingFilesAreNamed) {
  EXPECT_EQ(refusal(), path("train-images-idx3-ubyte") + ": no such file, nor with .gz at the end");
  EXPECT_EQ(input_error_of([] { return load_labelled_images("/nowhere", DataPart::test); }),
            "/nowhere: no such folder; Fashion-MNIST is Debian's package dataset-fashion-mnist");
}

// The published files, where they are installed.
TEST(FashionMnist, HasTheImagesOfThePaper) {
  if (!std::filesystem::is_directory(kFashionMnist)) GTEST_SKIP() << "not installed";
  const auto test = load_labelled_images(kFashionMnist, DataPart::test);
  EXPECT_EQ(test.size(), 10000U);
  EXPECT_EQ(test.pixels_an_image(), 784U);
  EXPECT_EQ(std::count(test.labels.begin(), test.labels.end(), 9), 1000);
}

}  // namespace
}  // namespace dwmtj
