// SPDX-License-Identifier: Apache-2.0
#include "datasets/data_set.h"

#include <fstream>
#include <zlib.h>

#include <gtest/gtest.h>

#include "common/input_error.h"

namespace dwmtj {
namespace {

namespace fs = std::filesystem;

class DataSetTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) /
              testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }
  void write_packed(const std::string& name, const std::string& bytes) const {
    const gzFile file = gzopen((folder_ / name).c_str(), "wb");
    gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
    gzclose(file);
  }
  [[nodiscard]] DataSet load() const { return load_data_set(folder_.string(), Split::test); }
  // What is said about the folder's files.
  [[nodiscard]] std::string complaint() const {
    try {
      static_cast<void>(load());
    } catch (const InputError& error) {
      return error.what();
    }
    return {};
  }

  fs::path folder_;
};

std::string cifar_record(char label, char pixel) {
  return std::string(1, label) + std::string(3072, pixel);
}

std::string idx(const std::vector<unsigned char>& header, const std::string& data) {
  return std::string(header.begin(), header.end()) + data;
}

std::string npy(const std::string& type, const std::string& shape, const std::string& data) {
  std::string header =
      "{'descr': " + type + ", 'fortran_order': False, 'shape': " + shape + ", }\n";
  return std::string("\x93NUMPY\x01\x00", 8) + static_cast<char>(header.size() % 256) +
         static_cast<char>(header.size() / 256) + header + data;
}

TEST_F(DataSetTest, ReadsCifar10) {
  write("test_batch.bin", cifar_record(3, '\x33') + cifar_record(9, '\xff'));
  const auto data = load();
  EXPECT_EQ(data.labels, (std::vector<int>{3, 9}));
  EXPECT_EQ(data.shape.channels, 3);
  EXPECT_EQ(data.classes(), 10);
  std::vector<float> image(3072);
  data.copy(0, image.data());
  EXPECT_FLOAT_EQ(image[100], 0.2F);
  data.copy(1, image.data());
  EXPECT_FLOAT_EQ(image[3071], 1.0F);
}

TEST_F(DataSetTest, ReadsCifar100ByItsFineLabel) {
  write_packed("test.bin.gz", std::string(1, 7) + cifar_record(99, 0));
  EXPECT_EQ(load().labels, (std::vector<int>{99}));
}

TEST_F(DataSetTest, ReadsIdx) {
  write_packed("t10k-images-idx3-ubyte.gz",
               idx({0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3}, "abcdef"));
  write("t10k-labels-idx1-ubyte", idx({0, 0, 8, 1, 0, 0, 0, 2}, std::string("\x04\x05")));
  const auto data = load();
  EXPECT_EQ(data.labels, (std::vector<int>{4, 5}));
  EXPECT_EQ(data.shape.width, 3);
  EXPECT_EQ(data.pixels[3], 'd');
}

TEST_F(DataSetTest, ReadsNpy) {
  const float values[] = {0.5F, -1.5F};
  write("test_images.npy",
        npy("'<f4'", "(1, 2)", std::string(reinterpret_cast<const char*>(values), 8)));
  write("test_labels.npy", npy("'|u1'", "(1,)", "\x02"));
  const auto data = load();
  EXPECT_EQ(data.values, (std::vector<float>{0.5F, -1.5F}));
  EXPECT_EQ(data.labels, (std::vector<int>{2}));
}

template <typename Value>
std::string raw(const std::vector<Value>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Value)};
}

// Each type that a value or a label may have.
TEST_F(DataSetTest, ReadsNpyOfEveryType) {
  write("test_images.npy", npy("'<f8'", "(2, 2)", raw<double>({0.5, -1.5, 2, 3})));
  write("test_labels.npy", npy("'<i8'", "(2,)", raw<std::int64_t>({7, 1})));
  auto data = load();
  EXPECT_EQ(data.values, (std::vector<float>{0.5F, -1.5F, 2, 3}));
  EXPECT_EQ(data.labels, (std::vector<int>{7, 1}));
  write("test_images.npy", npy("'|u1'", "(2, 3)", "abcdef"));
  write("test_labels.npy", npy("'<i4'", "(2,)", raw<std::int32_t>({5, 9})));
  data = load();
  EXPECT_EQ(data.labels, (std::vector<int>{5, 9}));
  EXPECT_EQ(data.pixels, (std::vector<std::uint8_t>{'a', 'b', 'c', 'd', 'e', 'f'}));
}

