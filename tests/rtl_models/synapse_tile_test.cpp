// SPDX-License-Identifier: Apache-2.0
// A tile as a whole: programming, the bulk view as its twin, books, cost.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>

#include <gtest/gtest.h>

#include "arrays/bulk_tile.h"
#include "ledger/power_trace.h"
#include "tests/support/read_back.h"
#include "tests/support/systemc_child.h"
#include "tests/support/tile_bench.h"
#include "tile/tile_op.h"

namespace dwmtj::test {
namespace {

struct Programmed {
  std::uint64_t cells = 0;
  std::uint64_t pulses = 0;
  std::uint64_t flagged = 0;
  std::uint64_t misplaced = 0;  // not flagged, and yet at another level
  std::map<int, int> histogram;
};

Programmed tally(const TileBench& bench) {
  Programmed sum;
  for (const auto& record : bench.records()) {
    for (std::size_t c = 0; c < record.result.pulses.size(); ++c) {
      const bool flagged = record.result.data[c] != 0;
      const int site = bench.site(record.command.row, record.command.side, static_cast<int>(c));
      ++sum.cells;
      sum.pulses += record.result.pulses[c];
      ++sum.histogram[record.result.pulses[c]];
      sum.flagged += flagged ? 1 : 0;
      sum.misplaced += !flagged && site != record.command.data[c] ? 1 : 0;
    }
  }
  return sum;
}

void print(const std::string& tile, const Programmed& sum) {
  std::printf(
      "%s: %llu cells, %.2f pulses a cell, %llu flagged, %llu misplaced; pulses:", tile.c_str(),
      static_cast<unsigned long long>(sum.cells),
      static_cast<double>(sum.pulses) / static_cast<double>(sum.cells),
      static_cast<unsigned long long>(sum.flagged), static_cast<unsigned long long>(sum.misplaced));
  for (const auto& [pulses, cells] : sum.histogram) std::printf(" %d:%d", pulses, cells);
  std::printf("\n");
}

// The pattern, and then every row of it read.
std::vector<TileCommand> with_read_back(std::vector<TileCommand> commands) {
  const auto count = commands.size();
  for (std::size_t i = 0; i < count; ++i) {
    commands.push_back({TileOp::read, commands[i].row, commands[i].side, {}});
  }
  return commands;
}

// A cell can be at its level with a resistance that its visit drew next to a reference: what a
// comparator finds there is up to noise, and no write-verify can help it.
void expect_read_back(const TileBench& bench, const std::vector<TileCommand>& pattern) {
  const auto& pairs = bench.hosted->tile.pairs();
  const Misreading law(bench.parameters, bench.device, pairs.shape().columns, TileOptions{}.seed,
                       0);
  ReadBack read(law);
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const auto& levels = bench.records()[pattern.size() + i].result.data;
    for (std::size_t c = 0; c < levels.size(); ++c) {
      const int wanted = pattern[i].data[c];
      const auto cell = pairs.index(pattern[i].row, pattern[i].side, static_cast<int>(c));
      if (pairs.devices().site(cell) != wanted) continue;
      EXPECT_LE(std::abs(levels[c] - wanted), 1);
      read.add(wanted, levels[c], pairs.conductance(cell), static_cast<int>(c));
    }
  }
  read.expect_lawful();
}

void expect_programmed(const std::string& tile) {
  TileBench bench(tile);
  const auto pattern = random_pattern({64, 64}, bench.device.sites(), 11);
  bench.run(with_read_back(pattern), TileOptions{{64, 64}});
  const auto sum = tally(bench);
  print(tile, sum);
  EXPECT_EQ(sum.cells, 8192U);
  EXPECT_EQ(sum.misplaced, 0U) << "every cell is at its level or flagged";
  EXPECT_LT(static_cast<double>(sum.flagged) / static_cast<double>(sum.cells), 1e-4);
  EXPECT_EQ(bench.sum("array.write").count, sum.pulses);
  expect_read_back(bench, pattern);
}

SYSTEMC_TEST(WriteVerify, TrapezoidalPatternOf64x64) { expect_programmed("trapezoidal"); }
SYSTEMC_TEST(WriteVerify, StraightPatternOf64x64) { expect_programmed("straight"); }

// A comparator off by a level spacing must not go unnoticed: some columns cannot end, and are
// flagged.
void expect_visible_failure(const std::string& tile, Voltage offset) {
  TileBench bench(tile);
  bench.parameters.comparator.offset = offset;
  bench.run(random_pattern({16, 16}, bench.device.sites(), 11), TileOptions{{16, 16}});
  const auto sum = tally(bench);
  std::printf("%s, offset of a level spacing: %llu of %llu flagged, %llu misplaced\n", tile.c_str(),
              static_cast<unsigned long long>(sum.flagged),
              static_cast<unsigned long long>(sum.cells),
              static_cast<unsigned long long>(sum.misplaced));
  EXPECT_GT(sum.flagged, 0U);
  EXPECT_GT(bench.hosted->tile.controller().failed(), 0U);
}

SYSTEMC_TEST(WriteVerify, TrapezoidalFailsVisiblyWithALargeOffset) {
  expect_visible_failure("trapezoidal", from_si<Voltage>(14e-3));
}
SYSTEMC_TEST(WriteVerify, StraightFailsVisiblyWithALargeOffset) {
  expect_visible_failure("straight", from_si<Voltage>(1.6e-3));
}

// Bit for bit the bulk view, to the picosecond.
void expect_like_bulk(const std::string& tile, std::uint64_t seed, ArrayShape shape) {
  TileBench bench(tile);
  TileOptions options{shape, seed, 1000, 50};
  const auto commands = random_commands(seed, shape, bench.device.sites(), 150);
  bench.run(commands, options);
  Ledger ledger;
  BulkTile twin("tile0", bench.parameters, bench.device, ledger, {shape, seed, 1000, 50});
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const auto& record = bench.records()[i];
    EXPECT_EQ(record.result, twin.carry_out(commands[i], twin.now())) << i;
    EXPECT_EQ(record.completed, twin.now()) << i;
  }
  for (std::size_t i = 0; i < twin.array().devices().size(); ++i) {
    EXPECT_EQ(bench.hosted->tile.pairs().devices().state(i), twin.array().devices().state(i));
  }
  EXPECT_NEAR(bench.ledger.posted() / ledger.posted(), 1.0, 1e-12);
}

