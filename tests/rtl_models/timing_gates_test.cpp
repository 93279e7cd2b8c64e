// SPDX-License-Identifier: Apache-2.0
// When a result stands, from both sides: up at t, not yet one clock cycle before.
#include <gtest/gtest.h>

#include "tests/support/systemc_child.h"
#include "tests/support/tile_bench.h"

namespace dwmtj::test {
namespace {

constexpr ArrayShape kShape{3, 2};

// Cycles of the default parameters at 1 GHz: the tests work the sums out for themselves.
constexpr int kDecode = 1;
constexpr int kSelect = 2;
constexpr int kField = 20;
constexpr int kPulse = 61 + 5;       // 60 ns are seen at the next edge; then the wall comes to rest
constexpr int kCompare = 5 + 1 + 1;  // settle, decide within a cycle, discharge
constexpr int kVerify = 1;

// Puts one command after the other to a tile and checks each result against its expected time.
class GateHost : public sc_core::sc_module {
 public:
  struct Step {
    TileCommand command;
    int cycles;                   // from taken to rsp_valid
    Picoseconds wait_before = 0;  // to come off the clock's edges
  };

  GateHost(sc_core::sc_module_name name, HostedTile& hosted, std::vector<Step> steps,
           Picoseconds period)
      : sc_module(name), hosted_(hosted), steps_(std::move(steps)), period_(period) {
    SC_THREAD(run);
  }
  int done = 0;

 private:
  SC_HAS_PROCESS(GateHost);

  void run() {
    for (const auto& step : steps_) {
      wait(to_sc_time(step.wait_before));
      put(step);
      ++done;
    }
  }

  void put(const Step& step) {
    const Picoseconds rose = now_ps();
    const Picoseconds taken = (rose / period_ + 1) * period_;  // strictly after
    hosted_.cmd.write(step.command);
    hosted_.cmd_valid.write(true);
    wait(to_sc_time(taken - rose - 1));
    EXPECT_TRUE(hosted_.cmd_ready.read()) << "taken too early";
    wait(to_sc_time(2));
    EXPECT_FALSE(hosted_.cmd_ready.read()) << "not taken at the edge";
    hosted_.cmd_valid.write(false);
    const Picoseconds due = taken + step.cycles * period_;
    wait(to_sc_time(due - period_ + 1 - now_ps()));
    EXPECT_FALSE(hosted_.rsp_valid.read()) << name_of(step.command.op) << " answers too early";
    wait(to_sc_time(due - 1 - now_ps()));
    EXPECT_FALSE(hosted_.rsp_valid.read()) << name_of(step.command.op) << " answers too early";
    wait(to_sc_time(2));
    EXPECT_TRUE(hosted_.rsp_valid.read()) << name_of(step.command.op) << " answers too late";
    hosted_.rsp_ready.write(true);
    wait(hosted_.rsp_valid.negedge_event());
    EXPECT_EQ(now_ps(), due + period_) << "the result is taken one cycle after it stands";
    hosted_.rsp_ready.write(false);
    wait(sc_core::SC_ZERO_TIME);
  }

