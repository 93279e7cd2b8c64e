// SPDX-License-Identifier: Apache-2.0
// scripts/figures/mapping.py draws what write_mapping() wrote, and says what is wrong with a file.
#include <cstdlib>

#include <gtest/gtest.h>

#include "common/build_paths.h"
#include "mapping/mapping_report.h"
#include "tests/mapping/small_networks.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

class MappingFigure : public testing::Test {
 protected:
  void SetUp() override {
    const std::string check = std::string(kPython) + " -c 'import matplotlib' > /dev/null 2>&1";
    if (std::system(check.c_str()) != 0) GTEST_SKIP() << "python3-matplotlib is not installed";
    const auto network = network_of({{27, 16, 64}, {9, 16, 64, 16}, {1024, 10}});
    const auto mapping = map_network(network, {3, 6, 128, 128, 1});
    write_mapping(RunFolder(folder_.path()), network, mapping);
  }

  // Whether the script succeeds; what it says on stderr is error().
  bool draw(const std::string& options) const {
    const auto folder = folder_.path().string();
    const auto command = std::string(kPython) + " " + kSourceDir + "/scripts/figures/mapping.py " +
                         folder + options + " > /dev/null 2> " + folder + "/error";
    return std::system(command.c_str()) == 0;
  }
  std::string error() const { return read_text(folder_ / "error"); }

  TemporaryFolder folder_;
};

TEST_F(MappingFigure, IsDrawnInBothFormats) {
  EXPECT_TRUE(draw(" --mesh-columns 2"));
  EXPECT_EQ(error(), "");
  EXPECT_EQ(read_text(folder_ / "mapping.png").substr(0, 8), "\x89PNG\r\n\x1a\n");
  EXPECT_NE(read_text(folder_ / "mapping.svg").find("<svg"), std::string::npos);
}

TEST_F(MappingFigure, CoresThatTheChipLacksAreRefused) {
  const auto file =
      folder_.write("fragments.csv", "layer,core,first_array,arrays\nlayer 0,7,0,1\n");
  EXPECT_FALSE(draw(" --format svg"));
  EXPECT_EQ(error(), "mapping.py: " + file.string() + ": core 7, the chip has 3\n");
}

}  // namespace
}  // namespace dwmtj
