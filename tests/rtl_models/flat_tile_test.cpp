// SPDX-License-Identifier: Apache-2.0
// Clocked masters at the flat pins: whatever they do with valid and ready, every command is carried
// out once and answered once, in order, as in the bulk view.
#include <cstdlib>
#include <memory>

#include <gtest/gtest.h>

#include "arrays/bulk_tile.h"
#include "rtl_models/flat_wires.h"
#include "tests/support/systemc_child.h"
#include "tests/support/tile_bench.h"

namespace dwmtj::test {
namespace {

constexpr ArrayShape kShape{2, 3};

// Commands of all five clocks together; more by $DWMTJ_HANDSHAKES.
const int kCommands = [] {
  const char* const asked = std::getenv("DWMTJ_HANDSHAKES");
  return asked != nullptr ? std::max(100, std::atoi(asked)) : 10000;
}();

// A master on the tile's clock. `hurry` of 10 valid and ready are high at a time.
class ClockedMaster : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk;

  ClockedMaster(sc_core::sc_module_name name, FlatWires& pins, std::vector<TileCommand> commands,
                int hurry, std::uint64_t seed)
      : sc_module(name),
        pins_(pins),
        commands_(std::move(commands)),
        hurry_(hurry),
        sending_(seed),
        receiving_(seed + 1) {
    SC_THREAD(send);
    SC_THREAD(receive);
  }

  std::vector<TileResult> results;

 private:
  SC_HAS_PROCESS(ClockedMaster);

  void edge() { wait(clk.posedge_event()); }

  void send() {
    for (const auto& command : commands_) {
      const std::size_t beats = std::max<std::size_t>(1, command.data.size());
      for (std::size_t beat = 0; beat < beats; ++beat) send_beat(command, beat, beats);
    }
  }

  void send_beat(const TileCommand& command, std::size_t beat, std::size_t beats) {
    while (sending_.below(10) >= hurry_) {
      pins_.cmd_valid.write(false);
      edge();
    }
    const bool has_entry = beat < command.data.size();
    pins_.cmd_op.write(static_cast<unsigned>(command.op));
    pins_.cmd_row.write(command.row);
    pins_.cmd_side.write(command.side == Side::minus);
    pins_.cmd_bits.write(command.bits);
    pins_.cmd_data.write(has_entry ? static_cast<std::uint16_t>(command.data[beat]) : 0U);
    pins_.cmd_keep.write(has_entry);
    pins_.cmd_last.write(beat + 1 == beats);
    pins_.cmd_valid.write(true);
    do edge();
    while (!pins_.cmd_ready.read());
    pins_.cmd_valid.write(false);
  }

  void receive() {
    TileResult result;
    for (;;) {
      pins_.rsp_ready.write(receiving_.below(10) < hurry_);
      edge();
      if (!pins_.rsp_valid.read() || !pins_.rsp_ready.read()) continue;
      result.status = static_cast<TileStatus>(pins_.rsp_status.read().to_uint());
      if (pins_.rsp_keep.read()) {
        result.data.push_back(static_cast<std::int16_t>(pins_.rsp_data.read().to_uint()));
        result.pulses.push_back(static_cast<std::uint16_t>(pins_.rsp_pulses.read().to_uint()));
        result.attempts.push_back(static_cast<std::uint16_t>(pins_.rsp_attempts.read().to_uint()));
      }
      if (pins_.rsp_last.read()) results.push_back(std::exchange(result, {}));
      if (results.size() == commands_.size()) sc_core::sc_stop();
    }
  }

  FlatWires& pins_;
  std::vector<TileCommand> commands_;
  int hurry_;
  Numbers sending_, receiving_;
};

struct ClockedBench {
  ClockedBench(const std::string& kind, Picoseconds period, Picoseconds phase,
               const std::vector<TileCommand>& commands, int hurry = 10, std::uint64_t seed = 1)
      : bench(kind) {
    bench.parameters.timing.clock_period = to_time(period);
    TileOptions options{kShape, seed};
    options.protocol = ProtocolCheck::warn;
    clk = std::make_unique<sc_core::sc_clock>("clk", to_sc_time(period), 0.5, to_sc_time(phase));
    tile =
        std::make_unique<FlatTile>("tile0", bench.parameters, bench.device, bench.ledger, options);
    wires = std::make_unique<FlatWires>(*tile);
    master = std::make_unique<ClockedMaster>("master", *wires, commands, hurry, seed);
    tile->clk(*clk), tile->rst_n(rst_n);
    master->clk(*clk);
  }

