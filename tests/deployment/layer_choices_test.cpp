// SPDX-License-Identifier: Apache-2.0
// Bits and copies of single layers.
#include "deployment/layer_choices.h"

#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
#include "deployment/mapped_network.h"
#include "tests/mapping/small_networks.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

LayerChoices read(const std::string& text) {
  const TemporaryFolder folder;
  return load_layer_choices(folder.write("layers.yaml", text));
}

MappedNetwork mapped(const LayerChoices& layers) {
  MappingChoices choices;
  choices.layers = layers;
  return map_onto(network_of({{128, 64, 40}, {64, 64, 40}}),
                  Architecture::load(find_chip("adc-multibit")), choices);
}

TEST(LayerChoices, AreOfTheLayersThatTheyName) {
  const auto of = mapped(read("layers:\n  layer 0: {bits: 9, copies: 3}\n"));
  const auto& first = of.mapping.layers.at(0);
  // A sign and 8 bits are two cells of 16 levels a side: 4 columns, 32 weights across.
  EXPECT_EQ(of.cells_of(first.layer).columns(), 4);
  EXPECT_EQ(first.slices, 4);
  EXPECT_EQ(first.tiling.column_splits, 2);
  EXPECT_EQ(first.copies, 3);
  EXPECT_EQ(first.steps, 14);
  EXPECT_EQ(first.fragments.at(0).read_columns, 64 * 4);
  EXPECT_DOUBLE_EQ(first.utilisation, 1.0);
  const auto& second = of.mapping.layers.at(1);
  EXPECT_EQ(of.cells_of(second.layer).columns(), 2);
  EXPECT_EQ(second.tiling.column_splits, 1);
  EXPECT_GT(second.copies, 1);
}

TEST(LayerChoices, LeaveTheRestToTheSearch) {
  const auto all_free = mapped({});
  const auto one_asked = mapped(read("layers:\n  layer 1: {copies: 40}\n"));
  EXPECT_EQ(one_asked.mapping.layers.at(1).copies, 40);
  EXPECT_GE(one_asked.mapping.layers.at(0).copies, 1);
  EXPECT_LE(one_asked.mapping.arrays_used, 128);
  EXPECT_EQ(all_free.mapping.layers.at(0).slices, 2);
}

TEST(LayerChoices, OfBitsAloneLeaveTheCopiesToTheSearch) {
  const auto of = mapped(read("layers:\n  layer 0: {bits: 9}\n"));
  EXPECT_EQ(of.mapping.layers.at(0).slices, 4);
  EXPECT_GT(of.mapping.layers.at(0).copies, 1);
}

TEST(LayerChoices, AreRefusedByName) {
  const auto error = [](const std::string& text) {
    return input_error_of([&] { mapped(read(text)); });
  };
  EXPECT_EQ(error("layers:\n  nobody: {bits: 4}\n  none: {copies: 1}\n"),
            "--layers: no layers with weights: nobody, none");
  EXPECT_EQ(error("layers:\n  layer 0: {copies: 41}\n"),
            "--layers: layer 0: 41 copies share 40 windows: expected no more");
  EXPECT_NE(error("layers:\n  layer 0: {bits: 17}\n").find("layers.yaml:2: "), std::string::npos);
  EXPECT_NE(error("layers:\n  layer 0: {weight: 4}\n").find("weight"), std::string::npos);
  // 40 of one and 40 of four arrays: 128 are there.
  EXPECT_NE(
      error("layers:\n  layer 0: {copies: 40}\n  layer 1: {copies: 40, bits: 16}\n").find("needs "),
      std::string::npos);
}

}  // namespace
}  // namespace dwmtj
