// SPDX-License-Identifier: Apache-2.0
// When a result stands, from both sides: up at t, not yet one clock cycle before.
#include <cmath>
#include <functional>

#include <gtest/gtest.h>

#include "tests/support/systemc_child.h"
#include "tests/support/tile_bench.h"

namespace dwmtj::test {
namespace {

constexpr ArrayShape kShape{3, 2};

// The sums of the tests in clock cycles, worked out here from the parameters.
struct Cycles {
  explicit Cycles(const TileBench& bench)
      : period(ps(bench.parameters.timing.clock_period)),
        select(covering(ps(bench.parameters.timing.select_settle))),
        field(covering(ps(bench.parameters.timing.field_settle))),
        pulse(seen_after(60000) + covering(ps(bench.parameters.timing.pulse_relax))),
        settle(covering(ps(bench.parameters.timing.read_settle))) {}

  static Picoseconds ps(Time time) { return std::llround(in_si(time) * 1e12); }
  // A settle time ends with the cycle in which it ends, and takes one at least.
  [[nodiscard]] int covering(Picoseconds time) const {
    return static_cast<int>(std::max<Picoseconds>(1, (time + period - 1) / period));
  }
  // A handshake is seen at the first edge after it.
  [[nodiscard]] int seen_after(Picoseconds time) const {
    return static_cast<int>(time / period + 1);
  }
  // Read currents settle, the latch decides, the lines discharge.
  [[nodiscard]] int compare(int decide = 1) const { return settle + decide + 1; }

  Picoseconds period;
  int decode = 1;
  int select;
  int field;
  int pulse;
  int settle;
  int verify = 1;
};

// Puts one command after the other to a tile and checks each result against its expected time.
class GateHost : public sc_core::sc_module {
 public:
  struct Step {
    TileCommand command;
    int cycles = 0;               // from taken to rsp_valid
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
    hosted_.wires.cmd.write(step.command);
    hosted_.wires.cmd_valid.write(true);
    wait(to_sc_time(taken - rose - 1));
    EXPECT_TRUE(hosted_.wires.cmd_ready.read()) << "taken too early";
    wait(to_sc_time(2));
    EXPECT_FALSE(hosted_.wires.cmd_ready.read()) << "not taken at the edge";
    hosted_.wires.cmd_valid.write(false);
    const Picoseconds due = taken + step.cycles * period_;
    wait(to_sc_time(due - period_ + 1 - now_ps()));
    EXPECT_FALSE(hosted_.wires.rsp_valid.read())
        << name_of(step.command.op) << " answers too early";
    wait(to_sc_time(due - 1 - now_ps()));
    EXPECT_FALSE(hosted_.wires.rsp_valid.read())
        << name_of(step.command.op) << " answers too early";
    wait(to_sc_time(2));
    EXPECT_TRUE(hosted_.wires.rsp_valid.read()) << name_of(step.command.op) << " answers too late";
    hosted_.wires.rsp_ready.write(true);
    wait(hosted_.wires.rsp_valid.negedge_event());
    EXPECT_EQ(now_ps(), due + period_) << "the result is taken one cycle after it stands";
    hosted_.wires.rsp_ready.write(false);
    wait(sc_core::SC_ZERO_TIME);
  }

