// SPDX-License-Identifier: Apache-2.0
// A layer of 48 x 32 pairs on tiles of at most 20 x 20: three by two, the last ones smaller.
#include "learning/tile_grid.h"

#include <numeric>
#include <sstream>

#include <gtest/gtest.h>

#include "devices/retention.h"
#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

constexpr std::int16_t kNone = 0;

const DeviceModel& device() { return test::catalog_model("trapezoidal"); }

const TileParameters& tile() {
  static const TileParameters kTile = TileParameters::load(find_tile("trapezoidal"));
  return kTile;
}

std::unique_ptr<TileGrid> grid_of(std::uint64_t first_device = 0) {
  return std::make_unique<TileGrid>(TileKind{tile(), device(), 20}, LayerShape{40, 30}, 3,
                                    first_device, 7);
}

// Levels of the layer: [row][side][column].
std::vector<std::int16_t> levels() {
  std::vector<std::int16_t> all;
  for (int i = 0; i < 48 * 2 * 32; ++i) all.push_back(static_cast<std::int16_t>(i * 7 % 11 % 4));
  return all;
}

// A pulse of `code` in one column of the layer.
std::vector<std::int16_t> at_column(std::size_t column, std::int16_t code) {
  std::vector<std::int16_t> data(32, kNone);
  data[column] = code;
  return data;
}

TEST(TileGrid, TilesCoverTheLayer) {
  const auto grid = grid_of();
  ASSERT_EQ(grid->tiles().size(), 6U);
  const std::vector<std::pair<int, int>> shapes = {{20, 20}, {20, 12}, {20, 20},
                                                   {20, 12}, {8, 20},  {8, 12}};
  for (std::size_t i = 0; i < 6; ++i) {
    const auto shape = grid->tiles()[i]->array().shape();
    EXPECT_EQ(std::pair(shape.rows, shape.columns), shapes[i]) << i;
  }
}

TEST(TileGrid, WritesEachLevelToItsPlaceWithoutACost) {
  const auto grid = grid_of();
  grid->program(levels());
  std::vector<std::uint8_t> row(32);
  for (std::size_t r = 0; r < 48; ++r) {
    for (const auto side : {Side::plus, Side::minus}) {
      grid->read_row(r, side, row.data());
      for (std::size_t c = 0; c < 32; ++c) {
        const auto level = levels()[(2 * r + static_cast<std::size_t>(side)) * 32 + c];
        ASSERT_EQ(grid->site(r, side, c), level) << r << ' ' << c;
        ASSERT_EQ(row[c], level) << r << ' ' << c;
      }
    }
  }
  const auto& accounts = grid->accounts();
  EXPECT_EQ(accounts.pulses, 0U);
  EXPECT_EQ(accounts.commands, 0U);
  EXPECT_EQ(accounts.slots, 0U);
  EXPECT_EQ(accounts.energy, 0.0);
  EXPECT_EQ(accounts.write_time, 0);
}

// Devices and comparators are numbered on from tile to tile.
TEST(TileGrid, DrawsAsItsDevicesAreNumbered) {
  const auto whole = grid_of();
  whole->program(levels());
  const auto all = levels();
  Ledger ledger;
  BulkTile second("second", tile(), device(), ledger,
                  BulkTileOptions{{20, 12}, 3, 2 * 20 * 20, 7 + 20});
  for (std::size_t r = 0; r < 20; ++r) {
    for (const auto side : {Side::plus, Side::minus}) {
      const auto first = (2 * r + static_cast<std::size_t>(side)) * 32 + 20;
      second.carry_out({TileOp::program,
                        static_cast<std::uint32_t>(r),
                        side,
                        {all.begin() + static_cast<std::ptrdiff_t>(first),
                         all.begin() + static_cast<std::ptrdiff_t>(first + 12)}},
                       second.now());
    }
  }
  const auto state = second.state();
  const auto same = whole->tiles()[1]->state();
  ASSERT_EQ(state.devices.size(), same.devices.size());
  std::uint64_t draws = 0;
  for (std::size_t i = 0; i < state.devices.size(); ++i) {
    ASSERT_EQ(state.devices[i].draws, same.devices[i].draws);
    draws += state.devices[i].draws;
  }
  EXPECT_GT(draws, 0U);
  EXPECT_EQ(state.decisions, same.decisions);
  const auto other = grid_of(1);
  other->program(levels());
  EXPECT_NE(other->wear(), whole->wear());
}

