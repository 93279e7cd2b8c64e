// SPDX-License-Identifier: Apache-2.0
#include "tile/tile_parameters.h"

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

// The error of the straight tile's file with the first `from` replaced by `to`.
std::string error_with(const std::string& from, const std::string& to) {
  const TemporaryFolder folder;
  std::string text = read_text(find_tile("straight"));
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  const auto file = folder.write("tile.yaml", text);
  std::string error = input_error_of([&] { return TileParameters::load(file); });
  const auto name = error.find("tile.yaml");
  return name == std::string::npos ? error : error.substr(name);
}

TEST(TileParameters, CatalogLoadsAndFitsItsDevices) {
  for (const auto& name : tile_names()) {
    const auto tile = TileParameters::load(find_tile(name));
    EXPECT_EQ(tile.name, name);
    tile.check_levels(test::catalog_model(tile.device));
    for (const auto& constant : tile.constants) EXPECT_FALSE(constant.source.empty());
  }
}

TEST(TileParameters, SettleTimesAreWholeCyclesAtLeastOne) {
  auto tile = TileParameters::load(find_tile("straight"));
  EXPECT_EQ(tile.cycles(from_si<Time>(2e-9)), 2);
  EXPECT_EQ(tile.cycles(from_si<Time>(2.001e-9)), 3);
  EXPECT_EQ(tile.cycles(from_si<Time>(0.0)), 1);
  EXPECT_EQ(tile.largest_code(), 255);
}

TEST(TileParameters, NamesFileLineAndKeyOfAMistake) {
  EXPECT_EQ(
      error_with("  clock_period:", "  clock_periode:").find("tile.yaml:9: timing: missing key"),
      0U);
  EXPECT_NE(error_with("strategy: nudge", "strategy: shove").find("'shove' is not one of"),
            std::string::npos);
  EXPECT_NE(error_with("{value: 1 ns,", "{value: 1 V,").find("timing.clock_period.value: '1 V'"),
            std::string::npos);
  EXPECT_NE(error_with("{value: 0.1 uA,", "{value: 2 mA,").find("out of range"), std::string::npos);
  EXPECT_NE(
      error_with("{value: 13.0 uA,", "{value: 30 uA,").find("is not a current of this driver"),
      std::string::npos);
  EXPECT_NE(error_with("title:", "surprise: 1\ntitle:").find("surprise: unknown key"),
            std::string::npos);
}

TEST(TileParameters, NeedsAFirstCurrentForEachLevel) {
  const auto tile = TileParameters::load(find_tile("straight"));
  const auto error = input_error_of([&] {
    tile.check_levels(test::catalog_model("trapezoidal"));
    return 0;
  });
  EXPECT_NE(error.find("5 entries; the device 'trapezoidal' has 4 levels"), std::string::npos);
}

}  // namespace
}  // namespace dwmtj