// Debian's package, without a script run before; where it is not installed, the message says what
// puts it there.
TEST_F(DataSetTest, FindsWhatTheSystemHas) {
  if (!std::filesystem::is_directory(kSystemDataSets / "fashion-mnist")) GTEST_SKIP();
  EXPECT_EQ(load_data_set("fashion-mnist", Split::test).images(), 10000);
}

TEST_F(DataSetTest, SaysWhatItExpected) {
  EXPECT_NE(complaint().find("expected test_batch.bin, test.bin, t10k"), std::string::npos);
  EXPECT_THROW(load_data_set("no-such-set", Split::test), InputError);
}

TEST_F(DataSetTest, RefusesRecordsThatAreCutShort) {
  write("test_batch.bin", cifar_record(3, 0) + "ab");
  EXPECT_NE(complaint().find("3075 bytes: expected a multiple of 3073"), std::string::npos);
}

TEST_F(DataSetTest, RefusesTruncatedGzip) {
  write_packed("test_batch.bin.gz", cifar_record(3, 5));
  const auto whole = fs::file_size(folder_ / "test_batch.bin.gz");
  fs::resize_file(folder_ / "test_batch.bin.gz", whole - 9);
  EXPECT_NE(complaint().find("cut short"), std::string::npos);
}

TEST_F(DataSetTest, RefusesLabelsOfAnotherNumber) {
  write("t10k-images-idx3-ubyte", idx({0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1}, "a"));
  write("t10k-labels-idx1-ubyte", idx({0, 0, 8, 1, 0, 0, 0, 2}, "ab"));
  EXPECT_NE(complaint().find("1 images, but"), std::string::npos);
  EXPECT_NE(complaint().find("2 labels"), std::string::npos);
}

TEST_F(DataSetTest, RefusesIdxThatIsNone) {
  write("t10k-labels-idx1-ubyte", idx({0, 0, 8, 1, 0, 0, 0, 1}, "a"));
  write("t10k-images-idx3-ubyte", "abcdefgh");
  EXPECT_NE(complaint().find("expected an IDX file"), std::string::npos);
  write("t10k-images-idx3-ubyte", idx({0, 0, 13, 3}, "abcdefgh"));
  EXPECT_NE(complaint().find("type 0x0d"), std::string::npos);
  write("t10k-images-idx3-ubyte",
        idx({0, 0, 8, 3, 0, 0, 0, 1, 255, 255, 255, 255, 255, 255, 255, 255}, ""));
  EXPECT_NE(complaint().find("of this world"), std::string::npos);
  write("t10k-images-idx3-ubyte", idx({0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2}, "abc"));
  EXPECT_NE(complaint().find("expected 20 bytes for 1 x 2 x 2, not 19"), std::string::npos);
}

TEST_F(DataSetTest, RefusesNpyItCannotTake) {
  write("test_labels.npy", npy("'|u1'", "(1,)", "\x02"));
  write("test_images.npy", npy("'>f4'", "(1, 1)", "abcd"));
  EXPECT_NE(complaint().find("type '>f4'"), std::string::npos);
  write("test_images.npy", npy("'<f4'", "(1, 1)", std::string("\x00\x00\xc0\x7f", 4)));
  EXPECT_NE(complaint().find("finite"), std::string::npos);
  write("test_images.npy", "\x93NUMPY");
  EXPECT_NE(complaint().find("expected a .npy file"), std::string::npos);
}

}  // namespace
}  // namespace dwmtj