TEST(TileGrid, CommandsGoToTheTilesThatHaveEntries) {
  const auto grid = grid_of();
  std::vector<std::pair<std::size_t, TileCommand>> heard;
  grid->listen(
      [&](std::size_t at, const TileCommand& command) { heard.emplace_back(at, command); });
  auto data = at_column(19, 100);
  data[31] = 90;
  grid->command(TileOp::pulse, 41, Side::minus, data, kNone);
  grid->command(TileOp::pulse, 20, Side::plus, at_column(20, 80), kNone);
  ASSERT_EQ(heard.size(), 3U);
  EXPECT_EQ(heard[0].first, 4U);
  EXPECT_EQ(heard[1].first, 5U);
  EXPECT_EQ(heard[2].first, 3U);
  EXPECT_EQ(heard[0].second.row, 1U);
  EXPECT_EQ(heard[2].second.row, 0U);
  EXPECT_EQ(heard[0].second.side, Side::minus);
  EXPECT_EQ(heard[0].second.data.size(), 20U);
  EXPECT_EQ(heard[1].second.data.size(), 12U);
  EXPECT_EQ(heard[0].second.data[19], 100);
  EXPECT_EQ(heard[1].second.data[11], 90);
  EXPECT_EQ(heard[2].second.data[0], 80);
  EXPECT_EQ(grid->accounts().commands, 3U);
}

// Tiles work side by side: a step lasts as long as its busiest tile, and all begin the next with
// it.
TEST(TileGrid, AStepLastsAsLongAsItsBusiestTile) {
  const auto grid = grid_of();
  const auto pulse = [&](std::size_t row) {
    grid->command(TileOp::pulse, row, Side::minus, at_column(0, 100), kNone);
  };
  pulse(0);
  const auto one = grid->tiles()[0]->now();
  ASSERT_GT(one, 0);
  pulse(1);
  pulse(20);
  grid->finish_step();
  EXPECT_EQ(grid->accounts().slots, 2U);
  EXPECT_EQ(grid->accounts().write_time, 2 * one);
  EXPECT_EQ(grid->tiles()[2]->now(), one);
  pulse(21);
  EXPECT_EQ(grid->tiles()[2]->now(), 3 * one);
  grid->finish_step();
  EXPECT_EQ(grid->accounts().slots, 3U);
  EXPECT_EQ(grid->accounts().write_time, 3 * one);
  EXPECT_EQ(grid->accounts().commands, 4U);
  grid->finish_step();  // nothing was done
  EXPECT_EQ(grid->accounts().slots, 3U);
  EXPECT_EQ(grid->accounts().write_time, 3 * one);
}

TEST(TileGrid, EnergyIsThatOfItsTiles) {
  const auto grid = grid_of();
  grid->command(TileOp::pulse, 0, Side::plus, at_column(0, 100), kNone);
  const auto first = grid->accounts();
  grid->command(TileOp::pulse, 47, Side::minus, at_column(31, 100), kNone);
  EXPECT_GT(first.write_energy, 0.0);
  EXPECT_GT(first.energy, first.write_energy);
  EXPECT_DOUBLE_EQ(grid->accounts().write_energy, 2 * first.write_energy);
  // The same pulse again, where another line has to be selected first, which takes 2 ns: 50 fJ, and
  // two cycles of 0.1 pJ.
  const double line = 0.25e-12;
  EXPECT_NEAR(grid->accounts().energy, 2 * first.energy + line, 1e-9 * first.energy);
}

double lost(int site) {
  const Time slot =
      tile().timing.field_settle + device().parameters().operating_point.shape.foot_to_foot();
  return leaving_probability(device().switching(), site, slot, from_si<Current>(0.0),
                             device().parameters().fields.reset);
}