TEST(Views, PinsAndBulkAreTheSameMachine) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const ArrayShape shape{1 + static_cast<int>(seed), 9 - static_cast<int>(seed)};
    for (const auto* tile : {"trapezoidal", "straight"}) {
      EXPECT_TRUE(passes_in_child([&] { expect_like_bulk(tile, seed, shape); }))
          << tile << " seed " << seed;
    }
  }
}

// Components, commands and the power over time are three sums of the same postings.
void expect_books_that_add_up(const std::string& tile) {
  TileBench bench(tile);
  const PowerTrace power(bench.ledger, 10000);
  bench.run(random_commands(21, {3, 4}, bench.device.sites(), 100), TileOptions{{3, 4}});
  const auto& ledger = bench.ledger;
  Energy components = 0.0 * si::joules;
  for (std::size_t i = 0; i < ledger.components().size(); ++i) {
    components += ledger.spent(ComponentId(i));
  }
  Energy commands = 0.0 * si::joules;
  for (std::size_t i = 0; i < ledger.commands().size(); ++i) {
    commands += ledger.posted(CommandId(i));
  }
  Energy records = 0.0 * si::joules;
  for (const auto& record : bench.records()) records += record.energy;
  EXPECT_GT(in_si(ledger.leaked()), 0.0);
  EXPECT_NEAR(components / ledger.total(), 1.0, 1e-12);
  EXPECT_NEAR((commands + ledger.leaked()) / ledger.total(), 1.0, 1e-12);
  EXPECT_NEAR((power.integral() + ledger.leaked()) / ledger.total(), 1.0, 1e-12);
  EXPECT_NEAR(records / ledger.posted(), 1.0, 1e-9) << "every posting belongs to a command";
  long pulses = 0;
  for (const auto& record : bench.records()) {
    pulses += count_pulses(record.command, record.result, 4).pulses;
  }
  EXPECT_EQ(bench.sum("array.write").count, static_cast<std::uint64_t>(pulses));
  const auto cycles = bench.sum("controller.cycle");
  EXPECT_EQ(cycles.busy, static_cast<Picoseconds>(cycles.count) * bench.parameters.period());
}

