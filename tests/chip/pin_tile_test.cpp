// SPDX-License-Identifier: Apache-2.0
// A tile behind registers, with and without pins: whoever asks it finds the same at the same time.
#include "chip/pin_tile.h"

#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
#include "chip/chip.h"
#include "chip/chip_host.h"
#include "common/sim_time.h"
#include "tests/support/catalog_model.h"
#include "tests/support/tile_bench.h"
#include "tlm/register_map.h"

namespace dwmtj {
namespace {

using namespace chip_map;

// What a host finds, and when.
struct Found {
  Picoseconds time;
  std::uint32_t value;
};
bool operator==(const Found& a, const Found& b) { return a.time == b.time && a.value == b.value; }
std::ostream& operator<<(std::ostream& stream, const Found& found) {
  return stream << found.value << " at " << found.time;
}

// A chip, and a host that starts commands by registers and asks on and on what has become of them,
// also at the very picosecond of completion: tiles and accesses keep the times of one clock.
struct Bench {
  Bench(const std::string& name, TlmTiming timing, std::set<std::size_t> zoomed)
      : chip(name.c_str(), parameters, tile, test::catalog_model("trapezoidal"), ledger,
             {timing, 3, nullptr, {std::move(zoomed), {nullptr, true}}}),
        script((name + "_script").c_str(), [this] { run(); }) {}

  void run() {
    ChipHost host(chip, Completion::polling);
    const auto ask = [&](std::uint64_t address) {
      const auto value = host.read_register(chip_map::tile(1) + address);
      found.push_back({to_picoseconds(host.now()), value});
    };
    for (int round = 0; round < 12; ++round) {
      const auto row = static_cast<std::uint32_t>(round % 8);
      const std::vector<std::int16_t> levels(8, static_cast<std::int16_t>(round % 3 + 1));
      host.write(chip_map::tile(1) + tile_map::kInputWindow, levels.data(), 16);
      host.write_register(chip_map::tile(1) + tile_map::kLength, 8);
      host.write_register(chip_map::tile(1) + tile_map::kRow, row);
      host.write_register(chip_map::tile(1) + tile_map::kCommand,
                          static_cast<std::uint32_t>(TileOp::program));
      host.write_register(chip_map::tile(1) + tile_map::kCommand,
                          static_cast<std::uint32_t>(TileOp::multiply));
      for (int i = 0; i < 60; ++i) {
        ask(tile_map::kStatus);
        ask(tile_map::kOutputWindow);
      }
      ask(tile_map::kEnergyLow);
      ask(tile_map::kTimeLow);
      // A command whose response is waited for, behind those.
      const auto result = host.run(1, {TileOp::read, row, Side::minus, {}});
      for (const auto level : result.data) {
        found.push_back({to_picoseconds(host.now()), static_cast<std::uint32_t>(level)});
      }
      ask(tile_map::kDone);
    }
  }

  Ledger ledger;
  ChipParameters parameters = ChipParameters::load(find_chip("bus-4"));
  TileParameters tile = TileParameters::load(find_tile("trapezoidal"));
  Chip chip;
  std::vector<Found> found;
  test::Script script;
};

TEST(PinTile, AnswersRegistersAsTheTransactionLevelTile) {
  Bench at("at", TlmTiming::at, {});
  Bench at_pins("at_pins", TlmTiming::at, {1});
  Bench lt("lt", TlmTiming::lt, {});
  Bench lt_pins("lt_pins", TlmTiming::lt, {1});
  sc_core::sc_start();
  for (const auto* const bench : {&at, &at_pins, &lt, &lt_pins}) {
    ASSERT_TRUE(bench->script.finished());
    ASSERT_EQ(bench->found.size(), 12U * (120 + 2 + 8 + 1));
    EXPECT_EQ(bench->found.back().value, 36U) << "commands done";
  }
  EXPECT_EQ(at.found, at_pins.found);
  EXPECT_EQ(lt.found, lt_pins.found);
  EXPECT_NEAR(in_si(at.ledger.posted()), in_si(at_pins.ledger.posted()),
              1e-12 * in_si(at.ledger.posted()));
  EXPECT_EQ(test::states_of(at.chip.tile(1).array()),
            test::states_of(at_pins.chip.tile(1).array()));
}

}  // namespace
}  // namespace dwmtj
