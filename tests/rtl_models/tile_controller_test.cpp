// SPDX-License-Identifier: Apache-2.0
// What a host may do wrong at the pins: commands while the tile is busy, and commands that are
// none.
#include "rtl_models/tile_controller.h"

#include <gtest/gtest.h>

#include "arrays/bulk_tile.h"
#include "tests/support/systemc_child.h"
#include "tests/support/tile_bench.h"

namespace dwmtj::test {
namespace {

void wait_until(Picoseconds time) { sc_core::wait(to_sc_time(time - now_ps())); }

// Notes every change of a pin.
class Watch : public sc_core::sc_module {
 public:
  using Changes = std::vector<std::pair<Picoseconds, bool>>;
  sc_core::sc_in<bool> pin;
  Changes changes;

  explicit Watch(sc_core::sc_module_name name) : sc_module(name) {
    SC_METHOD(note);
    sensitive << pin;
    dont_initialize();
  }

 private:
  SC_HAS_PROCESS(Watch);
  void note() { changes.emplace_back(now_ps(), pin.read()); }
};

// A tile whose pins the test moves itself; its first command is taken at 1 ns.
struct Pins {
  explicit Pins(const std::string& tile, const TileCommand& first)
      : bench(tile),
        hosted("tile0", bench.parameters, bench.device, bench.ledger, TileOptions{{2, 2}}, {}),
        error("error") {
    error.pin(hosted.wires.cmd_error);
    put(first);
  }

  void put(const TileCommand& command) {
    hosted.wires.cmd.write(command);
    hosted.wires.cmd_valid.write(true);
  }
  // Raises cmd_valid once more, at `time`.
  void intrude(Picoseconds time) {
    wait_until(time - 100);
    hosted.wires.cmd_valid.write(false);
    wait_until(time);
    hosted.wires.cmd_valid.write(true);
  }
  TileResult take() {
    while (!hosted.wires.rsp_valid.read()) sc_core::wait(hosted.wires.rsp_valid.posedge_event());
    hosted.wires.rsp_ready.write(true);
    sc_core::wait(hosted.wires.rsp_valid.negedge_event());
    hosted.wires.rsp_ready.write(false);
    hosted.wires.cmd_valid.write(false);
    sc_core::wait(sc_core::SC_ZERO_TIME);
    return hosted.wires.rsp.read();
  }
  [[nodiscard]] std::uint64_t refused() const { return hosted.tile.controller().refused(); }

