// SPDX-License-Identifier: Apache-2.0
// Copies of layers against a search over all of them.
#include "deployment/mapped_network.h"

#include <algorithm>
#include <limits>

#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
#include "mapping/division.h"
#include "tests/mapping/small_networks.h"

namespace dwmtj {
namespace {

Architecture chip(int cores, int arrays) {
  static const auto kChip = Architecture::load(find_chip("adc-multibit"));
  auto chip = kChip;
  chip.cores = cores;
  chip.core.shape.arrays = arrays;
  return chip;
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

constexpr Picoseconds kStep = 856'000;  // of one window

struct Choice {
  std::int64_t copies;
  Picoseconds interval;
};

// By number of copies, from 1 on, the least time between two images.
std::vector<Choice> all_numbers(const Network& network, const Architecture& chip,
                                std::int64_t most) {
  std::vector<Choice> choices;
  const auto windows = network.layers[1].output.width;
  const ArrayGrid grid{chip.cores, chip.core.shape.arrays, chip.core.shape.rows,
                       chip.core.shape.columns, 2};
  for (std::int64_t copies = 1; copies <= std::min(windows, most); ++copies) {
    const auto mapping = map_network(network, grid, {divide_up(windows, copies)});
    if (mapping.layers[0].copies != copies) continue;  // fewer take as many steps
    const auto plan =
        plan_pipeline(network, mapping, chip.core.shape, {chip.core.shape.input_bits});
    const auto work = divide_work(plan, chip.core, chip.cores);
    choices.push_back({copies, bound_of(plan, work, chip).interval()});
  }
  return choices;
}

// The fewest copies within a window, and within 2 %, of the least time that any number allows.
Choice best_of(const std::vector<Choice>& choices, std::int64_t room) {
  auto least = std::numeric_limits<Picoseconds>::max();
  for (const auto& choice : choices) {
    if (choice.copies <= room) least = std::min(least, choice.interval);
  }
  const auto enough = least + std::min(kStep, least / 50);
  return *std::find_if(choices.begin(), choices.end(),
                       [&](const Choice& choice) { return choice.interval <= enough; });
}

Picoseconds expect_best(const Network& network, const Architecture& chip,
                        const std::vector<Choice>& choices) {
  const auto mapped = map_onto(network, chip, {});
  const auto best = best_of(choices, mapped.mapping.grid.all_arrays());
  EXPECT_EQ(mapped.mapping.layers[0].copies, best.copies)
      << network.layers[1].output.width << " windows on " << mapped.mapping.grid.all_arrays();
  EXPECT_EQ(mapped.bound->interval(), best.interval);
  return mapped.bound->interval();
}

// The arrays of one core: however many there are, what a number of copies takes is the same. With
// more of them it never takes longer.
TEST(Copies, AreTheBestOfAllNumbersAndMoreArraysAreNeverSlower) {
  for (int windows = 1; windows <= 300; ++windows) {
    const auto network = layer(windows);
    const auto choices = all_numbers(network, chip(1, 128), 128);
    auto before = std::numeric_limits<Picoseconds>::max();
    for (int arrays = 1; arrays <= 128; ++arrays) {
      const auto interval = expect_best(network, chip(1, arrays), choices);
      EXPECT_LE(interval, before) << windows << " windows, " << arrays;
      before = interval;
    }
  }
}

TEST(Copies, AreTheBestOnSeveralCoresToo) {
  for (const std::int64_t windows : {13, 48, 49, 64, 65, 129, 300}) {
    const auto network = layer(windows);
    for (const int cores : {3, 16}) {
      expect_best(network, chip(cores, 8), all_numbers(network, chip(cores, 8), 8 * cores));
    }
  }
}

// 16 operations of a window take a digital part 214 ns, the array 856: of eight copies a core the
// digital part is what they wait for. Where a core more is begun that gets better at once, so half
// as many copies, whose arrays alone would be fast enough, are half as fast.
TEST(Copies, AreTheBestWhereDigitalPartsAreSlow) {
  auto slow = chip(4, 8);
  for (auto& circuit : slow.core.components) {
    for (auto& price : circuit.actions) {
      if (price.action == Action::digital_op)
        price.peak = 16.0 / circuit.count / (214e-9 * si::seconds);
    }
  }
  for (const std::int64_t windows : {32, 64, 129, 300}) {
    const auto network = layer(windows);
    expect_best(network, slow, all_numbers(network, slow, 32));
  }
  const auto network = layer(64);
  const auto mapped = map_onto(network, slow, {});
  EXPECT_EQ(mapped.mapping.layers[0].copies, 32);
  EXPECT_EQ(mapped.bound->interval(), 16 * 214'000) << "16 windows a core";
}

// One window more never costs several steps, as where a search stops at a number of windows that
// does not divide; and as many copies as fit are within a step of what they could reach.
TEST(Copies, OneWindowMoreIsNoCliff) {
  for (std::int64_t windows = 1; windows <= 300; windows += 7) {
    const auto mapped = map_onto(layer(windows), chip(16, 8), {});
    const auto steps = divide_up(windows, std::min<std::int64_t>(windows, 128));
    EXPECT_LE(mapped.bound->interval(), (steps + 1) * kStep) << windows;
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
