// SPDX-License-Identifier: Apache-2.0
// A network on the simulated chip gives every sum and label of the same tiles in bulk, with noise
// and variation on, in both timings, with any tiles at their pins; and its accounts add up.
#include "simulation/chip_inference.h"

#include <memory>
#include <numeric>

#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
#include "ledger/power_trace.h"
#include "simulation/bulk_comparison.h"
#include "tests/inference/networks.h"
#include "tests/simulation/small_networks.h"
#include "tests/support/catalog_model.h"
#include "tests/support/tile_bench.h"

namespace dwmtj {
namespace {

constexpr std::int64_t kImages = 6;

// Thirty tiles of 8 x 8 pairs on a bus.
ChipParameters small_chip() {
  return ChipParameters::load(
      find_chip("bus-4"),
      ParameterOverrides({"tiles.count=30", "tiles.per_router=30", "tiles.tile=trapezoidal"}));
}

// One network on tiles, and what the tiles in bulk make of it.
struct Setup {
  Setup(Network of, const TileReading& reading)
      : network(std::move(of)),
        data(random_images(20, {1, 6, 6}, 4)),
        source(data, network.layers[0], {}),
        ranges(
            measure_ranges(network, plan_forward(network), source, {20, chip.tiles.rows, 8, {}})),
        tiled(tile_network(network, ranges, tiles, {reading, {}, 100})),
        pass(tiled, tiles) {}

  // By image and step.
  std::vector<std::vector<std::vector<std::int32_t>>> bulk_sums;
  std::vector<int> bulk_labels;
  void run_in_bulk() {
    bulk_sums.assign(kImages, std::vector<std::vector<std::int32_t>>(tiled.plan.steps.size()));
    for (std::int64_t image = 0; image < kImages; ++image) {
      bulk_labels.push_back(pass.classify(source, image, [&](auto i, auto step, const auto& sums) {
        bulk_sums[static_cast<std::size_t>(i)][step] = sums;
      }));
    }
  }

  ChipParameters chip = small_chip();
  TileParameters tile = TileParameters::load(find_tile("trapezoidal"));
  TileSet tiles{tile, test::catalog_model("trapezoidal"), 30, 8, 8, 11};
  Network network;
  DataSet data;
  ImageSource source;
  ActivationRanges ranges;
  TiledNetwork tiled;
  TilePass pass;
};

struct Run {
  Run(const std::string& name, const Setup& setup, TlmTiming timing, std::set<std::size_t> zoomed,
      std::size_t in_flight = 0) {
    ChipInferenceOptions options;
    options.chip.timing = timing;
    options.chip.seed = setup.tiles.seed;
    options.chip.zoom = {std::move(zoomed), {nullptr, true}};
    options.images = kImages;
    options.in_flight = in_flight;
    options.probe = [&, this](auto image, auto step, const auto& of_step) {
      ++layers;
      same += setup.bulk_sums[static_cast<std::size_t>(image)][step] == of_step ? 1 : 0;
    };
    inference = std::make_unique<ChipInference>(name, setup.chip, setup.tiles, setup.tiled,
                                                setup.source, options);
    power = std::make_unique<PowerTrace>(inference->ledger(), 1'000'000);
  }

