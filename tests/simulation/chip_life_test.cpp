// SPDX-License-Identifier: Apache-2.0
// A chip that has waited without power, refreshed or not, is still that of the tiles in bulk; a
// refresh brings walls back; tiles without power leak nothing.
#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
#include "simulation/bulk_comparison.h"
#include "simulation/chip_inference.h"
#include "tests/inference/networks.h"
#include "tests/simulation/small_networks.h"
#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

constexpr std::int64_t kImages = 6;
constexpr double kYear = 365.25 * 86400.0;

struct Setup {
  ChipParameters chip = ChipParameters::load(
      find_chip("bus-4"),
      ParameterOverrides({"tiles.count=30", "tiles.per_router=30", "tiles.tile=trapezoidal"}));
  TileParameters tile = TileParameters::load(find_tile("trapezoidal"));
  TileSet tiles{tile, test::catalog_model("trapezoidal"), 30, 8, 8, 11};
  Network network = small_perceptron();
  DataSet data = random_images(20, {1, 6, 6}, 4);
  ImageSource source{data, network.layers[0], {}};
  ActivationRanges ranges =
      measure_ranges(network, plan_forward(network), source, {20, chip.tiles.rows, 8, {}});
  TiledNetwork tiled = tile_network(network, ranges, tiles, {{4, 6}, {}, 100});
  Holding holding{tiles.device, kYear* si::seconds, 350.0 * si::kelvin};
};

struct LivedChip {
  LivedChip(const std::string& name, const Setup& setup, const ChipLife& life, TlmTiming timing,
            bool zoomed, std::optional<std::size_t> powered = {})
      : bulk(setup.network, setup.tiled, setup.tiles, setup.source, kImages, life) {
    ChipInferenceOptions options;
    options.chip.timing = timing;
    options.chip.seed = setup.tiles.seed;
    options.chip.powered = powered;
    if (zoomed) options.chip.zoom = {{1}, {nullptr, true}};
    options.images = kImages;
    options.life = life;
    options.probe = bulk.probe();
    inference = std::make_unique<ChipInference>(name, setup.chip, setup.tiles, setup.tiled,
                                                setup.source, options);
  }
  BulkReference bulk;
  std::unique_ptr<ChipInference> inference;
};

// All chips of this program are in one simulation.
struct LivedChips {
  Setup setup;
  ChipLife held{&setup.holding, false};
  ChipLife refreshed{&setup.holding, true};
  LivedChip fresh{"fresh", setup, {}, TlmTiming::at, false};
  LivedChip at{"at", setup, held, TlmTiming::at, false};
  LivedChip pins{"pins", setup, held, TlmTiming::at, true};
  LivedChip lt{"lt", setup, held, TlmTiming::lt, false};
  LivedChip again{"again", setup, refreshed, TlmTiming::at, false};
  LivedChip again_pins{"again_pins", setup, refreshed, TlmTiming::at, true};
  LivedChip again_lt{"again_lt", setup, refreshed, TlmTiming::lt, false};
  LivedChip gated{"gated", setup, {}, TlmTiming::at, false, setup.tiled.tiles};

  LivedChips() {
    for (auto* const run : all()) EXPECT_TRUE(run->inference->run());
  }
  std::vector<LivedChip*> all() {
    return {&fresh, &at, &pins, &lt, &again, &again_pins, &again_lt, &gated};
  }
};

LivedChips& runs() {
  static LivedChips kRuns;
  return kRuns;
}

TEST(ChipLife, EverySumAndLabelIsThatOfTheTilesInBulk) {
  for (auto* const run : runs().all()) {
    const auto comparison = run->bulk.compare(run->inference->labels());
    EXPECT_TRUE(comparison.agrees());
    EXPECT_GT(comparison.layers, 0);
  }
}

TEST(ChipLife, WallsMoveAndARefreshBringsThemBack) {
  auto& all = runs();
  EXPECT_EQ(all.fresh.inference->walls_moved(), 0U);
  EXPECT_GT(all.at.inference->walls_moved(), 100U);
  EXPECT_EQ(all.at.inference->walls_moved(), all.again.inference->walls_moved());
  const auto levels_off = [&](const LivedChip& run) {
    std::size_t off = 0;
    for (std::size_t i = 0; i < all.setup.tiled.tiles; ++i) {
      const auto& here = run.inference->chip().tile(i).array().devices();
      const auto& meant = all.fresh.inference->chip().tile(i).array().devices();
      for (std::size_t d = 0; d < here.size(); ++d) off += here.site(d) != meant.site(d) ? 1 : 0;
    }
    return off;
  };
  EXPECT_GT(levels_off(all.at), 100U);
  // But for those that nothing is written to.
  EXPECT_LT(levels_off(all.again), levels_off(all.at) / 4);
  for (const auto& tile : all.again.inference->tiles()) EXPECT_EQ(tile.flagged(), 0U);
}

TEST(ChipLife, ARefreshCostsItsOwnTimeAndEnergy) {
  auto& all = runs();
  for (auto* const run : {&all.again, &all.again_pins, &all.again_lt}) {
    const auto& inference = *run->inference;
    EXPECT_GT(inference.refreshed(), 0);
    EXPECT_GT(inference.accounts().refresh(), 0.0);
    double sum = inference.accounts().writing() + inference.accounts().refresh();
    for (std::size_t i = 0; i < kImages; ++i) sum += inference.accounts().of_image(i);
    const double posted = in_si(inference.ledger().posted());
    EXPECT_NEAR(sum, posted, 1e-12 * posted);
  }
  EXPECT_EQ(all.again.inference->refreshed(), all.again_pins.inference->refreshed());
  EXPECT_EQ(all.at.inference->accounts().refresh(), 0.0);
}

// 18 of 30 tiles hold weights.
TEST(ChipLife, TilesWithoutPowerLeakNothing) {
  auto& all = runs();
  const auto leakage = [](const LivedChip& run) {
    return in_si(run.inference->ledger().leakage());
  };
  const auto& overhead = all.setup.tile.overhead;
  const double of_tile = in_si(overhead.controller_leakage) +
                         8 * in_si(overhead.driver_leakage + overhead.comparator_leakage);
  ASSERT_EQ(all.setup.tiled.tiles, 18U);
  EXPECT_NEAR(leakage(all.fresh) - leakage(all.gated), 12 * of_tile, 1e-12 * leakage(all.fresh));
  EXPECT_EQ(all.fresh.inference->labels(), all.gated.inference->labels());
}

}  // namespace
}  // namespace dwmtj
