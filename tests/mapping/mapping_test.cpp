// SPDX-License-Identifier: Apache-2.0
#include "mapping/mapping.h"

#include <gtest/gtest.h>

#include "tests/mapping/small_networks.h"
#include "tests/support/input_error_of.h"

namespace dwmtj {
namespace {

TEST(Mapping, OneDenseLayerByHand) {
  const auto network = network_of({{784, 512}});
  const auto mapping = map_network(network, {4, 16, 128, 128, 1});
  ASSERT_EQ(mapping.layers.size(), 1U);
  const auto& layer = mapping.layers[0];
  EXPECT_EQ(layer.layer, 1U);
  EXPECT_EQ(layer.copies, 1) << "one window";
  EXPECT_EQ(layer.arrays(), 28);
  ASSERT_EQ(layer.fragments.size(), 2U);
  // Two stacks of 7 arrays, and 2 arrays of the third.
  const auto& first = layer.fragments[0];
  EXPECT_EQ(first.core, 0);
  EXPECT_EQ(first.arrays, 16);
  EXPECT_EQ(first.inputs, 784);
  EXPECT_EQ(first.outputs, 384);
  EXPECT_EQ(first.driven_rows, 2 * 784 + 256);
  EXPECT_EQ(first.read_columns, 16 * 128);
  EXPECT_EQ(first.weights, (2 * 784 + 256) * 128);
  // The other 5 of the third stack, and the fourth: 528 rows and 784, of which 256 are twice in
  // none.
  const auto& second = layer.fragments[1];
  EXPECT_EQ(second.core, 1);
  EXPECT_EQ(second.first_block, 16);
  EXPECT_EQ(second.inputs, 784);
  EXPECT_EQ(second.outputs, 256);
  EXPECT_EQ(second.driven_rows, 528 + 784);
  EXPECT_DOUBLE_EQ(layer.utilisation, 784.0 / (7 * 128));
  EXPECT_EQ(mapping.arrays_used, 28);
  EXPECT_EQ(mapping.cores_used, 2);
  EXPECT_EQ(mapping.steps, 1);
}

TEST(Mapping, SmallLayersShareACore) {
  const auto network = network_of({{128, 256}, {256, 128}, {128, 10}, {10, 512}});
  const auto mapping = map_network(network, {3, 8, 128, 128, 1});
  EXPECT_EQ(mapping.layers[0].fragments[0].core, 0);
  EXPECT_EQ(mapping.layers[1].fragments[0].core, 0);
  EXPECT_EQ(mapping.layers[1].fragments[0].first_array, 2);
  EXPECT_EQ(mapping.layers[2].fragments[0].core, 0);
  // Three arrays are left, four are needed.
  ASSERT_EQ(mapping.layers[3].fragments.size(), 1U);
  EXPECT_EQ(mapping.layers[3].fragments[0].core, 1);
  EXPECT_EQ(mapping.cores_used, 2);
}

TEST(Mapping, CopiesOfTheSlowestLayer) {
  const auto network = network_of({{27, 16, 1024}, {144, 32, 256}, {2048, 10}});
  // A copy takes 1, 2 and 16 arrays. 10 and 3 copies of the first two are 32 arrays, the chip.
  const auto mapping = map_network(network, {4, 8, 128, 128, 1});
  EXPECT_EQ(mapping.layers[0].copies, 10);
  EXPECT_EQ(mapping.layers[1].copies, 3);
  EXPECT_EQ(mapping.layers[2].copies, 1);
  EXPECT_EQ(mapping.layers[0].steps, 103);
  EXPECT_EQ(mapping.layers[1].steps, 86);
  EXPECT_EQ(mapping.steps, 103);
  EXPECT_EQ(mapping.arrays_used, 32);
}

TEST(Mapping, CopiesAreBesideEachOther) {
  const auto mapping = map_network(network_of({{4, 4, 3}, {4, 4}}), {1, 4, 4, 4, 1});
  const auto& copies = mapping.layers[0].fragments;
  ASSERT_EQ(copies.size(), 3U);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(copies[i].copy, i);
    EXPECT_EQ(copies[i].first_array, i);
  }
  EXPECT_EQ(mapping.layers[1].fragments[0].first_array, 3);
}

TEST(Mapping, WithoutCopies) {
  const auto mapping = map_network(network_of({{4, 4, 3}}), {1, 4, 4, 4, 1}, {kNoCopies});
  EXPECT_EQ(mapping.layers[0].copies, 1);
  EXPECT_EQ(mapping.steps, 3);
}

TEST(Mapping, SlicesFillTheirColumns) {
  const auto mapping = map_network(network_of({{128, 64}}), {1, 2, 128, 128, 2});
  EXPECT_EQ(mapping.arrays_used, 1);
  EXPECT_EQ(mapping.layers[0].fragments[0].read_columns, 128);
  EXPECT_EQ(mapping.layers[0].fragments[0].outputs, 64);
  EXPECT_DOUBLE_EQ(mapping.utilisation, 1.0);
}

TEST(Mapping, GroupsSideBySideLeaveTheRestOfTheirArrayEmpty) {
  const auto mapping = map_network(network_of({{9, 14, 1, 14}}), {1, 1, 128, 128, 1});
  EXPECT_EQ(mapping.layers[0].fragments[0].inputs, 126);
  EXPECT_EQ(mapping.layers[0].fragments[0].outputs, 14);
  EXPECT_DOUBLE_EQ(mapping.utilisation, 126.0 / (128 * 128));
}

TEST(Mapping, NetworkWithoutWeightsIsEmpty) {
  const auto mapping = map_network(Network{"none", {Layer{}}, {0}}, {1, 1, 1, 1, 1});
  EXPECT_TRUE(mapping.layers.empty());
  EXPECT_EQ(mapping.cores_used, 0);
  EXPECT_EQ(mapping.utilisation, 0.0);
}

TEST(Mapping, ArraysNeeded) {
  const auto network = network_of({{784, 512, 10}, {512, 10}});
  EXPECT_EQ(arrays_needed(network, {1, 1, 128, 128, 1}), 28 + 4);
  EXPECT_EQ(arrays_needed(network, {1, 1, 128, 128, 2}), 56 + 4);
}

TEST(Mapping, TooLargeSaysByHowMuch) {
  const auto network = network_of({{784, 512}, {512, 10}});
  EXPECT_EQ(input_error_of([&] {
              return map_network(network, {2, 10, 128, 128, 1});
            }),
            "network small: needs 32 arrays of 128 x 128 (4 cores of 10), the chip has 20 (2 "
            "cores): 12 too many (60.0 %); 2 such chips would hold it");
  EXPECT_EQ(map_network(network, {4, 8, 128, 128, 1}).arrays_used, 32) << "fits exactly";
}

TEST(Mapping, ImpossibleGridsAreRefused) {
  const auto error = [](const ArrayGrid& grid) {
    return input_error_of([&] { return map_network(network_of({{1, 1}}), grid); });
  };
  EXPECT_EQ(error({0, 1, 1, 1, 1}), "cores: 0: expected at least 1");
  EXPECT_EQ(error({1, -1, 1, 1, 1}), "arrays: -1: expected at least 1");
  EXPECT_EQ(error({1, 1, 0, 1, 1}), "rows: 0: expected at least 1");
  EXPECT_EQ(error({1, 1, 1, 0, 1}), "columns: 0: expected at least 1");
  EXPECT_EQ(error({1, 1, 1, 1, 0}), "slices: 0: expected at least 1");
  EXPECT_EQ(error({1, 1, 1, 4, 5}), "slices: 5: expected at most the 4 columns of an array");
  EXPECT_EQ(input_error_of([] {
              return map_network(network_of({{1, 1}}), ArrayGrid{}, MappingOptions{0});
            }),
            "steps: 0: expected at least 1");
}

}  // namespace
}  // namespace dwmtj