  int layers = 0;
  int same = 0;
  std::unique_ptr<ChipInference> inference;
  std::unique_ptr<PowerTrace> power;
};

struct Case {
  explicit Case(const std::string& name, Network network, const TileReading& reading)
      : result_bits(reading.result_bits), setup(std::move(network), reading) {
    setup.run_in_bulk();
    runs.push_back(
        std::make_unique<Run>(name + "_at", setup, TlmTiming::at, std::set<std::size_t>{}));
    runs.push_back(
        std::make_unique<Run>(name + "_at1", setup, TlmTiming::at, std::set<std::size_t>{1}));
    runs.push_back(std::make_unique<Run>(name + "_at3", setup, TlmTiming::at,
                                         std::set<std::size_t>{0, 2, setup.tiled.tiles - 1}));
    runs.push_back(
        std::make_unique<Run>(name + "_lt", setup, TlmTiming::lt, std::set<std::size_t>{}));
    runs.push_back(
        std::make_unique<Run>(name + "_lt1", setup, TlmTiming::lt, std::set<std::size_t>{2}));
    runs.push_back(
        std::make_unique<Run>(name + "_one", setup, TlmTiming::at, std::set<std::size_t>{}, 1));
  }
  std::int64_t result_bits;
  Setup setup;
  std::vector<std::unique_ptr<Run>> runs;
};

// All chips of this program are in one simulation.
std::vector<std::unique_ptr<Case>>& cases() {
  static auto made = [] {
    std::vector<std::unique_ptr<Case>> all;
    all.push_back(std::make_unique<Case>("mlp", small_perceptron(), TileReading{4, 6}));
    all.push_back(std::make_unique<Case>("signs", test::sign_perceptron(), TileReading{4, 1}));
    all.push_back(std::make_unique<Case>("cnn", test::small_convolutions(), TileReading{3, 6}));
    for (const auto& each : all) {
      for (const auto& run : each->runs) EXPECT_TRUE(run->inference->run());
    }
    return all;
  }();
  return made;
}

TEST(ChipInference, GivesEverySumAndLabelOfTheTilesInBulk) {
  for (const auto& each : cases()) {
    const auto layers =
        std::count_if(each->setup.tiled.layers.begin(), each->setup.tiled.layers.end(),
                      [](const auto& layer) { return layer != nullptr; });
    for (const auto& run : each->runs) {
      EXPECT_EQ(run->inference->labels(), each->setup.bulk_labels);
      EXPECT_EQ(run->layers, layers * kImages);
      EXPECT_EQ(run->same, run->layers);
    }
  }
}

TEST(ChipInference, LeavesTheDevicesOfTheTilesInBulk) {
  for (const auto& each : cases()) {
    for (const auto& run : each->runs) {
      for (std::size_t i = 0; i < each->setup.tiled.tiles; ++i) {
        ASSERT_EQ(test::states_of(run->inference->chip().tile(i).array()),
                  test::states_of(each->setup.pass.tile(i).array()));
      }
    }
  }
}

TEST(ChipInference, TilesAtTheirPinsChangeNoTimeAndNoEnergy) {
  for (const auto& each : cases()) {
    for (const auto& [plain, zoomed] : {std::pair{0, 1}, {0, 2}, {3, 4}}) {
      const auto& a = *each->runs[static_cast<std::size_t>(plain)]->inference;
      const auto& b = *each->runs[static_cast<std::size_t>(zoomed)]->inference;
      for (std::size_t i = 0; i < a.images().size() && zoomed != 4; ++i) {
        EXPECT_EQ(a.images()[i].started, b.images()[i].started);
        EXPECT_EQ(a.images()[i].ended, b.images()[i].ended);
      }
      const double joules = in_si(a.ledger().posted());
      EXPECT_NEAR(in_si(b.ledger().posted()), joules, 1e-12 * joules);
    }
  }
}

// By component, by layer, by image, and as the integral of power.
TEST(ChipInference, AccountsAddUp) {
  for (const auto& each : cases()) {
    for (const auto& run : each->runs) {
      const auto& inference = *run->inference;
      const auto& accounts = inference.accounts();
      const double posted = in_si(inference.ledger().posted());
      double by_component = 0;
      for (std::size_t i = 0; i < inference.ledger().components().size(); ++i) {
        by_component += in_si(inference.ledger().spent(ComponentId(i)) -
                              inference.ledger().leaked(ComponentId(i)));
      }
      double by_layer = accounts.writing() + accounts.of_input_and_output();
      for (std::size_t i = 0; i <= each->setup.tiled.layers.size(); ++i) {
        by_layer += accounts.of_layer(i);
      }
      double by_image = accounts.writing();
      for (std::size_t i = 0; i < kImages; ++i) {
        EXPECT_GT(accounts.of_image(i), 0.0);
        by_image += accounts.of_image(i);
      }
      EXPECT_GT(accounts.writing(), 0.0);
      EXPECT_NEAR(by_component, posted, 1e-12 * posted);
      EXPECT_NEAR(by_layer, posted, 1e-12 * posted);
      EXPECT_NEAR(by_image, posted, 1e-12 * posted);
      EXPECT_NEAR(in_si(run->power->integral()), posted, 1e-9 * posted);
    }
  }
}

// A command with its inputs there, two bits each, a result with its codes back, as many bits each
// as were asked for: each a packet of so many flits.
TEST(ChipInference, PaysForThePacketsOfCommandsAndResults) {
  for (const auto& each : cases()) {
    const auto& interconnect = each->setup.chip.interconnect;
    const auto flits = interconnect.flits(2 * 8) + interconnect.flits(each->result_bits * 8);
    for (const auto& run : each->runs) {
      const auto& inference = *run->inference;
      const auto& ledger = inference.ledger();
      std::vector<std::uint64_t> sent(each->setup.tiled.layers.size(), 0);
      for (const auto& tile : inference.tiles()) {
        sent[tile.step()] += tile.commands() * static_cast<std::uint64_t>(flits);
      }
      for (std::size_t step = 0; step < sent.size(); ++step) {
        std::uint64_t paid = 0;
        for (std::size_t a = 0; a < ledger.accounts().size(); ++a) {
          if (ledger.accounts()[a].action != "hop") continue;
          for (std::size_t slot = 0; slot < inference.in_flight(); ++slot) {
            paid += ledger.sum(AccountId(a), inference.accounts().command(step, slot)).count;
          }
        }
        EXPECT_EQ(paid, sent[step]);
      }
    }
  }
}

// Several images in flight: tiles and transfers overlap.
TEST(ChipInference, ImagesOverlap) {
  for (const auto& each : cases()) {
    const auto& overlapped = each->runs.front()->inference->images();
    const auto& alone = each->runs.back()->inference->images();
    EXPECT_LT(overlapped[1].started, overlapped[0].ended);
    EXPECT_GE(alone[1].started, alone[0].ended);
    EXPECT_LT(overlapped.back().ended - overlapped.front().started,
              alone.back().ended - alone.front().started);
  }
}

}  // namespace
}  // namespace dwmtj
