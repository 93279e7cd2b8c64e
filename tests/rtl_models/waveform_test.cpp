// SPDX-License-Identifier: Apache-2.0
// What the VCD of a tile shows, read back by an independent reader.
#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/systemc_child.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tile_bench.h"
#include "tests/support/vcd_reader.h"

namespace dwmtj::test {
namespace {

constexpr ArrayShape kShape{2, 3};

struct Recorded {
  std::unique_ptr<TileBench> bench;
  VcdFile vcd;
};

Recorded record(const std::string& tile, const std::vector<TileCommand>& commands) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "tile.vcd";
  Recorded recorded{std::make_unique<TileBench>(tile), {}};
  VcdWriter waveforms(file, {{"*"}, 0, std::int64_t{1} << 60U, "", now_ps});
  TileOptions options{kShape};
  options.waveforms = &waveforms;
  recorded.bench->run(commands, options);
  waveforms.close(now_ps() + 1000000);
  recorded.vcd = read_vcd(file);
  return recorded;
}

struct Point {
  double ns;
  double uA;
};

// The pulses of a driver: runs of points from zero to zero.
std::vector<std::vector<Point>> pulses_of(const VcdChanges& changes) {
  std::vector<std::vector<Point>> pulses;
  double last = 0.0;
  double last_ns = 0.0;
  for (const auto& [ps, text] : changes) {
    const double value = std::stod(text);
    const double ns = static_cast<double>(ps) * 1e-3;
    // The foot itself is no change; the first point stands a picosecond behind it.
    if (last == 0.0 && value != 0.0) pulses.push_back({{ns - 0.001, 0.0}});
    if (!pulses.empty() && (value != 0.0 || last != 0.0)) pulses.back().push_back({ns, value});
    last = value;
    last_ns = ns;
  }
  EXPECT_EQ(last, 0.0) << "a pulse is cut off at " << last_ns << " ns";
  return pulses;
}

// Where the linear interpolation of the points crosses `level`, the `which`-th time.
double crossing(const std::vector<Point>& pulse, double level, int which) {
  for (std::size_t i = 0; i + 1 < pulse.size(); ++i) {
    const double a = std::abs(pulse[i].uA) - level;
    const double b = std::abs(pulse[i + 1].uA) - level;
    if (a * b < 0.0 || (b == 0.0 && a != 0.0)) {
      if (which-- == 0) return pulse[i].ns + (pulse[i + 1].ns - pulse[i].ns) * a / (a - b);
    }
  }
  ADD_FAILURE() << "no crossing of " << level << " uA";
  return 0.0;
}

void expect_trapezoid(const std::vector<Point>& pulse, double code_step_uA) {
  double top = 0.0;
  for (const auto& point : pulse) top = std::max(top, std::abs(point.uA));
  double first_top = 0.0;
  double last_top = 0.0;
  for (const auto& point : pulse) {
    if (std::abs(point.uA) < top * (1.0 - 1e-12)) continue;
    if (first_top == 0.0) first_top = point.ns;
    last_top = point.ns;
  }
  EXPECT_NEAR(first_top - pulse.front().ns, 10.0, 1e-9) << "rise";
  EXPECT_NEAR(pulse.back().ns - last_top, 10.0, 1e-9) << "fall";
  EXPECT_NEAR(crossing(pulse, top / 2.0, 1) - crossing(pulse, top / 2.0, 0), 50.0, 1e-9);
  EXPECT_NEAR(pulse.back().ns - pulse.front().ns, 60.0, 1e-9) << "foot to foot";
  const double code = top / code_step_uA;
  EXPECT_NEAR(code, std::round(code), 1e-9) << "the amplitude is a code of the driver";
}

std::size_t expect_all_trapezoids(const Recorded& recorded) {
  std::size_t count = 0;
  for (int c = 0; c < kShape.columns; ++c) {
    const auto name = "tile0.driver_" + std::to_string(c) + ".current_uA";
    for (const auto& pulse : pulses_of(recorded.vcd.changes(name))) {
      expect_trapezoid(pulse, 1e6 * in_si(recorded.bench->parameters.driver.code_step));
      ++count;
    }
  }
  return count;
}

std::vector<TileCommand> busy_commands() {
  auto commands = random_pattern(kShape, 4, 7);
  commands.push_back({TileOp::update, 0, Side::plus, {1, -1, 1}});
  commands.push_back({TileOp::read, 1, Side::minus, {}});
  commands.push_back({TileOp::multiply, 0, Side::plus, {1, -1}});
  commands.push_back({TileOp::reset, 1, Side::plus, {}});
  return commands;
}

SYSTEMC_TEST(Waveform, EveryPulseIsTheTrapezoidOfThePaper) {
  const auto recorded = record("trapezoidal", busy_commands());
  const auto count = expect_all_trapezoids(recorded);
  EXPECT_GT(count, 20U);
  EXPECT_EQ(count, recorded.bench->sum("array.write").count);
}

SYSTEMC_TEST(Waveform, NominalPulsesCostTheEnergyOfTheTable) {
  const std::vector<TileCommand> commands(20, {TileOp::update, 0, Side::plus, row_of(3, 1)});
  const auto recorded = record("straight", commands);
  EXPECT_EQ(expect_all_trapezoids(recorded), 60U);
  EXPECT_NEAR(recorded.bench->sum("array.write").joules / (60.0 * 0.124e-12), 1.0, 1e-9);
}

SYSTEMC_TEST(Waveform, EnergyEndsAtTheTotalOfTheLedger) {
  const auto recorded = record("straight", busy_commands());
  const double shown = std::stod(recorded.vcd.changes("tile0.energy_pJ").back().second);
  EXPECT_NEAR(shown / (1e12 * in_si(recorded.bench->ledger.posted())), 1.0, 1e-9);
}

SYSTEMC_TEST(Waveform, SitesAndResistancesEndWhereTheDevicesAre) {
  const auto recorded = record("trapezoidal", busy_commands());
  const auto& pairs = recorded.bench->hosted->tile.pairs();
  for (std::uint32_t row = 0; row < 2; ++row) {
    for (const Side side : {Side::plus, Side::minus}) {
      for (int c = 0; c < kShape.columns; ++c) {
        const auto path = "tile0.array.row" + std::to_string(row) + ".col" + std::to_string(c) +
                          "." + name_of(side);
        const auto device = pairs.index(row, side, c);
        EXPECT_EQ(recorded.vcd.integer_at(path + ".site", recorded.vcd.last_ps),
                  static_cast<std::uint64_t>(pairs.devices().site(device)));
        EXPECT_EQ(recorded.vcd.real_at(path + ".resistance_ohm", recorded.vcd.last_ps),
                  in_si(pairs.devices().resistance(device)));
      }
    }
  }
}

SYSTEMC_TEST(Waveform, WallsMoveOnlyWhilePulsesLastOrFly) {
  const auto recorded = record("trapezoidal", busy_commands());
  const auto pulses = pulses_of(recorded.vcd.changes("tile0.driver_0.current_uA"));
  std::size_t moves = 0;
  for (const auto* path : {"tile0.array.row0.col0.plus.site", "tile0.array.row1.col0.minus.site"}) {
    const auto& changes = recorded.vcd.changes(path);
    for (std::size_t i = 1; i < changes.size(); ++i) {
      const double ns = static_cast<double>(changes[i].first) * 1e-3;
      const bool within = std::any_of(pulses.begin(), pulses.end(), [&](const auto& pulse) {
        return ns >= pulse.front().ns && ns <= pulse.back().ns + 5.0;
      });
      EXPECT_TRUE(within) << path << " moves at " << ns << " ns";
      ++moves;
    }
  }
  EXPECT_GT(moves, 0U);
}

SYSTEMC_TEST(Waveform, ControllerTakesOnlyLegalSteps) {
  const auto recorded = record("trapezoidal", busy_commands());
  const std::map<std::string, std::string> next = {
      {"idle", "decode"},
      {"decode", "select field pulse read verify respond"},
      {"select", "field pulse read verify respond"},
      {"field", "pulse"},
      {"pulse", "field read pulse respond"},
      {"read", "compare verify read respond"},
      {"compare", "read"},
      {"verify", "field pulse respond"},
      {"respond", "idle decode"}};
  std::string state = "idle";
  for (const auto& [ps, to] : recorded.vcd.changes("tile0.controller.state")) {
    if (to.empty() || to == state) continue;
    ASSERT_TRUE(next.count(state)) << state;
    EXPECT_NE(next.at(state).find(to), std::string::npos) << state << " -> " << to << " at " << ps;
    state = to;
  }
  EXPECT_EQ(state, "idle");
}

}  // namespace
}  // namespace dwmtj::test