  TileBench bench;
  HostedTile hosted;
  Watch error;
};

const TileCommand kReset{TileOp::reset, 0, Side::plus, {}};
const TileCommand kRead{TileOp::read, 0, Side::plus, {}};
const TileCommand kProgram{TileOp::program, 1, Side::minus, {3, 1}};

void expect_error_pin(const std::vector<Picoseconds>& intrusions, const Watch::Changes& expected) {
  Pins pins("straight", kReset);
  Script script("script", [&] {
    for (const auto time : intrusions) pins.intrude(time);
    EXPECT_EQ(pins.take().status, TileStatus::ok);
  });
  sc_core::sc_start();
  EXPECT_TRUE(script.finished());
  EXPECT_EQ(pins.refused(), intrusions.size());
  EXPECT_EQ(pins.error.changes, expected);
}

SYSTEMC_TEST(Refusal, BetweenEdgesIsShownForTheNextCycle) {
  expect_error_pin({20300}, {{21000, true}, {22000, false}});
}
SYSTEMC_TEST(Refusal, JustBeforeAnEdgeIsShownForTheNextCycle) {
  expect_error_pin({20999}, {{21000, true}, {22000, false}});
}
SYSTEMC_TEST(Refusal, OnAnEdgeIsSeenAtTheNext) {
  expect_error_pin({20000}, {{21000, true}, {22000, false}});
}
SYSTEMC_TEST(Refusal, TwoInOneCycleAreCountedTwiceAndShownOnce) {
  expect_error_pin({20300, 20800}, {{21000, true}, {22000, false}});
}
SYSTEMC_TEST(Refusal, TwoInARowKeepThePinHigh) {
  expect_error_pin({20300, 21300}, {{21000, true}, {23000, false}});
}
SYSTEMC_TEST(Refusal, TwoApartAreShownApart) {
  expect_error_pin({20300, 22300}, {{21000, true}, {22000, false}, {23000, true}, {24000, false}});
}
SYSTEMC_TEST(Refusal, BetweenValidAndTheEdgeThatTakesItIsARefusalToo) {
  expect_error_pin({500}, {{1000, true}, {2000, false}});
}

// Bothered all the time, in each of its states, the tile does what it does when left alone.
void expect_unharmed(const std::string& tile) {
  Pins pins(tile, kProgram);
  const TileWithBooks alone("alone", pins.bench, TileOptions{{2, 2}}, {kProgram, kRead});
  std::uint64_t intrusions = 0;
  std::vector<TileResult> results;
  Script script("script", [&] {
    while (!pins.hosted.wires.rsp_valid.read()) {
      pins.intrude(now_ps() + 1300);
      ++intrusions;
    }
    pins.intrude(now_ps() + 5300);  // while the result waits
    ++intrusions;
    results.push_back(pins.take());
    pins.put(kRead);
    results.push_back(pins.take());
  });
  sc_core::sc_start();
  EXPECT_TRUE(script.finished());
  ASSERT_TRUE(alone.hosted.host.finished());
  EXPECT_EQ(results.at(0), alone.records()[0].result);
  EXPECT_EQ(results.at(1), alone.records()[1].result);
  EXPECT_GT(intrusions, 50U);
  EXPECT_EQ(pins.refused(), intrusions);
  EXPECT_EQ(states_of(pins.hosted.tile.pairs()), alone.states());
  EXPECT_EQ(pins.hosted.tile.controller().failed(), 0U);
}

SYSTEMC_TEST(Refusal, LeavesATrapezoidalTileUnharmed) { expect_unharmed("trapezoidal"); }
SYSTEMC_TEST(Refusal, LeavesAStraightTileUnharmed) { expect_unharmed("straight"); }

SYSTEMC_TEST(Refusal, ValidThatRoseTooEarlyIsNotTakenLater) {
  Pins pins("straight", kReset);
  Script script("script", [&] {
    pins.intrude(20300);
    while (!pins.hosted.wires.rsp_valid.read())
      sc_core::wait(pins.hosted.wires.rsp_valid.posedge_event());
    pins.hosted.wires.rsp_ready.write(true);
    sc_core::wait(100, sc_core::SC_NS);
    EXPECT_TRUE(pins.hosted.wires.cmd_ready.read()) << "still high is not risen";
    EXPECT_TRUE(pins.hosted.tile.controller().idle());
  });
  sc_core::sc_start();
  EXPECT_TRUE(script.finished());
}

// Commands that are none, of every kind there is.
const std::vector<std::pair<TileCommand, TileStatus>>& wrong_commands() {
  static const std::vector<std::pair<TileCommand, TileStatus>> kCases = {
      {{TileOp::count_of_ops, 0, Side::plus, {}}, TileStatus::illegal_op},
      {{static_cast<TileOp>(7), 0, Side::plus, {0, 0}}, TileStatus::illegal_op},
      {{static_cast<TileOp>(255), 0, Side::plus, {}}, TileStatus::illegal_op},
      {{TileOp::read, 2, Side::plus, {}}, TileStatus::row_out_of_range},
      {{TileOp::reset, 0xffffffffU, Side::minus, {}}, TileStatus::row_out_of_range},
      {{TileOp::pulse, 0x80000000U, Side::minus, {1, 1}}, TileStatus::row_out_of_range},
      {{TileOp::program, 0, Side::plus, {}}, TileStatus::wrong_length},
      {{TileOp::program, 0, Side::plus, {0}}, TileStatus::wrong_length},
      {{TileOp::read, 0, Side::plus, {0, 0, 0}}, TileStatus::wrong_length},
      {{TileOp::update, 0, Side::plus, {}}, TileStatus::wrong_length},
      {{TileOp::multiply, 0, Side::plus, {1, 1, 1}}, TileStatus::wrong_length},
      {{TileOp::multiply, 0, Side::plus, {}}, TileStatus::wrong_length},
      {{TileOp::program, 0, Side::plus, {5, 0}}, TileStatus::wrong_value},
      {{TileOp::program, 0, Side::plus, {-1, 0}}, TileStatus::wrong_value},
      {{TileOp::pulse, 0, Side::plus, {256, 0}}, TileStatus::wrong_value},
      {{TileOp::pulse, 0, Side::plus, {0, -256}}, TileStatus::wrong_value},
      {{TileOp::pulse, 0, Side::plus, {32767, 0}}, TileStatus::wrong_value},
      {{TileOp::update, 0, Side::plus, {2, 0}}, TileStatus::wrong_value},
      {{TileOp::update, 0, Side::plus, {0, -2}}, TileStatus::wrong_value},
      {{TileOp::multiply, 0, Side::plus, {1, 2}}, TileStatus::wrong_value},
      {{TileOp::read, 0, Side::plus, {1, 0}}, TileStatus::wrong_value},
      {{TileOp::reset, 0, Side::plus, {-1, 0}}, TileStatus::wrong_value}};
  return kCases;
}

SYSTEMC_TEST(WrongCommands, AreAnsweredCountedAndChangeNothing) {
  const TileBench bench("straight");
  const auto pattern = random_pattern({2, 2}, 5, 3);
  auto commands = pattern;
  for (const auto& [command, status] : wrong_commands()) commands.push_back(command);
  commands.push_back(kRead);
  auto sound = pattern;
  sound.push_back(kRead);
  const TileWithBooks tile("tile", bench, TileOptions{{2, 2}}, commands);
  const TileWithBooks twin("twin", bench, TileOptions{{2, 2}}, sound);
  sc_core::sc_start();
  ASSERT_TRUE(tile.hosted.host.finished() && twin.hosted.host.finished());
  for (std::size_t i = 0; i < wrong_commands().size(); ++i) {
    const auto& result = tile.records()[pattern.size() + i].result;
    EXPECT_EQ(result, (TileResult{wrong_commands()[i].second, {}, {}, {}})) << i;
  }
  EXPECT_EQ(tile.hosted.tile.controller().failed(), wrong_commands().size());
  EXPECT_EQ(tile.states(), twin.states());
  EXPECT_EQ(tile.records().back().result, twin.records().back().result) << "it still works";
}

// A command of any bits at all, about every other one sound.
TileCommand any_command(Numbers& numbers, ArrayShape shape, int levels) {
  auto command = random_command(numbers, shape, levels);
  switch (numbers.below(10)) {
    case 0:
      command.op = static_cast<TileOp>(numbers.below(256));
      break;
    case 1:
      command.row = static_cast<std::uint32_t>(numbers.below(1 << 30));
      break;
    case 2:
      command.data.resize(static_cast<std::size_t>(numbers.below(2 * shape.columns)));
      break;
    case 3:
      for (auto& value : command.data) value = static_cast<std::int16_t>(numbers.below(65536));
      break;
    default:
      break;
  }
  return command;
}

// The commands that were answered as sound, put to a twin alone, leave the same devices behind.
void expect_no_harm_of_anything(const std::string& tile_name, std::uint64_t seed) {
  constexpr ArrayShape kShape{3, 4};
  TileBench bench(tile_name);
  Numbers numbers(seed);
  std::vector<TileCommand> commands;
  for (int i = 0; i < 200; ++i) {
    commands.push_back(any_command(numbers, kShape, bench.device.sites()));
  }
  TileWithBooks tile("tile", bench, TileOptions{kShape, seed}, commands);
  for (std::size_t i = 0; i < commands.size(); i += 7) tile.hosted.host.intrude_at(i);
  sc_core::sc_start();
  ASSERT_TRUE(tile.hosted.host.finished()) << "hangs";
  Ledger ledger;
  BulkTile twin("twin", bench.parameters, bench.device, ledger, {kShape, seed});
  std::uint64_t sound = 0;
  for (const auto& record : tile.records()) {
    if (record.result.status > TileStatus::flagged) continue;
    EXPECT_EQ(record.result, twin.carry_out(record.command, twin.now()));
    ++sound;
  }
  EXPECT_GT(sound, 50U);
  EXPECT_LT(sound, 180U);
  EXPECT_EQ(tile.states(), states_of(twin.array()));
  EXPECT_EQ(tile.hosted.tile.controller().refused(), (commands.size() + 6) / 7);
}

TEST(AnyCommand, NeitherHangsNorReportsNorTouchesWhatItShouldNot) {
  for (const auto* tile : {"trapezoidal", "straight"}) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      EXPECT_TRUE(passes_in_child([&] { expect_no_harm_of_anything(tile, seed); }))
          << tile << " seed " << seed;
    }
  }
}

}  // namespace
}  // namespace dwmtj::test
