// SPDX-License-Identifier: Apache-2.0
// Copies of layers against a search over all of them.
#include "deployment/mapped_network.h"

#include <limits>

#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
#include "mapping/division.h"
#include "tests/mapping/small_networks.h"

namespace dwmtj {
namespace {

Architecture chip(int cores, int arrays) {
  return Architecture::load(find_chip("adc-multibit"),
                            ParameterOverrides({"chip.cores=" + std::to_string(cores),
                                                "core.arrays=" + std::to_string(arrays)}));
}

// A convolution over 8 channels with a kernel of 7: one array a copy.
Network layer(std::int64_t windows) {
  auto network = network_of({{56, 16, windows}});
  auto& image = network.layers[0];
  auto& convolution = network.layers[1];
  image.output = convolution.input = {8, 1, windows + 6};
  image.output_stride = convolution.input_stride = windows + 6;
  convolution.window.kernel = {1, 7};
  return network;
}

// The least time between two images that any number of copies allows.
Picoseconds best_of_all(const Network& network, const MappedNetwork& mapped, std::int64_t windows) {
  Picoseconds least = std::numeric_limits<Picoseconds>::max();
  const auto& core = mapped.architecture.core;
  const auto room = std::min(windows, mapped.mapping.grid.all_arrays());
  for (std::int64_t copies = 1; copies <= room; ++copies) {
    const auto mapping = map_network(network, mapped.mapping.grid, {divide_up(windows, copies)});
    const auto plan = plan_pipeline(network, mapping, core.shape, {core.shape.input_bits});
    const auto work = divide_work(plan, core, mapped.architecture.cores);
    least = std::min(least, bound_of(plan, work, mapped.architecture).interval());
  }
  return least;
}

TEST(Copies, AreTheBestOfAllNumbers) {
  for (const std::int64_t windows : {1, 2, 3, 5, 13, 31, 48, 49, 64, 65, 97, 128, 129, 257, 300}) {
    const auto network = layer(windows);
    for (const int cores : {1, 3, 16}) {
      const auto mapped = map_onto(network, chip(cores, 8), {});
      EXPECT_EQ(mapped.bound->interval(), best_of_all(network, mapped, windows))
          << windows << " windows on " << cores << " cores";
    }
  }
}

// A step is 856 ns. One window more never costs several of them, as where a search stops at a
// number of windows that does not divide.
TEST(Copies, OneWindowMoreIsNoCliff) {
  Picoseconds before = map_onto(layer(1), chip(16, 8), {}).bound->interval();
  for (std::int64_t windows = 2; windows <= 300; ++windows) {
    const auto interval = map_onto(layer(windows), chip(16, 8), {}).bound->interval();
    EXPECT_LE(interval, before + 2 * 856'000) << windows;
    before = interval;
  }
}

TEST(Copies, MoreArraysAreNeverSlower) {
  for (const std::int64_t windows : {49, 65, 300}) {
    Picoseconds before = std::numeric_limits<Picoseconds>::max();
    for (int arrays = 1; arrays <= 128; ++arrays) {
      const auto mapped = map_onto(layer(windows), chip(1, arrays), {});
      EXPECT_LE(mapped.bound->interval(), before) << windows << " windows, " << arrays;
      before = mapped.bound->interval();
    }
  }
}

TEST(MappedNetwork, WithoutCopiesHasOneOfEachLayer) {
  MappingChoices choices;
  choices.replicate = false;
  const auto mapped = map_onto(network_of({{56, 16, 40}, {16, 16, 40}}), chip(16, 8), choices);
  for (const auto& of_layer : mapped.mapping.layers) EXPECT_EQ(of_layer.copies, 1);
  EXPECT_EQ(mapped.mapping_of(3).layer, 3U);
}

}  // namespace
}  // namespace dwmtj