SYSTEMC_TEST(Books, OfATrapezoidalTileAddUp) { expect_books_that_add_up("trapezoidal"); }
SYSTEMC_TEST(Books, OfAStraightTileAddUp) { expect_books_that_add_up("straight"); }

SYSTEMC_TEST(Books, TileWithoutWorkOnlyLeaks) {
  TileBench bench("straight");
  bench.run({}, TileOptions{{4, 8}});
  bench.ledger.set_on_time(1000000);
  EXPECT_EQ(in_si(bench.ledger.posted()), 0.0);
  EXPECT_NEAR(in_si(bench.ledger.total()), (8 * (10e-9 + 5e-9) + 1e-6) * 1e-6, 1e-21);
}

SYSTEMC_TEST(KernelCost, IdleTileCostsNothing) {
  TileBench bench("trapezoidal");
  bench.hosted = std::make_unique<HostedTile>("tile0", bench.parameters, bench.device, bench.ledger,
                                              TileOptions{{64, 64}}, std::vector<TileCommand>{});
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  const auto deltas = sc_core::sc_delta_count();
  const auto activations = bench.hosted->tile.activations();  // of the initialisation
  sc_core::sc_start(1, sc_core::SC_MS);
  EXPECT_EQ(bench.hosted->tile.activations(), activations);
  EXPECT_EQ(sc_core::sc_delta_count(), deltas);
}

SYSTEMC_TEST(KernelCost, TileThatHasWorkedIsIdleAgain) {
  TileBench bench("trapezoidal");
  bench.run(random_pattern({4, 4}, bench.device.sites(), 5), TileOptions{{4, 4}});
  const auto deltas = sc_core::sc_delta_count();
  const auto activations = bench.hosted->tile.activations();
  sc_core::sc_start(1, sc_core::SC_MS);
  EXPECT_EQ(bench.hosted->tile.activations(), activations);
  EXPECT_EQ(sc_core::sc_delta_count(), deltas);
}

SYSTEMC_TEST(KernelCost, ActivationsAPulse) {
  TileBench bench("straight");
  bench.run(std::vector<TileCommand>(100, {TileOp::update, 0, Side::plus, row_of(64, 1)}),
            TileOptions{{64, 64}});
  const double each = static_cast<double>(bench.hosted->tile.activations()) / (64.0 * 100.0);
  std::printf("%.2f activations a pulse of 64 together\n", each);
  EXPECT_LT(each, 2.5);
}

double resident_mebibytes() {
  std::ifstream statm("/proc/self/statm");
  long size = 0;
  long resident = 0;
  statm >> size >> resident;
  return static_cast<double>(resident) * 4096.0 / (1024.0 * 1024.0);
}

void expect_small_tile() {
  TileBench bench("straight");
  const double before = resident_mebibytes();
  bench.run({{TileOp::program, 5, Side::plus, row_of(1024, 3)}}, TileOptions{{1024, 1024}});
  const double grown = resident_mebibytes() - before;
  std::printf("a 1024 x 1024-pair tile takes %.1f MiB\n", grown);
  EXPECT_LT(grown, 64.0);
}

TEST(Memory, TileOf1024x1024PairsStaysBelow64MiB) {
#if defined(__SANITIZE_ADDRESS__)
  GTEST_SKIP() << "the sanitizer's own memory is not ours";
#endif
  EXPECT_TRUE(passes_in_child(expect_small_tile));
}

}  // namespace
}  // namespace dwmtj::test
