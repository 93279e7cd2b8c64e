// SPDX-License-Identifier: Apache-2.0
// What holds for every mapping, on random networks and chips.
#include <algorithm>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "mapping/mapping_report.h"
#include "tests/mapping/small_networks.h"
#include "tests/support/input_error_of.h"

namespace dwmtj {
namespace {

class RandomMapping : public testing::TestWithParam<unsigned> {
 protected:
  RandomMapping() : random_(GetParam()) {
    std::vector<LayerSize> sizes(number(1, 8));
    for (auto& size : sizes) size = random_size();
    network_ = network_of(sizes);
    grid_ = {1, number(1, 9), number(3, 40), number(4, 40), number(1, 4)};
    fewest_cores_ = divide(arrays_needed(network_, grid_), grid_.arrays);
    grid_.cores = fewest_cores_ + number(0, 20);
    mapping_ = map_network(network_, grid_);
  }

  int number(int low, int high) { return std::uniform_int_distribution(low, high)(random_); }
  static int divide(std::int64_t whole, int part) {
    return static_cast<int>((whole + part - 1) / part);
  }
  LayerSize random_size() {
    const int groups = number(0, 2) == 0 ? number(2, 30) : 1;
    const int most = groups == 1 ? 120 : 15;
    return {number(1, most), std::int64_t{groups} * number(1, most), number(1, 200), groups};
  }
  const Layer& layer_of(const LayerMapping& mapped) const { return network_.layers[mapped.layer]; }

  std::mt19937 random_;
  Network network_;
  ArrayGrid grid_;
  int fewest_cores_ = 0;
  Mapping mapping_;
};

// Counts how often each weight of each copy is held, at the place that a WeightMatrix has for it.
void count_weights(std::vector<int>& held, const Layer& layer, const Block& block) {
  const auto outputs = layer.weights.outputs / layer.groups;
  for (auto group = block.first_group; group < block.first_group + block.groups; ++group) {
    for (auto i = block.first_column; i < block.first_column + block.columns; ++i) {
      for (auto j = block.first_row; j < block.first_row + block.rows; ++j) {
        ++held.at((group * outputs + i) * layer.weights.inputs + j);
      }
    }
  }
}

TEST_P(RandomMapping, EveryWeightIsHeldOnceByEachCopy) {
  for (const auto& mapped : mapping_.layers) {
    const auto& layer = layer_of(mapped);
    std::vector<std::vector<int>> held(mapped.copies, std::vector<int>(layer.weights.count()));
    for (const auto& fragment : mapped.fragments) {
      for (int i = 0; i < fragment.arrays; ++i) {
        const auto block = mapped.tiling.block(fragment.first_block + i);
        count_weights(held.at(fragment.copy), layer, block);
      }
    }
    for (const auto& copy : held) {
      EXPECT_TRUE(std::all_of(copy.begin(), copy.end(), [](int times) { return times == 1; }));
    }
  }
}

TEST_P(RandomMapping, BlocksFitIntoArrays) {
  for (const auto& mapped : mapping_.layers) {
    for (std::int64_t i = 0; i < mapped.tiling.arrays(); ++i) {
      const auto block = mapped.tiling.block(i);
      EXPECT_GT(block.weights(), 0);
      EXPECT_LE(block.groups * block.rows, grid_.rows);
      EXPECT_LE(block.groups * block.columns * grid_.slices, grid_.columns);
    }
  }
}

TEST_P(RandomMapping, NoArrayIsTakenTwice) {
  std::vector<int> taken(grid_.all_arrays());
  for (const auto& mapped : mapping_.layers) {
    for (const auto& fragment : mapped.fragments) {
      ASSERT_LE(fragment.first_array + fragment.arrays, grid_.arrays);
      for (int i = 0; i < fragment.arrays; ++i) {
        ++taken.at(fragment.core * grid_.arrays + fragment.first_array + i);
      }
    }
  }
  EXPECT_LE(*std::max_element(taken.begin(), taken.end()), 1);
  EXPECT_EQ(std::count(taken.begin(), taken.end(), 1), mapping_.arrays_used);
}

TEST_P(RandomMapping, FragmentsAddUpToTheirLayer) {
  for (const auto& mapped : mapping_.layers) {
    std::int64_t weights = 0;
    std::int64_t arrays = 0;
    std::int64_t cells = 0;
    std::int64_t outputs = 0;
    for (const auto& fragment : mapped.fragments) {
      weights += fragment.weights;
      arrays += fragment.arrays;
      cells += fragment.weights * grid_.slices;
      outputs += fragment.outputs;
      EXPECT_LE(fragment.inputs, fragment.driven_rows);
      EXPECT_LE(fragment.outputs * grid_.slices, fragment.read_columns);
      EXPECT_LE(fragment.inputs, mapped.tiling.groups * mapped.tiling.rows);
    }
    EXPECT_EQ(weights, mapped.copies * layer_of(mapped).weights.count());
    EXPECT_EQ(arrays, mapped.arrays());
    EXPECT_GE(outputs, mapped.copies * layer_of(mapped).weights.outputs);
    EXPECT_NEAR(
        mapped.utilisation,
        static_cast<double>(cells) / static_cast<double>(arrays * grid_.rows * grid_.columns),
        1e-12);
  }
}

TEST_P(RandomMapping, CopiesTakeAllWindows) {
  for (const auto& mapped : mapping_.layers) {
    const auto windows = layer_of(mapped).windows();
    EXPECT_LE(mapped.copies, windows);
    EXPECT_GE(mapped.copies * mapped.steps, windows);
    EXPECT_LT(mapped.copies * (mapped.steps - 1), windows);
    EXPECT_LE(mapped.steps, mapping_.steps);
  }
}

TEST_P(RandomMapping, IsTheSameAgain) {
  const auto again = map_network(network_, grid_);
  EXPECT_EQ(fragments_csv(network_, again), fragments_csv(network_, mapping_));
}

TEST_P(RandomMapping, FitsExactlyWhereThereAreEnoughCores) {
  auto grid = grid_;
  grid.cores = fewest_cores_;
  EXPECT_EQ(map_network(network_, grid).layers.size(), mapping_.layers.size());
  if (--grid.cores == 0) return;
  EXPECT_NE(input_error_of([&] { return map_network(network_, grid); }), "accepted");
}

TEST_P(RandomMapping, MoreCoresAreNeverSlower) {
  auto grid = grid_;
  auto steps = mapping_.steps;
  for (int i = 0; i < 20; ++i) {
    ++grid.cores;
    const auto now = map_network(network_, grid).steps;
    ASSERT_LE(now, steps);
    steps = now;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomMapping, testing::Range(0U, 100U));

}  // namespace
}  // namespace dwmtj
