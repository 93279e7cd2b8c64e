// SPDX-License-Identifier: Apache-2.0
// One layer on two tiles, counted by hand: times in ns, energies in pJ, no price twice.
#include "simulation/program_estimate.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/chip/chip_setup.h"
#include "tests/inference/networks.h"
#include "tests/support/catalog_model.h"
#include "tile/tile_accounts.h"

namespace dwmtj {
namespace {

Time ns(double value) { return from_si<Time>(value * 1e-9); }
Energy pj(double value) { return from_si<Energy>(value * 1e-12); }
Power mw(double value) { return from_si<Power>(value * 1e-3); }

// On a row of routers: host, DMA, buffer, digital unit, two tiles. A hop takes 3 ns and 1 pJ a flit
// of 4 bits.
ChipParameters chip() {
  ChipParameters chip{};
  chip.interconnect = test::interconnect(Topology::mesh(5, 1));
  chip.interconnect.width = 4;
  chip.registers = {ns(13), pj(17)};
  chip.host_router = 0;
  chip.tiles = {2, 4, 2, {}, 8, 4};
  chip.buffer = {2, 1024, ns(5), 10, ns(11), pj(2), mw(2)};
  chip.dma = {1, 24, pj(5), mw(3)};
  chip.digital = {3, 256, 3, ns(2), pj(0.7), mw(4)};
  return chip;
}

// Decisions of two cycles of 10 ns, 3 ns longer than their delay; near balance, where they take
// longer, are 0.4 of a code of 3 bits.
TileParameters tile() {
  auto tile = TileParameters::load(find_tile("trapezoidal"));
  tile.timing.clock_period = ns(10);
  tile.timing.read_settle = ns(33);
  tile.comparator.delay = ns(17);
  tile.comparator.regeneration = ns(1);
  tile.comparator.swing = from_si<Voltage>(0.1);
  tile.comparator.energy = pj(19);
  tile.comparator.zero.energy = pj(23);
  tile.read.load = from_si<Resistance>(1e3);
  tile.driver.supply = from_si<Voltage>(1.5);
  tile.sum_reference = {3, from_si<Current>(4 * 5 * 0.1 * std::exp(-3.0) / 1e3), 0.0, ns(25),
                        pj(29)};
  tile.overhead.cycle = pj(7);
  tile.overhead.column_cycle = pj(2);
  tile.overhead.wait_cycle = pj(1);
  tile.overhead.row = pj(31);
  return tile;
}

Network network() {
  Network network;
  network.layers = {input_layer({1, 4, 4}), dense_layer(0, random_weights(4, 16, 1))};
  network.outputs = {1};
  return network;
}

struct OnTwoTiles {
  ChipParameters parts = chip();
  TileParameters of_tile = tile();
  const DeviceModel& device = test::catalog_model("trapezoidal");
  TileSet tiles{of_tile, device, 2, 8, 4, 1};
  Network net = network();
  DataSet data = random_images(20, {1, 4, 4}, 4);
  ImageSource source{data, net.layers[0], {}};
  ActivationRanges ranges = measure_ranges(net, plan_forward(net), source, {20, 8, 5, {}});
  TileReading reading{5, 3};  // five planes, three decisions
  TiledNetwork tiled = tile_network(net, ranges, tiles, {reading, {}, 100});

