// SPDX-License-Identifier: Apache-2.0
#include "common/file_text.h"

#include <gtest/gtest.h>

#include "common/input_error.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

using namespace std::string_literals;

TEST(FileText, IsWhatWasWrittenByteForByte) {
  const TemporaryFolder folder;
  const auto text = "a\r\nb\0c\xff"s;
  write_file(folder / "f", text);
  EXPECT_EQ(text_of_file(folder / "f"), text);
  write_file(folder / "f", "");
  EXPECT_EQ(text_of_file(folder / "f"), "");
}

TEST(FileText, IsEmptyWhereThereIsNone) {
  const TemporaryFolder folder;
  EXPECT_EQ(text_of_file(folder / "none"), "");
  EXPECT_EQ(text_of_file(folder.path()), "");
  EXPECT_FALSE(read_file(folder / "none"));
  EXPECT_FALSE(read_file(folder.path()));
}

TEST(FileText, OfAnEmptyFileIsThere) {
  const TemporaryFolder folder;
  write_file(folder / "f", "");
  EXPECT_EQ(read_file(folder / "f"), "");
}

TEST(FileText, IsNotWrittenHalf) {
  const TemporaryFolder folder;
  EXPECT_THROW(write_file(folder / "none/f", "a"), InputError);
  EXPECT_FALSE(std::filesystem::exists(folder / "none"));
}

}  // namespace
}  // namespace dwmtj
