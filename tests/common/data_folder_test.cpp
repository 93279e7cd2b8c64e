// SPDX-License-Identifier: Apache-2.0
#include "common/data_folder.h"

#include <cstdlib>

#include <gtest/gtest.h>

#include "common/build_paths.h"
#include "common/catalog_folder.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

class DataFolder : public ::testing::Test {
 protected:
  void SetUp() override { unsetenv("DWMTJ_DATA"); }
  void TearDown() override { unsetenv("DWMTJ_DATA"); }

  const std::filesystem::path sources_ = kSourceDir;
  TemporaryFolder folder_;
};

TEST_F(DataFolder, IsInTheSourcesOfThisBuild) {
  EXPECT_EQ(data_folder("devices/catalog"), sources_ / "devices/catalog");
}

TEST_F(DataFolder, IsWhereTheEnvironmentSays) {
  std::filesystem::create_directories(folder_ / "devices/catalog");
  setenv("DWMTJ_DATA", folder_.path().c_str(), 1);
  EXPECT_EQ(data_folder("devices/catalog"), folder_ / "devices/catalog");
}

TEST_F(DataFolder, IsInTheSourcesWhereTheEnvironmentHasNone) {
  for (const auto& root : {folder_.path().string(), std::string()}) {
    setenv("DWMTJ_DATA", root.c_str(), 1);
    EXPECT_EQ(data_folder("devices/catalog"), sources_ / "devices/catalog");
  }
}

TEST_F(DataFolder, IsNotLookedForWhereTheEnvironmentIsWrong) {
  for (const auto& root : {std::string("/nowhere"), std::string(5000, 'a')}) {
    setenv("DWMTJ_DATA", root.c_str(), 1);
    EXPECT_EQ(input_error_of([] { return data_folder("devices/catalog"); }),
              "DWMTJ_DATA: " + root + ": no such folder");
  }
}

TEST_F(DataFolder, AnEmptyEnvironmentIsNotTheWorkingFolder) {
  std::filesystem::create_directories(folder_ / "devices/catalog");
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder_.path());
  setenv("DWMTJ_DATA", "", 1);
  const auto found = data_folder("devices/catalog");
  std::filesystem::current_path(before);
  EXPECT_EQ(found, sources_ / "devices/catalog");
}

TEST_F(DataFolder, IsNotAFile) {
  folder_.write("nothing", "a file");
  setenv("DWMTJ_DATA", folder_.path().c_str(), 1);
  EXPECT_EQ(input_error_of([] { return data_folder("nothing"); }),
            "the project's folder 'nothing' is not found; set DWMTJ_DATA to the folder that holds "
            "it");
}

TEST_F(DataFolder, HoldsCatalogsByName) {
  std::filesystem::create_directories(folder_ / "things");
  for (const char* const name : {"things/b.yaml", "things/a.yaml", "things/notes.txt"}) {
    folder_.write(name, "");
  }
  setenv("DWMTJ_DATA", folder_.path().c_str(), 1);
  EXPECT_EQ(names_in_catalog({"things", "thing"}), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(find_in_catalog({"things", "thing"}, "b"), folder_ / "things/b.yaml");
  EXPECT_EQ(find_in_catalog({"things", "thing"}, "x/mine.yaml"), "x/mine.yaml");
  EXPECT_EQ(input_error_of([] {
              return find_in_catalog({"things", "thing"}, "c");
            }),
            "unknown thing 'c'; known: a, b, or the path of a .yaml file");
}

}  // namespace
}  // namespace dwmtj