  [[nodiscard]] ProgramEstimate estimate(const ProgramRun& run) const {
    return estimate_program(parts, tiles, tiled, {0.25}, reading, run);
  }
};

constexpr double kSlow = (1 - 0.8 * 0.8 * 0.8 * 0.8) + (1 - 0.9 * 0.9 * 0.9 * 0.9);
// Read settles in 4 cycles, each decision takes 2, each of two steps of the reference 3; decode,
// release, respond, and the edge.
constexpr double kReads = 4 + 3 * 2 + 2 * 3 + kSlow;
constexpr double kMultiply = 10 * (kReads + 4);
// 64 bits ahead of 8 x 2 there, and of 4 x 3 back, over two routers.
constexpr double kTurn = (2 * 3 + 20) + kMultiply + (2 * 3 + 19);
// 32 values in and 8 out, three at a time.
constexpr double kAround = 11 * 2 + 3 * 2;
// Bursts of 24 bytes, 64 + 192 bits or 64, through 3, 2, and 3 routers; 3 lines of the buffer.
constexpr double kAtBuffer = 5 + 3 * 11;
constexpr double kBursts = 3 * ((9 + 64) + kAtBuffer + (9 + 16)) +
                           3 * ((6 + 16) + kAtBuffer + (6 + 64)) + 3 * ((9 + 64) + 13 + (9 + 16));
// Eight accesses of the DMA's registers, the last a read, and one of the label.
constexpr double kAccesses = 8 * ((6 + 24) + 13 + (6 + 16)) + ((12 + 16) + 13 + (12 + 24));

void expect_ns(double seconds, double wanted) { EXPECT_NEAR(seconds * 1e9, wanted, 1e-6); }

TEST(ProgramEstimate, TimesByHand) {
  const OnTwoTiles setup;
  const auto loose = setup.estimate({1, false, {}});
  ASSERT_EQ(loose.steps.size(), 3U);
  expect_ns(loose.steps[0].seconds, kAround + 5 * kTurn);
  expect_ns(loose.steps[1].seconds, 2 * 2);
  expect_ns(loose.steps[2].seconds, kBursts + kAccesses);
  expect_ns(loose.latency, kAround + 5 * kTurn + 4 + kBursts + kAccesses);
  expect_ns(loose.interval, loose.latency * 1e9);
  // The packet to the second tile follows that to the first, for 20 cycles.
  const auto waiting = setup.estimate({});
  expect_ns(waiting.latency, loose.latency * 1e9 + 20);
  expect_ns(waiting.interval, waiting.latency * 1e9);
}

// With two images the host is what takes longest; with a fast one the tiles.
TEST(ProgramEstimate, TheIntervalIsThatOfWhatTakesLongest) {
  OnTwoTiles setup;
  expect_ns(setup.estimate({2, false, {}}).interval, kBursts + kAccesses);
  setup.parts.dma.burst = 64;
  setup.parts.buffer.cycle = ns(1);
  setup.parts.interconnect.cycle = ns(0.1);
  setup.parts.interconnect.hop_latency = {};
  setup.parts.registers.access_time = {};
  expect_ns(setup.estimate({9, false, {}}).interval, 5 * (2.0 + kMultiply + 1.9));
  // 11 + 3 turns around, two of each of ten commands, two to find the label.
  setup.parts.digital.cycle = ns(200);
  expect_ns(setup.estimate({9, false, {}}).interval, 200 * (11 + 3 + 10 * 2 + 2));
}

TEST(ProgramEstimate, EnergiesByHand) {
  const OnTwoTiles setup;
  const auto result = setup.estimate({1, false, 3});
  double siemens = 0;
  for (std::size_t block = 0; block < 2; ++block) {
    for (const auto& command : setup.tiled.layers[0]->programs(block, {0, 1, 2, 3})) {
      for (const auto level : command.data) {
        siemens += in_si(setup.device.readout().level_conductance(level));
      }
    }
  }
  const double volts = in_si(setup.of_tile.read.voltage);
  const double amperes = in_si(setup.of_tile.sum_reference.full_scale);
  const double dac = 29 + amperes * 1.5 * (3 + 2 + kSlow / 2) * 10e-9 * 1e12;
  Ledger ledger;
  const TileAccounts one(ledger, "tile", setup.of_tile, setup.device, 4);
  const std::map<std::string, double> wanted = {
      // Each of ten commands there and back; bursts; accesses; the label.
      {"interconnect hop",
       10 * 2 * (20 + 19) + 3 * (3 * 80 + 2 * 80 + 3 * 80) + 8 * 2 * 40 + 4 * 40},
      {"digital operation", 0.7 * (32 + 8 + 10 * 4 + 4)},
      {"buffer write", 3 * 24 * 2},
      {"buffer read", 3 * 24 * 2},
      {"dma burst", 3 * 5},
      {"dma access", 8 * 17},
      {"digital access", (3 + 1) * 17},
      {"tiles.controller cycle", 10 * ((kReads + 3) * 1 + 9 * (7 + 4 * 2 - 1))},
      {"tiles.array read", 5 * 0.25 * siemens * volts * volts * kReads * 10e-9 * 1e12},
      {"tiles.rows drive", 10 * 0.25 * 8 * 31},
      {"tiles.comparators decision", 10 * 4 * 3 * 19},
      {"tiles.comparators auto-zero", 10 * 4 * 23},
      {"tiles.sum_references step", 10 * 4 * 2 * dac},
      {"leakage", result.leakage * result.interval * 1e12}};
  const auto actions = result.actions();
  EXPECT_EQ(actions.size(), wanted.size());
  double sum = 0;
  for (const auto& [action, joules] : wanted) {
    ASSERT_EQ(actions.count(action), 1U) << action;
    EXPECT_NEAR(actions.at(action) * 1e12, joules, 1e-6 * joules) << action;
    sum += joules;
  }
  EXPECT_NEAR(result.energy() * 1e12, sum, 1e-6 * sum);
  // Two tiles and one that stands by; buffer, DMA, digital unit, five routers of 1 mW.
  EXPECT_NEAR(result.leakage, 3 * in_si(one.leakage()) + 14e-3, 1e-9);
}

// The sign alone: one decision, no reference that takes steps.
TEST(ProgramEstimate, OfSignsNoReferenceIsStepped) {
  OnTwoTiles setup;
  setup.reading.result_bits = 1;
  const auto result = setup.estimate({1, false, {}});
  EXPECT_EQ(result.actions().at("tiles.sum_references step"), 0.0);
  expect_ns(result.steps[0].seconds, kAround + 5 * ((6 + 20) + 10 * (4 + 2 + 4) + (6 + 17)));
}

}  // namespace
}  // namespace dwmtj
