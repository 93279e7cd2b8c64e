// SPDX-License-Identifier: Apache-2.0
#include "tile/tile_of_device.h"

#include <gtest/gtest.h>

#include "tests/support/input_error_of.h"
#include "tile/tile_parameters.h"

namespace dwmtj {
namespace {

std::string refused(const std::string& device) {
  return input_error_of([&] { return find_tile_of_device(device).string(); });
}

TEST(TileOfDevice, IsTheOneOfItsName) {
  EXPECT_EQ(find_tile_of_device("trapezoidal-100k"), find_tile("trapezoidal-100k"));
  EXPECT_EQ(find_tile_of_device("straight"), find_tile("straight"));
}

TEST(TileOfDevice, IsNoneIfNoneOrSeveralHaveIt) {
  EXPECT_EQ(refused("mine"), "no tile of the catalog has the device 'mine': expected --tile");
  EXPECT_EQ(refused("straight-100k-film"),
            "the tiles straight-130nm, straight-28nm, straight-65nm have the device "
            "'straight-100k-film': expected --tile");
}

}  // namespace
}  // namespace dwmtj
