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

// All devices of a column of each tile, at the last level.
StuckParameters stuck_in(int column) {
  StuckParameters stuck;
  stuck.columns = {column};
  stuck.level = 3;
  return stuck;
}

TileParameters tile_with(StuckParameters stuck) {
  auto tile = TileParameters::load(find_tile("trapezoidal"));
  tile.stuck = std::move(stuck);
  return tile;
}

struct Setup {
  explicit Setup(StuckParameters stuck = {}, int spare_columns = 0)
      : tile(tile_with(std::move(stuck))),
        tiled(tile_network(network, ranges, tiles, {{4, 6}, {}, 100, spare_columns})) {}

  ChipParameters chip = ChipParameters::load(
      find_chip("bus-4"),
      ParameterOverrides({"tiles.count=30", "tiles.per_router=30", "tiles.tile=trapezoidal"}));
  TileParameters tile;
  TileSet tiles{tile, test::catalog_model("trapezoidal"), 30, 8, 8, 11};
  Network network = small_perceptron();
  DataSet data = random_images(20, {1, 6, 6}, 4);
  ImageSource source{data, network.layers[0], {}};
  ActivationRanges ranges =
      measure_ranges(network, plan_forward(network), source, {20, chip.tiles.rows, 8, {}});
  TiledNetwork tiled;
  // Site 2 leaves 37.94 kT: 3.332e-8/s each way, 21 hops in ten years: none of it stays. All others
  // stay (tests/arrays/holding_test.cpp has the law).
  Holding holding{tiles.device, 10 * kYear* si::seconds, 500.0 * si::kelvin};
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

// Of all tiles of the chip.
std::vector<TileState> states_once_written(const Setup& setup) {
  const TilePass pass(setup.tiled, setup.tiles);
  std::vector<TileState> states;
  for (std::size_t i = 0; i < static_cast<std::size_t>(setup.tiles.count); ++i) {
    Ledger ledger;
    const BulkTile empty("empty", setup.tile, setup.tiles.device, ledger,
                         options_of_tile(setup.tiles, i));
    states.push_back(i < setup.tiled.tiles ? pass.tile(i).state() : empty.state());
  }
  return states;
}

// All chips of this program are in one simulation.
struct LivedChips {
  Setup setup;
  Setup faulty{stuck_in(1)};
  Setup spared{stuck_in(1), 2};
  std::vector<TileState> states = states_once_written(setup);
  ChipLife held{nullptr, &setup.holding, false};
  ChipLife refreshed{nullptr, &setup.holding, true};
  ChipLife loaded{&states, nullptr, false};
  ChipLife rewritten{&states, nullptr, true};
  LivedChip fresh{"fresh", setup, {}, TlmTiming::at, false};
  LivedChip at{"at", setup, held, TlmTiming::at, false};
  LivedChip pins{"pins", setup, held, TlmTiming::at, true};
  LivedChip lt{"lt", setup, held, TlmTiming::lt, false};
  LivedChip again{"again", setup, refreshed, TlmTiming::at, false};
  LivedChip again_pins{"again_pins", setup, refreshed, TlmTiming::at, true};
  LivedChip again_lt{"again_lt", setup, refreshed, TlmTiming::lt, false};
  LivedChip gated{"gated", setup, {}, TlmTiming::at, false, setup.tiled.tiles};
  LivedChip taken_up{"taken_up", setup, loaded, TlmTiming::at, false};
  LivedChip taken_up_pins{"taken_up_pins", setup, loaded, TlmTiming::lt, true};
  LivedChip over{"over", setup, rewritten, TlmTiming::at, false};
  LivedChip stuck{"stuck", faulty, {}, TlmTiming::at, false};
  LivedChip spares{"spares", spared, {}, TlmTiming::at, false};
  LivedChip spares_pins{"spares_pins", spared, {}, TlmTiming::lt, true};

  LivedChips() {
    for (auto* const run : all()) EXPECT_TRUE(run->inference->run());
  }
  std::vector<LivedChip*> all() {
    return {&fresh, &at,       &pins,          &lt,   &again, &again_pins, &again_lt,
            &gated, &taken_up, &taken_up_pins, &over, &stuck, &spares,     &spares_pins};
  }
};

LivedChips& runs() {
  static LivedChips chips;
  return chips;
}

TEST(ChipLife, EverySumAndLabelIsThatOfTheTilesInBulk) {
  for (auto* const run : runs().all()) {
    const auto comparison = run->bulk.compare(run->inference->labels());
    EXPECT_TRUE(comparison.agrees());
    EXPECT_GT(comparison.layers, 0);
  }
}

int flagged(const LivedChip& run) {
  int sum = 0;
  for (const auto& tile : run.inference->tiles()) sum += tile.columns().flagged();
  return sum;
}

std::size_t walls_at(const LivedChip& run, int site) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < runs().setup.tiled.tiles; ++i) {
    const auto& devices = run.inference->chip().tile(i).array().devices();
    for (std::size_t d = 0; d < devices.size(); ++d) count += devices.site(d) == site ? 1 : 0;
  }
  return count;
}

TEST(ChipLife, WallsMoveAndARefreshBringsThemBack) {
  auto& all = runs();
  const auto weak = walls_at(all.fresh, 2);
  EXPECT_GT(weak, 100U);
  EXPECT_EQ(all.fresh.inference->walls_moved(), 0U);
  for (auto* const run :
       {&all.at, &all.pins, &all.lt, &all.again, &all.again_pins, &all.again_lt}) {
    EXPECT_EQ(run->inference->walls_moved(), weak);
  }
  EXPECT_EQ(walls_at(all.at, 2), 0U);
  EXPECT_EQ(walls_at(all.again, 2), weak);
  EXPECT_EQ(flagged(all.again), 0);
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

// Nothing is written; what is written over it is only looked at.
TEST(ChipLife, TilesGoOnFromTheirStates) {
  auto& all = runs();
  for (auto* const run : {&all.taken_up, &all.taken_up_pins}) {
    EXPECT_EQ(run->inference->written(), 0);
    EXPECT_EQ(run->inference->accounts().writing(), 0.0);
    EXPECT_EQ(run->inference->labels(), all.fresh.inference->labels());
  }
  for (std::size_t i = 0; i < all.states.size(); ++i) {
    const auto state = all.taken_up.inference->chip().tile(i).state();
    for (std::size_t d = 0; d < state.devices.size(); ++d) {
      EXPECT_EQ(state.devices[d].draws, all.states[i].devices[d].draws);
    }
  }
  EXPECT_GT(all.over.inference->accounts().refresh(), 0.0);
  EXPECT_LT(all.over.inference->accounts().refresh(), all.fresh.inference->accounts().writing());
}

// A column of each of 23 tiles cannot be written: the first spare one has its weights, column 6 of
// the 20 tiles of the first layer, column 4 of the others.
TEST(ChipLife, SpareColumnsStandInForThoseThatStick) {
  auto& all = runs();
  EXPECT_GT(flagged(all.stuck), 100);
  for (auto* const run : {&all.spares, &all.spares_pins}) {
    EXPECT_EQ(flagged(*run), 0);
    ASSERT_EQ(run->inference->tiles().size(), 23U);
    for (const auto& tile : run->inference->tiles()) {
      EXPECT_EQ(tile.columns().moved(), 1);
      EXPECT_EQ(tile.columns().places()[1], tile.tile() < 20 ? 6 : 4);
    }
  }
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