  HostedTile& hosted_;
  std::vector<Step> steps_;
  Picoseconds period_;
};

using Steps = std::vector<GateHost::Step>;

// `steps` of the cycles of `tile`, some of its parameters changed.
void expect_gates(const std::string& tile, const std::function<Steps(const Cycles&)>& steps,
                  const std::function<void(TileParameters&)>& change = {}) {
  TileBench bench(tile);
  if (change) change(bench.parameters);
  const Cycles cycles(bench);
  const auto todo = steps(cycles);
  bench.hosted = std::make_unique<HostedTile>("tile0", bench.parameters, bench.device, bench.ledger,
                                              TileOptions{kShape}, std::vector<TileCommand>{});
  const GateHost host("gates", *bench.hosted, todo, cycles.period);
  sc_core::sc_start();
  EXPECT_EQ(host.done, static_cast<int>(todo.size())) << "the host stopped before its last command";
}

std::function<void(TileParameters&)> with_period(double nanoseconds) {
  return [nanoseconds](TileParameters& parameters) {
    parameters.timing.clock_period = from_si<Time>(nanoseconds * 1e-9);
  };
}

TileCommand reset_row(std::uint32_t row) { return {TileOp::reset, row, Side::plus, {}}; }
TileCommand read_row(std::uint32_t row) { return {TileOp::read, row, Side::plus, {}}; }
TileCommand update_row(std::int16_t first, std::int16_t second) {
  return {TileOp::update, 0, Side::plus, {first, second}};
}
TileCommand program_row(std::int16_t first, std::int16_t second) {
  return {TileOp::program, 0, Side::plus, {first, second}};
}

// At the default parameters the sums are the numbers of docs/rtl_models/synapse_tile.md.
TEST(Cycles, OfTheDefaultParameters) {
  const Cycles c{TileBench("trapezoidal")};
  EXPECT_EQ(c.select, 2);
  EXPECT_EQ(c.field, 20);
  EXPECT_EQ(c.pulse, 61 + 5);
  EXPECT_EQ(c.compare(), 5 + 1 + 1);
}

SYSTEMC_TEST(Gates, ResetPaysForTheFieldOnce) {
  expect_gates("trapezoidal", [](const Cycles& c) {
    return Steps{{reset_row(0), c.decode + c.field + c.pulse},
                 {reset_row(0), c.decode + c.pulse},
                 {reset_row(1), c.decode + c.select + c.pulse}};
  });
}

SYSTEMC_TEST(Gates, SelectIsPaidForWhenRowOrSideChange) {
  expect_gates("straight", [](const Cycles& c) {
    return Steps{{{TileOp::reset, 1, Side::plus, {}}, c.decode + c.select + c.pulse},
                 {{TileOp::reset, 1, Side::plus, {}}, c.decode + c.pulse},
                 {{TileOp::reset, 1, Side::minus, {}}, c.decode + c.select + c.pulse},
                 {{TileOp::reset, 2, Side::minus, {}}, c.decode + c.select + c.pulse},
                 {{TileOp::reset, 1, Side::plus, {}}, c.decode + c.select + c.pulse}};
  });
}

SYSTEMC_TEST(Gates, StraightTileHasNoFieldToChange) {
  expect_gates("straight", [](const Cycles& c) {
    return Steps{{reset_row(0), c.decode + c.pulse}, {update_row(1, -1), c.decode + 2 * c.pulse}};
  });
}

SYSTEMC_TEST(Gates, UpdateBothWaysIsTwoPulsesAndTwoFields) {
  expect_gates("trapezoidal", [](const Cycles& c) {
    return Steps{{update_row(1, 1), c.decode + c.pulse},
                 {update_row(1, -1), c.decode + c.pulse + c.field + c.pulse},
                 {update_row(-1, -1), c.decode + c.pulse},
                 {update_row(1, -1), c.decode + 2 * (c.field + c.pulse)},
                 {update_row(0, 0), c.decode},
                 {update_row(kSkip, kSkip), c.decode},
                 {update_row(1, kSkip), c.decode + c.field + c.pulse}};
  });
}

SYSTEMC_TEST(Gates, PulseOfAnyCodeTakesTheSame) {
  expect_gates("straight", [](const Cycles& c) {
    return Steps{{{TileOp::pulse, 0, Side::minus, {3, 200}}, c.decode + c.select + c.pulse},
                 {{TileOp::pulse, 0, Side::minus, {0, 7}}, c.decode + c.pulse},
                 {{TileOp::pulse, 0, Side::minus, {-9, 7}}, c.decode + 2 * c.pulse}};
  });
}

SYSTEMC_TEST(Gates, ReadTakesOneComparisonAStepOfTheSearch) {
  expect_gates("trapezoidal", [](const Cycles& c) {
    return Steps{{read_row(0), c.decode + 2 * c.compare()},
                 {read_row(2), c.decode + c.select + 2 * c.compare()}};
  });
}

SYSTEMC_TEST(Gates, StraightReadTakesThreeComparisons) {
  expect_gates("straight", [](const Cycles& c) {
    return Steps{{read_row(0), c.decode + 3 * c.compare()}};
  });
}

SYSTEMC_TEST(Gates, MatrixVectorProductIsOneComparison) {
  // 15 uA are above the critical current: both walls go to the last level, far off balance.
  expect_gates("straight", [](const Cycles& c) {
    return Steps{{{TileOp::pulse, 0, Side::plus, {150, 150}}, c.decode + c.pulse},
                 {{TileOp::multiply, 0, Side::plus, {1, 0, 0}}, c.decode + c.compare()}};
  });
}

SYSTEMC_TEST(Gates, ProgramOfALevelThatIsThereIsOneVerify) {
  expect_gates("trapezoidal", [](const Cycles& c) {
    return Steps{{program_row(0, 0), c.decode + c.compare() + c.verify},
                 {program_row(kSkip, kSkip), c.decode + c.verify}};
  });
}

// Codes of 159 are beyond every threshold and codes of 1 below: the rounds are known.
SYSTEMC_TEST(Gates, ProgramIsARoundOfVerifyAndPulseAStep) {
  const auto certain = [](TileParameters& parameters) {
    parameters.verify.first_codes = {1, 1, 1, 1};
    parameters.verify.step = 79;
    parameters.verify.last_code = 159;
  };
  const auto steps = [](const Cycles& c) {
    const int verify_below = c.compare() + c.verify;        // not reached: nothing to pass
    const int verify_last = c.compare() + c.verify;         // the last level cannot be passed
    const int verify_first = c.compare() + c.verify;        // the first is always reached
    const int three_pulses = 3 * (verify_below + c.pulse);  // 1, 80 and 159
    return Steps{{program_row(3, 3), c.decode + three_pulses + verify_last},
                 {program_row(3, 3), c.decode + verify_last},
                 {program_row(0, 0), c.decode + verify_first + c.field + c.pulse + verify_first},
                 {program_row(3, kSkip), c.decode + verify_below + c.field + c.pulse +
                                             2 * (verify_below + c.pulse) + verify_last}};
  };
  expect_gates("trapezoidal", steps, certain);
}

SYSTEMC_TEST(Gates, ProgramComparesTwiceWhereALevelCouldBePassed) {
  // Beyond level 1: reached, passed, and back to the start; there level 0 is what is wanted.
  expect_gates("trapezoidal", [](const Cycles& c) {
    return Steps{{{TileOp::pulse, 0, Side::plus, {159, 159}}, c.decode + c.pulse},
                 {program_row(3, 0), c.decode + 2 * c.compare() + c.verify + c.field + c.pulse +
                                         c.compare() + c.verify}};
  });
}

SYSTEMC_TEST(Gates, WrongCommandIsAnsweredAfterDecoding) {
  expect_gates("trapezoidal", [](const Cycles& c) {
    return Steps{{read_row(99), c.decode},
                 {program_row(9, 0), c.decode},
                 {{TileOp::count_of_ops, 0, Side::plus, {}}, c.decode}};
  });
}

SYSTEMC_TEST(Gates, ArrivalOffTheEdgesIsTakenAtTheNext) {
  expect_gates("straight", [](const Cycles& c) {
    return Steps{{reset_row(0), c.decode + c.pulse, 1},
                 {reset_row(0), c.decode + c.pulse, 999},
                 {reset_row(0), c.decode + c.pulse, 1000},
                 {reset_row(0), c.decode + c.pulse, 12345}};
  });
}

// Every sequence there is, at clocks that the times do and do not fit.
class Clock : public ::testing::TestWithParam<double> {};

TEST_P(Clock, AllSequencesTakeWholeCycles) {
  const auto steps = [](const Cycles& c) {
    return Steps{{reset_row(1), c.decode + c.select + c.field + c.pulse},
                 {read_row(1), c.decode + 2 * c.compare(), 77},
                 {{TileOp::pulse, 1, Side::plus, {159, -159}}, c.decode + 2 * (c.field + c.pulse)},
                 {{TileOp::multiply, 0, Side::plus, {0, 1, 0}}, c.decode + c.compare(), 1},
                 {{TileOp::program, 1, Side::plus, {3, 0}}, c.decode + 2 * c.compare() + c.verify},
                 {update_row(-1, 1), c.decode + c.select + c.field + c.pulse + c.field + c.pulse}};
  };
  EXPECT_TRUE(
      passes_in_child([&] { expect_gates("trapezoidal", steps, with_period(GetParam())); }));
}

INSTANTIATE_TEST_SUITE_P(Nanoseconds, Clock, ::testing::Values(0.8, 1.0, 1.5, 3.0, 4.0, 7.77, 60.0),
                         [](const auto& period) {
                           return std::to_string(std::lround(1000 * period.param)) + "ps";
                         });

// At level 0 the first reference of a read is 39 mV away (0.30 ns), the second 7 mV (0.46 ns).
SYSTEMC_TEST(Gates, DecisionNearBalanceTakesAnotherCycle) {
  expect_gates(
      "trapezoidal",
      [](const Cycles& c) {
        return Steps{{read_row(0), c.decode + c.compare(1) + c.compare(2)}};
      },
      with_period(0.4));
}

// Two devices alike: a metastable comparator answers when its window of 2 ns ends.
SYSTEMC_TEST(Gates, MetastableDecisionTakesTheWindow) {
  expect_gates(
      "trapezoidal",
      [](const Cycles& c) {
        return Steps{{{TileOp::multiply, 0, Side::plus, {0, 0, 0}},
                      c.decode + c.compare(c.seen_after(2000))}};
      },
      [](TileParameters& parameters) {
        parameters.comparator.offset = from_si<Voltage>(0.0);
        parameters.comparator.noise = from_si<Voltage>(0.0);
        parameters.read.noise = false;
      });
}

}  // namespace
}  // namespace dwmtj::test
