// SPDX-License-Identifier: Apache-2.0
// A tile at its pins: programming, back-pressure, refusals, wrong commands, cost.
#include <fstream>
#include <map>

#include <gtest/gtest.h>

#include "arrays/bulk_tile.h"
#include "tests/support/systemc_child.h"
#include "tests/support/tile_bench.h"

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

void expect_programmed(const std::string& tile) {
  TileBench bench(tile);
  bench.run(random_pattern({64, 64}, bench.device.sites(), 11), TileOptions{{64, 64}});
  const auto sum = tally(bench);
  print(tile, sum);
  EXPECT_EQ(sum.cells, 8192U);
  EXPECT_EQ(sum.misplaced, 0U) << "every cell is at its level or flagged";
  EXPECT_LT(static_cast<double>(sum.flagged) / static_cast<double>(sum.cells), 1e-4);
}

SYSTEMC_TEST(WriteVerify, TrapezoidalPatternOf64x64) { expect_programmed("trapezoidal"); }
SYSTEMC_TEST(WriteVerify, StraightPatternOf64x64) { expect_programmed("straight"); }

// A comparator off by a level spacing must not go unnoticed.
void expect_visible_failure(const std::string& tile, Voltage offset) {
  TileBench bench(tile);
  bench.parameters.comparator.offset = offset;
  bench.run(random_pattern({16, 16}, bench.device.sites(), 11), TileOptions{{16, 16}});
  const auto sum = tally(bench);
  print(tile + " with offset", sum);
  EXPECT_GT(sum.flagged, 0U);
  EXPECT_GT(bench.hosted->tile.controller().failed(), 0U);
}

SYSTEMC_TEST(WriteVerify, TrapezoidalFailsVisiblyWithALargeOffset) {
  expect_visible_failure("trapezoidal", from_si<Voltage>(14e-3));
}
SYSTEMC_TEST(WriteVerify, StraightFailsVisiblyWithALargeOffset) {
  expect_visible_failure("straight", from_si<Voltage>(6.9e-3));
}

std::vector<TileCommand> random_commands(std::uint64_t seed, ArrayShape shape, int levels,
                                         int count) {
  Numbers numbers(seed);
  std::vector<TileCommand> commands;
  for (int i = 0; i < count; ++i) commands.push_back(random_command(numbers, shape, levels));
  return commands;
}

Stall random_stall(std::uint64_t seed) {
  const auto numbers = std::make_shared<Numbers>(seed);
  return [numbers] { return to_sc_time(numbers->below(3) == 0 ? 100 * numbers->below(300) : 0); };
}

// The same commands with and without stalls, in one child each.
void expect_stalls_change_only_time(const std::string& tile, std::uint64_t seed) {
  constexpr ArrayShape kShape{4, 5};
  TileBench bench(tile);
  const auto commands = random_commands(seed, kShape, bench.device.sites(), 60);
  TileOptions stalled{kShape};
  stalled.stall = random_stall(seed + 100);
  bench.run(commands, stalled, random_stall(seed + 200));
  Ledger ledger;
  BulkTile twin("tile0", bench.parameters, bench.device, ledger, {kShape});
  for (std::size_t i = 0; i < commands.size(); ++i) {
    EXPECT_EQ(bench.records()[i].result, twin.carry_out(commands[i], twin.now())) << i;
  }
  for (std::size_t i = 0; i < twin.array().devices().size(); ++i) {
    EXPECT_EQ(bench.hosted->tile.pairs().devices().state(i), twin.array().devices().state(i));
  }
  EXPECT_GT(now_ps(), twin.now()) << "the stalls have cost time";
  const Sum writes = bench.sum("array.write");
  EXPECT_NEAR(writes.joules / ledger.sum(AccountId(0)).joules, 1.0, 1e-12);
}

TEST(BackPressure, StallsChangeOnlyTime) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    for (const auto* tile : {"trapezoidal", "straight"}) {
      EXPECT_TRUE(passes_in_child([&] { expect_stalls_change_only_time(tile, seed); }))
          << tile << " seed " << seed;
    }
  }
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
    EXPECT_EQ(record.start + record.duration, twin.now()) << i;
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

SYSTEMC_TEST(Refusal, CommandWhileBusyIsRefusedCountedAndHarmless) {
  TileBench bench("straight");
  const std::vector<TileCommand> commands(3, {TileOp::update, 0, Side::plus, {1, -1}});
  bench.hosted = std::make_unique<HostedTile>("tile0", bench.parameters, bench.device, bench.ledger,
                                              TileOptions{{1, 2}}, commands);
  bench.hosted->host.intrude_at(1);
  sc_core::sc_start();
  EXPECT_TRUE(bench.hosted->host.finished());
  EXPECT_EQ(bench.hosted->tile.controller().refused(), 1U);
  EXPECT_EQ(bench.sum("array.write").count, 6U);
  for (const auto& record : bench.records()) EXPECT_EQ(record.result.status, TileStatus::ok);
}