  TileBench bench;
  std::unique_ptr<sc_core::sc_clock> clk;
  sc_core::sc_signal<bool> rst_n{"rst_n", true};
  std::unique_ptr<FlatTile> tile;
  std::unique_ptr<FlatWires> wires;
  std::unique_ptr<ClockedMaster> master;
};

// Results as the beats carry them: no counts where there are no data.
void expect_as_in_bulk(const ClockedBench& bench, const std::vector<TileCommand>& commands,
                       std::uint64_t seed) {
  Ledger ledger;
  BulkTile bulk("bulk", bench.bench.parameters, bench.bench.device, ledger, {kShape, seed});
  ASSERT_EQ(bench.master->results.size(), commands.size());
  for (std::size_t i = 0; i < commands.size(); ++i) {
    auto expected = bulk.carry_out(commands[i], bulk.now());
    expected.pulses.resize(expected.data.size());
    expected.attempts.resize(expected.data.size());
    ASSERT_EQ(bench.master->results[i], expected) << i << ": " << commands[i];
  }
  const auto& tile = bench.tile->tile();
  EXPECT_EQ(states_of(tile.pairs()), states_of(bulk.array()));
  EXPECT_NEAR(in_si(bench.bench.ledger.posted()) / in_si(ledger.posted()), 1.0, 1e-12);
  EXPECT_EQ(tile.commands_taken(), commands.size());
  EXPECT_EQ(tile.protocol().count(), 0U) << tile.protocol().first();
}

struct ClockOf {
  Picoseconds period;
  Picoseconds phase;
};

class AnyHandshake : public ::testing::TestWithParam<ClockOf> {};

TEST_P(AnyHandshake, CarriesEveryCommandOutOnce) {
  const auto clock = GetParam();
  auto seed = static_cast<std::uint64_t>(clock.period);
  for (const auto* kind : {"trapezoidal", "straight"}) {
    for (const int hurry : {2, 5, 9, 10}) {
      ++seed;
      EXPECT_TRUE(passes_in_child([&] {
        const TileBench shape(kind);
        const auto commands = random_commands(seed, kShape, shape.device.sites(), kCommands / 40);
        ClockedBench bench(kind, clock.period, clock.phase, commands, hurry, seed);
        sc_core::sc_start();
        expect_as_in_bulk(bench, commands, seed);
      })) << kind
          << " hurry " << hurry;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(At, AnyHandshake,
                         ::testing::Values(ClockOf{1000, 0}, ClockOf{4000, 0}, ClockOf{833, 300},
                                           ClockOf{333, 100}, ClockOf{7770, 1234}),
                         [](const auto& clock) {
                           return std::to_string(clock.param.period) + "ps";
                         });

// A master that always has another command, and always takes the answer.
SYSTEMC_TEST(FlatTile, ValidThatStaysHighGivesEachCommandOnce) {
  const std::vector<TileCommand> commands(20, {TileOp::read, 1, Side::minus, {}});
  ClockedBench bench("straight", 1000, 0, commands);
  sc_core::sc_start();
  expect_as_in_bulk(bench, commands, 1);
}

SYSTEMC_TEST(FlatTile, RefusesAClockOfAnotherPeriod) {
  ClockedBench bench("straight", 1000, 0, {});
  sc_core::sc_clock other("other", to_sc_time(4000));
  FlatTile second("second", bench.bench.parameters, bench.bench.device, bench.bench.ledger,
                  as_twin({kShape}));
  const FlatWires wires(second);
  second.clk(other), second.rst_n(bench.rst_n);
  try {
    sc_core::sc_start(to_sc_time(1000));
    ADD_FAILURE() << "taken";
  } catch (const InputError& error) {
    EXPECT_STREQ(
        error.what(),
        "second.tile.controller: clk has a period of 4 ns; timing.clock_period of the tile "
        "is 1 ns");
  }
}

// In the middle of whatever the tile does: it starts anew, and what it then does is sound.
SYSTEMC_TEST(FlatTile, ResetsOutOfEveryState) {
  const std::vector<TileCommand> commands(4000, {TileOp::program, 0, Side::plus, {1, 2, 3}});
  ClockedBench bench("straight", 1000, 0, commands);
  Numbers numbers(3);
  for (int i = 0; i < 60; ++i) {
    sc_core::sc_start(to_sc_time(1000 * numbers.below(400) + 300));
    bench.rst_n.write(false);
    sc_core::sc_start(to_sc_time(1000 * (1 + numbers.below(5))));
    EXPECT_FALSE(bench.wires->cmd_ready.read());
    EXPECT_FALSE(bench.wires->rsp_valid.read());
    bench.rst_n.write(true);
  }
  const auto before = bench.master->results.size();
  sc_core::sc_start(to_sc_time(20'000'000));
  ASSERT_GT(bench.master->results.size(), before + 10);
  for (auto i = before + 1; i < bench.master->results.size(); ++i) {
    EXPECT_EQ(bench.master->results[i].status, TileStatus::ok);
  }
  const auto& pairs = bench.tile->tile().pairs();
  for (int column = 0; column < 3; ++column) {
    EXPECT_EQ(pairs.devices().site(pairs.index(0, Side::plus, column)), column + 1);
  }
}

// A clock of one's own costs an idle tile no activation.
SYSTEMC_TEST(FlatTile, IdlesBesideARunningClock) {
  ClockedBench bench("straight", 1000, 0, {});
  sc_core::sc_start(to_sc_time(10'000));
  const auto before = bench.tile->tile().activations();
  sc_core::sc_start(to_sc_time(1'000'000));
  EXPECT_EQ(bench.tile->tile().activations(), before);
}

}  // namespace
}  // namespace dwmtj::test