// All walls of the tile, as the first slot of the step finds them, feel each slot of the step.
TEST(TileGrid, ASlotOfTheResetFieldIsFeltByTheWholeTile) {
  const auto grid = grid_of();
  grid->program(std::vector<std::int16_t>(48 * 2 * 32, 2));
  const auto reverse = [&](std::size_t row, std::size_t column) {
    grid->command(TileOp::pulse, row, Side::plus, at_column(column, -100), kNone);
  };
  grid->command(TileOp::pulse, 0, Side::plus, at_column(0, 50), kNone);
  EXPECT_EQ(grid->accounts().field_slots, 0U);
  EXPECT_EQ(grid->accounts().disturbed, 0.0);
  grid->finish_step();
  reverse(40, 20);
  reverse(41, 21);
  EXPECT_EQ(grid->accounts().field_slots, 2U);
  // 8 x 12 pairs; but for the first pulse, which is over when the walls are counted.
  const double of_slot = (2 * 8 * 12 - 1) * lost(2) + lost(grid->site(40, Side::plus, 20));
  ASSERT_GT(lost(2), 1e-6);
  EXPECT_NEAR(grid->accounts().disturbed, 2 * of_slot, 1e-9 * of_slot);
  grid->finish_step();
  const double before = grid->accounts().disturbed;
  reverse(42, 22);
  const double later = (2 * 8 * 12 - 3) * lost(2) + lost(grid->site(40, Side::plus, 20)) +
                       lost(grid->site(41, Side::plus, 21)) + lost(grid->site(42, Side::plus, 22));
  EXPECT_NEAR(grid->accounts().disturbed - before, later, 1e-9 * of_slot);
}

// A write's attempts each begin with a reset; those of a row are side by side.
TEST(TileGrid, AWriteResetsOnceAnAttempt) {
  const auto grid = grid_of();
  std::vector<std::int16_t> data(32, kSkip);
  for (std::size_t c = 0; c < 20; ++c) data[c] = 2;
  grid->command(TileOp::program, 0, Side::plus, data, kSkip);
  const auto& accounts = grid->accounts();
  const auto wear = grid->wear();
  EXPECT_EQ(accounts.commands, 1U);
  EXPECT_EQ(accounts.flagged, 0U);
  EXPECT_GE(accounts.pulses, 20U);
  EXPECT_GE(accounts.field_slots, 1U);
  EXPECT_LT(accounts.field_slots, 20U);
  // Each device has been put to its start once.
  EXPECT_EQ(std::accumulate(wear.begin(), wear.begin() + 20, std::uint64_t{0}),
            20 + accounts.pulses);
  EXPECT_EQ(std::accumulate(wear.begin() + 20, wear.end(), std::size_t{0}), wear.size() - 20);
}

TEST(TileGrid, SaysWhichRowsFailed) {
  auto stuck = tile();
  stuck.stuck.columns = {1};
  stuck.stuck.level = 3;
  TileGrid grid({stuck, device(), 20}, {16, 16}, 3, 0, 0);
  std::vector<std::int16_t> data(16, kSkip);
  data[1] = 1;
  grid.command(TileOp::program, 0, Side::plus, data, kSkip);
  grid.command(TileOp::program, 1, Side::plus, data, kSkip);
  data[1] = kSkip;
  data[2] = 1;
  grid.command(TileOp::program, 1, Side::plus, data, kSkip);
  EXPECT_EQ(grid.accounts().flagged, 2U);
  EXPECT_EQ(grid.accounts().commands, 3U);
}

TEST(TileGrid, GoesOnFromItsState) {
  const auto whole = grid_of();
  whole->program(levels());
  whole->command(TileOp::pulse, 0, Side::plus, at_column(0, 100), kNone);
  whole->finish_step();
  std::stringstream state;
  whole->save(state);
  const auto again = grid_of();
  again->load(state);
  EXPECT_EQ(again->wear(), whole->wear());
  EXPECT_EQ(again->accounts().pulses, whole->accounts().pulses);
  EXPECT_EQ(again->accounts().energy, whole->accounts().energy);
  EXPECT_EQ(again->accounts().write_time, whole->accounts().write_time);
  for (const auto& each : again->tiles()) EXPECT_EQ(each->now(), 0);
  whole->stand_by();
  for (const auto& each : whole->tiles()) EXPECT_EQ(each->now(), 0);
  for (auto* const grid : {whole.get(), again.get()}) {
    grid->command(TileOp::pulse, 3, Side::minus, at_column(5, 100), kNone);
    grid->finish_step();
  }
  EXPECT_EQ(again->wear(), whole->wear());
  EXPECT_EQ(again->accounts().write_time, whole->accounts().write_time);
  EXPECT_EQ(again->site(3, Side::minus, 5), whole->site(3, Side::minus, 5));
}

}  // namespace
}  // namespace dwmtj