  HostedTile& hosted_;
  std::vector<Step> steps_;
  Picoseconds period_;
};

void expect_gates(const std::string& tile, const std::vector<GateHost::Step>& steps,
                  Time period = 1e-9 * si::seconds) {
  TileBench bench(tile);
  bench.parameters.timing.clock_period = period;
  bench.hosted = std::make_unique<HostedTile>("tile0", bench.parameters, bench.device, bench.ledger,
                                              TileOptions{kShape}, std::vector<TileCommand>{});
  GateHost host("gates", *bench.hosted, steps, to_picoseconds(period));
  sc_core::sc_start();
  EXPECT_EQ(host.done, static_cast<int>(steps.size()));
}

TileCommand reset_row(std::uint32_t row) { return {TileOp::reset, row, Side::plus, {}}; }
TileCommand read_row(std::uint32_t row) { return {TileOp::read, row, Side::plus, {}}; }

SYSTEMC_TEST(Gates, ResetPaysForTheFieldOnce) {
  expect_gates("trapezoidal", {{reset_row(0), kDecode + kField + kPulse},
                               {reset_row(0), kDecode + kPulse},
                               {reset_row(1), kDecode + kSelect + kPulse}});
}

SYSTEMC_TEST(Gates, StraightTileHasNoFieldToChange) {
  expect_gates("straight", {{reset_row(0), kDecode + kPulse},
                            {{TileOp::update, 0, Side::plus, {1, -1}}, kDecode + 2 * kPulse}});
}

SYSTEMC_TEST(Gates, UpdateBothWaysIsTwoPulsesAndTwoFields) {
  expect_gates("trapezoidal",
               {{{TileOp::update, 0, Side::plus, {1, 1}}, kDecode + kPulse},
                {{TileOp::update, 0, Side::plus, {1, -1}}, kDecode + kPulse + kField + kPulse},
                {{TileOp::update, 0, Side::plus, {1, -1}}, kDecode + 2 * (kField + kPulse)},
                {{TileOp::update, 0, Side::plus, {0, 0}}, kDecode}});
}

SYSTEMC_TEST(Gates, PulseOfAnyCodeTakesTheSame) {
  expect_gates("straight", {{{TileOp::pulse, 0, Side::minus, {3, 200}}, kDecode + kSelect + kPulse},
                            {{TileOp::pulse, 0, Side::minus, {0, 7}}, kDecode + kPulse}});
}

SYSTEMC_TEST(Gates, ReadTakesOneComparisonAStepOfTheSearch) {
  expect_gates("trapezoidal", {{read_row(0), kDecode + 2 * kCompare},
                               {read_row(2), kDecode + kSelect + 2 * kCompare}});
}

SYSTEMC_TEST(Gates, StraightReadTakesThreeComparisons) {
  expect_gates("straight", {{read_row(0), kDecode + 3 * kCompare}});
}

SYSTEMC_TEST(Gates, MatrixVectorProductIsOneComparison) {
  // 15 uA are above the critical current: both walls go to the last level, far off balance.
  expect_gates("straight", {{{TileOp::pulse, 0, Side::plus, {150, 150}}, kDecode + kPulse},
                            {{TileOp::multiply, 0, Side::plus, {1, 0, 0}}, kDecode + kCompare}});
}

SYSTEMC_TEST(Gates, ProgramOfALevelThatIsThereIsOneVerify) {
  expect_gates("trapezoidal",
               {{{TileOp::program, 0, Side::plus, {0, 0}}, kDecode + kCompare + kVerify},
                {{TileOp::program, 0, Side::plus, {kSkip, kSkip}}, kDecode + kVerify}});
}

SYSTEMC_TEST(Gates, WrongCommandIsAnsweredAfterDecoding) {
  expect_gates("trapezoidal", {{read_row(99), kDecode},
                               {{TileOp::program, 0, Side::plus, {9, 0}}, kDecode},
                               {{TileOp::count_of_ops, 0, Side::plus, {}}, kDecode}});
}

SYSTEMC_TEST(Gates, ArrivalOffTheEdgesIsTakenAtTheNext) {
  expect_gates("straight", {{reset_row(0), kDecode + kPulse, 1},
                            {reset_row(0), kDecode + kPulse, 999},
                            {reset_row(0), kDecode + kPulse, 1000},
                            {reset_row(0), kDecode + kPulse, 12345}});
}

SYSTEMC_TEST(Gates, SlowerClockRoundsEveryTimeUp) {
  // At 4 ns: settle times of 2 and 5 ns are 1 and 2 cycles, a pulse of 60 ns is seen at 64 ns.
  expect_gates("straight", {{reset_row(1), 1 + 1 + 16 + 2}, {read_row(1), 1 + 3 * (2 + 1 + 1)}},
               4e-9 * si::seconds);
}

}  // namespace
}  // namespace dwmtj::test
