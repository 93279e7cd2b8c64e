// SPDX-License-Identifier: Apache-2.0
#include "common/effective_file.h"

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

TEST(EffectiveFile, SaysWhereItIsFrom) {
  EXPECT_EQ(effective_file("name: a\nrows: 2\n", "tiles/a.yaml"),
            "# From tiles/a.yaml\nname: a\nrows: 2\n");
}

TEST(EffectiveFile, HasOtherValuesForKeys) {
  EXPECT_EQ(effective_file("tile: ../t.yaml\ntiles:\n  tile: straight\n  count: 4\n", "c.yaml",
                           {{"tile", "tile.yaml"}, {"tiles.tile", "tile.yaml"}, {"seed", "7"}}),
            "# From c.yaml\ntile: tile.yaml\ntiles:\n  tile: tile.yaml\n  count: 4\nseed: 7\n");
}

}  // namespace
}  // namespace dwmtj
