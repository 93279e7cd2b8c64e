// SPDX-License-Identifier: Apache-2.0
#include "recording/json_array_file.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "common/disk_full_error.h"
#include "common/input_error.h"
#include "tests/recording/file_size_limit.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj::test {
namespace {

struct JsonArrayFileTest : testing::Test {
  TemporaryFolder folder;
  std::filesystem::path path = folder / "array.json";
  [[nodiscard]] nlohmann::json parsed() const { return nlohmann::json::parse(read_text(path)); }
};

TEST_F(JsonArrayFileTest, IsValidFromTheBeginning) {
  const JsonArrayFile file(path);
  EXPECT_EQ(read_text(path), "[\n]\n");
}

TEST_F(JsonArrayFileTest, IsValidAfterEachFlush) {
  JsonArrayFile file(path);
  for (int i = 0; i < 3; ++i) {
    file.next() += std::to_string(i);
    file.flush();
    EXPECT_EQ(parsed().size(), static_cast<std::size_t>(i + 1));
  }
  EXPECT_EQ(read_text(path), "[\n0,\n1,\n2\n]\n");
}

TEST_F(JsonArrayFileTest, GrowsByItselfAndIsWholeInTheEnd) {
  constexpr int kMany = 100000;
  {
    JsonArrayFile file(path);
    for (int i = 0; i < kMany; ++i) file.next() += std::to_string(i);
    EXPECT_GT(parsed().size(), 0U);
  }
  EXPECT_EQ(parsed().size(), static_cast<std::size_t>(kMany));
}

TEST_F(JsonArrayFileTest, IsValidWhenTheDiskIsFull) {
  JsonArrayFile file(path);
  file.next() += "1";
  file.flush();
  {
    const FileSizeLimit limit(1000);
    file.next() += std::string(2000, '1');
    EXPECT_THROW(file.flush(), DiskFullError);
  }
  EXPECT_EQ(read_text(path), "[\n1\n]\n");
}

TEST_F(JsonArrayFileTest, RefusesAPlaceThatCannotBeWritten) {
  EXPECT_THROW(JsonArrayFile(folder / "missing/array.json"), InputError);
  const FileSizeLimit limit(1);
  EXPECT_THROW(JsonArrayFile{path}, InputError);
}

}  // namespace
}  // namespace dwmtj::test