SYSTEMC_TEST(WrongCommands, AreAnsweredAndChangeNothing) {
  TileBench bench("straight");
  const std::vector<std::pair<TileCommand, TileStatus>> cases = {
      {{TileOp::count_of_ops, 0, Side::plus, {}}, TileStatus::illegal_op},
      {{TileOp::read, 2, Side::plus, {}}, TileStatus::row_out_of_range},
      {{TileOp::program, 0, Side::plus, {0}}, TileStatus::wrong_length},
      {{TileOp::program, 0, Side::plus, {5, 0}}, TileStatus::wrong_value},
      {{TileOp::program, 0, Side::plus, {-1, 0}}, TileStatus::wrong_value},
      {{TileOp::pulse, 0, Side::plus, {256, 0}}, TileStatus::wrong_value},
      {{TileOp::update, 0, Side::plus, {2, 0}}, TileStatus::wrong_value},
      {{TileOp::multiply, 0, Side::plus, {1, 1, 1}}, TileStatus::wrong_length},
      {{TileOp::reset, 0, Side::plus, {1, 0}}, TileStatus::wrong_value}};
  std::vector<TileCommand> commands;
  for (const auto& [command, status] : cases) commands.push_back(command);
  bench.run(commands, TileOptions{{2, 2}});
  for (std::size_t i = 0; i < cases.size(); ++i) {
    EXPECT_EQ(bench.records()[i].result.status, cases[i].second) << i;
  }
  EXPECT_EQ(bench.hosted->tile.controller().failed(), cases.size());
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_EQ(bench.hosted->tile.pairs().devices().state(i), (DeviceState{0, 1, 0}));
  }
}

// A controller with a shortcut would be caught: the array does not pulse through unsettled lines.
TEST(NoShortcut, PulseWhileTheLinesSettleIsAnError) {
  const auto body = [] {
    TileBench bench("straight");
    bench.parameters.timing.select_settle = from_si<Time>(2e-9);
    TileAccounts accounts(bench.ledger, "t", bench.parameters, bench.device, 1);
    TileContext context{bench.parameters, bench.device, accounts, nullptr, {}};
    RowDecoder decoder("decoder", context);
    BiasField field("field", context);
    ReadSource source("source", context);
    SynapseArray array("array", context, {2, 1}, 1, 0);
    const ReferenceLadder ladder(bench.parameters.read, bench.device.readout(), 1, 0);
    array.connect(decoder, field, source, ladder);
    sc_core::sc_signal<std::uint32_t> row;
    sc_core::sc_signal<bool> minus, reverse, on;
    sc_core::sc_signal<RowInputs> inputs;
    sc_core::sc_vector<sc_core::sc_signal<std::int16_t>> reference("reference", 1);
    decoder.row(row);
    decoder.minus(minus);
    field.reverse(reverse);
    source.on(on);
    array.inputs(inputs);
    array.reference(reference);
    const CurrentPulse pulse{124, bench.parameters.driver.code_step * 124.0,
                             bench.device.parameters().operating_point.shape};
    sc_core::sc_start(to_sc_time(10000));
    row.write(1);
    sc_core::sc_start(to_sc_time(1000));
    array.current_line(0).drive(pulse);  // 1 ns after the change: one too early
  };
  EXPECT_FALSE(passes_in_child(body));
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

SYSTEMC_TEST(KernelCost, ActivationsAPulse) {
  TileBench bench("straight");
  bench.run(std::vector<TileCommand>(100, {TileOp::update, 0, Side::plus, row_of(64, 1)}),
            TileOptions{{64, 64}});
  const double each = static_cast<double>(bench.hosted->tile.activations()) / (64.0 * 100.0);
  std::printf("%.2f activations a pulse of 64 together\n", each);
  EXPECT_LT(each, 2.5);
}

double resident_MiB() {
  std::ifstream statm("/proc/self/statm");
  long size = 0;
  long resident = 0;
  statm >> size >> resident;
  return static_cast<double>(resident) * 4096.0 / (1024.0 * 1024.0);
}

SYSTEMC_TEST(Memory, TileOf1024x1024PairsStaysBelow64MiB) {
#if defined(__SANITIZE_ADDRESS__)
  return;  // the sanitizer's own memory is not ours
#else
  TileBench bench("straight");
  const double before = resident_MiB();
  bench.run({{TileOp::program, 5, Side::plus, row_of(1024, 3)}}, TileOptions{{1024, 1024}});
  const double grown = resident_MiB() - before;
  std::printf("a 1024 x 1024-pair tile takes %.1f MiB\n", grown);
  EXPECT_LT(grown, 64.0);
#endif
}

SYSTEMC_TEST(TwoTiles, AreIndependentOfEachOther) {
  TileBench bench("straight");
  const auto commands = random_commands(3, {2, 3}, 5, 40);
  HostedTile a("a", bench.parameters, bench.device, bench.ledger, TileOptions{{2, 3}, 1, 0, 0},
               commands);
  HostedTile b("b", bench.parameters, bench.device, bench.ledger, TileOptions{{2, 3}, 1, 0, 0},
               commands);
  sc_core::sc_start();
  ASSERT_TRUE(a.host.finished() && b.host.finished());
  for (std::size_t i = 0; i < commands.size(); ++i) {
    EXPECT_EQ(a.host.records()[i].result, b.host.records()[i].result) << i;
    EXPECT_EQ(a.host.records()[i].duration, b.host.records()[i].duration) << i;
  }
}

}  // namespace
}  // namespace dwmtj::test
