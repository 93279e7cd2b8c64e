// SPDX-License-Identifier: Apache-2.0
// What the VCD of a tile shows, read back by an independent reader.
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

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

Recorded record(const std::string& tile, const std::vector<TileCommand>& commands,
                const std::function<void(TileParameters&)>& change = {}) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "tile.vcd";
  Recorded recorded{std::make_unique<TileBench>(tile), {}};
  if (change) change(recorded.bench->parameters);
  WaveformWriter waveforms(file, {{"*"}, 0, std::int64_t{1} << 60U, "", now_ps});
  TileOptions options{kShape};
  options.waveforms = &waveforms;
  recorded.bench->run(commands, options);
  waveforms.close(now_ps() + 1000000);
  recorded.vcd = read_vcd(file);
  return recorded;
}

struct Point {
  double ns;
  double current;  // uA
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
    const double a = std::abs(pulse[i].current) - level;
    const double b = std::abs(pulse[i + 1].current) - level;
    if (a * b < 0.0 || (b == 0.0 && a != 0.0)) {
      if (which-- == 0) return pulse[i].ns + (pulse[i + 1].ns - pulse[i].ns) * a / (a - b);
    }
  }
  ADD_FAILURE() << "no crossing of " << level << " uA";
  return 0.0;
}

void expect_trapezoid(const std::vector<Point>& pulse, double code_step) {
  double top = 0.0;
  for (const auto& point : pulse) top = std::max(top, std::abs(point.current));
  double first_top = 0.0;
  double last_top = 0.0;
  for (const auto& point : pulse) {
    if (std::abs(point.current) < top * (1.0 - 1e-12)) continue;
    if (first_top == 0.0) first_top = point.ns;
    last_top = point.ns;
  }
  EXPECT_NEAR(first_top - pulse.front().ns, 10.0, 1e-9) << "rise";
  EXPECT_NEAR(pulse.back().ns - last_top, 10.0, 1e-9) << "fall";
  EXPECT_NEAR(crossing(pulse, top / 2.0, 1) - crossing(pulse, top / 2.0, 0), 50.0, 1e-9);
  EXPECT_NEAR(pulse.back().ns - pulse.front().ns, 60.0, 1e-9) << "foot to foot";
  const double code = top / code_step;
  EXPECT_NEAR(code, std::round(code), 1e-9) << "the amplitude is a code of the driver";
}

std::vector<std::vector<Point>> pulses_of(const Recorded& recorded, int column) {
  return pulses_of(recorded.vcd.changes("tile0.driver_" + std::to_string(column) + ".current_uA"));
}

double top_of(const std::vector<Point>& pulse) {
  double top = 0.0;
  for (const auto& point : pulse)
    top = std::abs(point.current) > std::abs(top) ? point.current : top;
  return top;
}

std::size_t expect_all_trapezoids(const Recorded& recorded) {
  std::size_t count = 0;
  for (int c = 0; c < kShape.columns; ++c) {
    for (const auto& pulse : pulses_of(recorded, c)) {
      expect_trapezoid(pulse, 1e6 * in_si(recorded.bench->parameters.driver.code_step));
      ++count;
    }
  }
  return count;
}

// Updates, resets, write-verify, reads and a product.
std::vector<TileCommand> busy_commands() {
  auto commands = random_pattern(kShape, 4, 7);
  commands.push_back({TileOp::update, 0, Side::plus, {1, -1, 1}});
  commands.push_back({TileOp::read, 1, Side::minus, {}});
  commands.push_back({TileOp::multiply, 0, Side::plus, {1, -1}});
  commands.push_back({TileOp::reset, 1, Side::plus, {}});
  const auto again = random_pattern(kShape, 4, 8);
  commands.insert(commands.end(), again.begin(), again.end());
  return commands;
}

void expect_trapezoids_of_the_paper(const std::string& tile) {
  const auto recorded = record(tile, busy_commands());
  const auto count = expect_all_trapezoids(recorded);
  std::printf("%s: %zu pulses on the waveform\n", tile.c_str(), count);
  EXPECT_GT(count, 20U);
  EXPECT_EQ(count, recorded.bench->sum("array.write").count);
}

SYSTEMC_TEST(Waveform, TrapezoidalPulsesAreTheTrapezoidOfThePaper) {
  expect_trapezoids_of_the_paper("trapezoidal");
}
SYSTEMC_TEST(Waveform, StraightPulsesAreTheTrapezoidOfThePaper) {
  expect_trapezoids_of_the_paper("straight");
}

// Codes as they were asked for, forward before reverse, and started when the controller says so.
SYSTEMC_TEST(Waveform, AmplitudesAreTheCodesThatWereAskedFor) {
  const std::vector<std::vector<int>> codes = {{1, -1, 255}, {-255, 0, 124}, {7, 8, -9}};
  std::vector<TileCommand> commands;
  for (const auto& row : codes) {
    commands.push_back({TileOp::pulse, 0, Side::plus, {row.begin(), row.end()}});
  }
  const auto recorded = record("straight", commands);
  for (std::size_t c = 0; c < 3; ++c) {
    const auto pulses = pulses_of(recorded, static_cast<int>(c));
    std::size_t next = 0;
    for (std::size_t i = 0; i < codes.size(); ++i) {
      if (codes[i][c] == 0) continue;
      ASSERT_LT(next, pulses.size());
      EXPECT_NEAR(top_of(pulses[next]), 0.1 * codes[i][c], 1e-9) << "column " << c << ", " << i;
      // Decode is one cycle; reverse pulses wait for the forward ones: 61 cycles and 5 of rest.
      const double taken = 1e-3 * static_cast<double>(recorded.bench->records()[i].started) + 1.0;
      EXPECT_NEAR(pulses[next].front().ns, taken + (codes[i][c] > 0 ? 1.0 : 67.0), 1e-9);
      ++next;
    }
    EXPECT_EQ(next, pulses.size());
  }
}

SYSTEMC_TEST(Waveform, AmplitudesShowAsymmetryAndCompliance) {
  const auto recorded = record(
      "straight",
      {{TileOp::update, 0, Side::plus, {1, -1, 0}}, {TileOp::pulse, 0, Side::plus, {50, 0, 150}}},
      [](TileParameters& p) {
        p.driver.asymmetry = 2.0;
        p.driver.compliance = from_si<Voltage>(0.2);  // allows the nominal 12.4 uA
        p.update = {50, 50};
      });
  EXPECT_NEAR(top_of(pulses_of(recorded, 0).at(0)), 10.0, 1e-9);
  EXPECT_NEAR(top_of(pulses_of(recorded, 0).at(1)), 5.0, 1e-9) << "not an update";
  EXPECT_NEAR(top_of(pulses_of(recorded, 1).at(0)), -5.0, 1e-9);
  EXPECT_NEAR(top_of(pulses_of(recorded, 2).at(0)), 12.4, 1e-9);
  EXPECT_EQ(recorded.bench->hosted->tile.driver(2).clipped(), 1U);
  EXPECT_EQ(recorded.bench->hosted->tile.driver(0).clipped(), 0U);
}

void expect_nominal_energy(const std::string& tile) {
  const std::vector<TileCommand> commands(20, {TileOp::update, 0, Side::plus, row_of(3, 1)});
  const auto recorded = record(tile, commands);
  EXPECT_EQ(expect_all_trapezoids(recorded), 60U);
  EXPECT_NEAR(recorded.bench->sum("array.write").joules / (60.0 * 0.124e-12), 1.0, 1e-9);
}

SYSTEMC_TEST(Waveform, NominalStraightPulsesCostTheEnergyOfTheTable) {
  expect_nominal_energy("straight");
}
SYSTEMC_TEST(Waveform, NominalTrapezoidalPulsesCostTheEnergyOfTheTable) {
  expect_nominal_energy("trapezoidal");
}

// Integral of the squared current between two points, which a line joins; in uA^2 ns.
double squared(const Point& a, const Point& b) {
  return (b.ns - a.ns) * (a.current * a.current + a.current * b.current + b.current * b.current) /
         3.0;
}

// What a resistor of the track would turn into heat under the currents of the waveform.
void expect_energy_of_the_currents(const std::string& tile) {
  const auto recorded = record(tile, busy_commands());
  double integral = 0.0;
  for (int c = 0; c < kShape.columns; ++c) {
    for (const auto& pulse : pulses_of(recorded, c)) {
      for (std::size_t i = 0; i + 1 < pulse.size(); ++i) {
        integral += squared(pulse[i], pulse[i + 1]);
      }
    }
  }
  const double nominal = 12.4 * 12.4 * (40.0 + (10.0 + 10.0) / 3.0);  // 0.124 pJ
  const double joules = recorded.bench->sum("array.write").joules;
  EXPECT_NEAR(0.124e-12 * integral / nominal / joules, 1.0, 1e-9);
}

SYSTEMC_TEST(Waveform, TrapezoidalCurrentsIntegrateToTheWriteEnergy) {
  expect_energy_of_the_currents("trapezoidal");
}
SYSTEMC_TEST(Waveform, StraightCurrentsIntegrateToTheWriteEnergy) {
  expect_energy_of_the_currents("straight");
}

void expect_energy_of_the_ledger(const std::string& tile) {
  const auto recorded = record(tile, busy_commands());
  double last = 0.0;
  for (const auto& [ps, text] : recorded.vcd.changes("tile0.energy_pJ")) {
    EXPECT_GE(std::stod(text), last) << "at " << ps;
    last = std::stod(text);
  }
  auto& ledger = recorded.bench->ledger;
  ledger.set_on_time(recorded.vcd.last_ps);  // the file ends later than the last command
  EXPECT_GT(in_si(ledger.leaked()), 0.0);
  EXPECT_NEAR(last / (1e12 * in_si(ledger.total())), 1.0, 1e-9);
}

TEST(Waveform, EnergyEndsAtTheTotalOfTheLedgerInEachTileOfTheCatalog) {
  for (const auto& name : tile_names()) {
    EXPECT_TRUE(test::passes_in_child([&] { expect_energy_of_the_ledger(name); })) << name;
  }
}

// What a viewer shows of a tile at rest, before any command.
SYSTEMC_TEST(Waveform, SignalsHaveTheirWidthsAndBeginAtRest) {
  const auto recorded = record("straight", {{}});
  struct Signal {
    std::string type;
    int bits = 0;
    std::string first;
  };
  const std::map<std::string, Signal> signals = {{"array.row0.col0.minus.site", {"wire", 6, "0"}},
                                                 {"array.row1.col2.plus.site", {"wire", 6, "0"}},
                                                 {"cmd.bits", {"wire", 8, "1"}},
                                                 {"cmd.data_2", {"wire", 16, "0"}},
                                                 {"cmd.op", {"wire", 3, "0"}},
                                                 {"cmd.row", {"wire", 32, "0"}},
                                                 {"comparator_0.decision", {"wire", 1, "x"}},
                                                 {"comparator_0.input_mV", {"real", 64, "0"}},
                                                 {"comparator_0.reference", {"wire", 16, "0"}},
                                                 {"controller.command", {"wire", 3, "x"}},
                                                 {"controller.state", {"wire", 4, "0"}},
                                                 {"decoder.row", {"wire", 32, "0"}},
                                                 {"decoder.side", {"wire", 1, "0"}},
                                                 {"driver_1.code", {"wire", 16, "0"}},
                                                 {"driver_1.current_uA", {"real", 64, "0"}},
                                                 {"driver_1.enable", {"wire", 1, "0"}},
                                                 {"energy_pJ", {"real", 64, "0"}},
                                                 {"field.field_mT", {"real", 64, "-4"}},
                                                 {"read.on", {"wire", 1, "0"}},
                                                 {"read.row_1", {"wire", 16, "0"}},
                                                 {"rsp.attempts_0", {"wire", 16, "0"}},
                                                 {"rsp.status", {"wire", 3, "0"}},
                                                 {"sum_references.col0.code", {"wire", 9, "0"}}};
  for (const auto& [path, expected] : signals) {
    const auto& signal = recorded.vcd.signal("tile0." + path);
    EXPECT_EQ(signal.type, expected.type) << path;
    EXPECT_EQ(signal.bits, expected.bits) << path;
    EXPECT_EQ(signal.changes.front().second, expected.first) << path;
  }
}

// Calls `check(path, row, side, column)` for each device.
template <typename Check>
void for_each_device(Check check) {
  for (int row = 0; row < kShape.rows; ++row) {
    for (const Side side : {Side::plus, Side::minus}) {
      for (int c = 0; c < kShape.columns; ++c) {
        const auto path = "tile0.array.row" + std::to_string(row) + ".col" + std::to_string(c) +
                          "." + name_of(side);
        check(path, static_cast<std::uint32_t>(row), side, c);
      }
    }
  }
}

void expect_devices_at_the_end(const std::string& tile) {
  const auto recorded = record(tile, busy_commands());
  const auto& pairs = recorded.bench->hosted->tile.pairs();
  for_each_device([&](const std::string& path, std::uint32_t row, Side side, int c) {
    const auto device = pairs.index(row, side, c);
    EXPECT_EQ(recorded.vcd.integer_at(path + ".site", recorded.vcd.last_ps),
              static_cast<std::uint64_t>(pairs.devices().site(device)));
    EXPECT_EQ(recorded.vcd.real_at(path + ".resistance_ohm", recorded.vcd.last_ps),
              in_si(pairs.devices().resistance(device)));
  });
}

SYSTEMC_TEST(Waveform, TrapezoidalDevicesEndWhereTheyAre) {
  expect_devices_at_the_end("trapezoidal");
}
SYSTEMC_TEST(Waveform, StraightDevicesEndWhereTheyAre) { expect_devices_at_the_end("straight"); }

// The longest way of a wall without a stop.
double longest_flight_ns(const DeviceModel& device) {
  double sum = 0.0;
  for (int site = 0; site + 1 < device.sites(); ++site) {
    sum += 1e9 * in_si(device.switching().flight_time(site, Direction::forward));
  }
  return sum;
}

// A wall moves while a pulse of its own column lasts, or flies on; its row and side are selected,
// its resistance moves with it, and it goes the way of the current.
void expect_walls_driven_by_pulses(const std::string& tile) {
  const auto recorded = record(tile, busy_commands());
  const auto& vcd = recorded.vcd;
  const auto& readout = recorded.bench->device.readout();
  const double flight = longest_flight_ns(recorded.bench->device);
  std::size_t moves = 0;
  for_each_device([&](const std::string& path, std::uint32_t row, Side side, int c) {
    const auto pulses = pulses_of(recorded, c);
    const auto& changes = vcd.changes(path + ".site");
    for (std::size_t i = 1; i < changes.size(); ++i) {
      const auto at = changes[i].first;
      const double ns = static_cast<double>(at) * 1e-3;
      const auto pulse = std::find_if(pulses.begin(), pulses.end(), [&](const auto& one) {
        return ns >= one.front().ns && ns <= one.back().ns + flight;
      });
      ASSERT_NE(pulse, pulses.end()) << path << " moves at " << ns << " ns";
      const auto start = static_cast<std::int64_t>(std::llround(1e3 * pulse->front().ns));
      EXPECT_EQ(vcd.integer_at("tile0.decoder.row", start), row) << path << " at " << ns;
      EXPECT_EQ(vcd.integer_at("tile0.decoder.side", start), static_cast<std::uint64_t>(side))
          << path << " at " << ns;
      const auto from = vcd.integer_at(path + ".site", at - 1);
      const auto to = vcd.integer_at(path + ".site", at);
      EXPECT_EQ(to > from, top_of(*pulse) > 0.0) << path << " at " << ns;
      const auto level = static_cast<int>(to);
      EXPECT_NEAR(vcd.real_at(path + ".resistance_ohm", at), in_si(readout.level(level)),
                  6.0 * in_si(readout.spread(level)))
          << path << " at " << ns;
      ++moves;
    }
  });
  std::printf("%s: %zu moves of walls, at most %.2f ns of flight\n", tile.c_str(), moves, flight);
  EXPECT_GT(moves, 10U);
}

SYSTEMC_TEST(Waveform, TrapezoidalWallsAreDrivenByPulses) {
  expect_walls_driven_by_pulses("trapezoidal");
}
SYSTEMC_TEST(Waveform, StraightWallsAreDrivenByPulses) {
  expect_walls_driven_by_pulses("straight");
}

// The machine of the sequences in tile/tile_sequences.h.
void expect_legal_states(const std::string& tile, const std::vector<TileCommand>& commands) {
  const auto recorded = record(tile, commands);
  const std::map<std::string, std::set<std::string>> next = {
      {"idle", {"decode"}},
      {"decode", {"select", "field", "pulse", "read", "verify", "respond"}},
      {"select", {"field", "pulse", "read", "verify", "respond"}},
      {"field", {"pulse"}},
      {"pulse", {"field", "read", "respond"}},
      {"read", {"compare", "verify", "respond"}},
      {"compare", {"read", "reference"}},
      {"reference", {"compare"}},
      {"verify", {"field", "pulse", "respond"}},
      {"respond", {"idle"}}};
  std::string state = "idle";
  std::set<std::string> seen;
  for (const auto& [ps, bits] : recorded.vcd.changes("tile0.controller.state")) {
    const std::string to = name_of(static_cast<ControllerState>(std::stoi(bits, nullptr, 2)));
    if (to == state) continue;
    EXPECT_EQ(next.at(state).count(to), 1U) << state << " -> " << to << " at " << ps;
    state = to;
    seen.insert(state);
  }
  EXPECT_EQ(state, "idle");
  EXPECT_GE(seen.size(), 8U) << "all states are there, but for the field of a straight tile";
}

SYSTEMC_TEST(Waveform, TrapezoidalControllerTakesOnlyLegalSteps) {
  expect_legal_states("trapezoidal", busy_commands());
}
SYSTEMC_TEST(Waveform, StraightControllerTakesOnlyLegalSteps) {
  expect_legal_states("straight", random_commands(5, kShape, 5, 100));
}

// A tile that is looked at does what its twin does that is not.
void expect_waveforms_to_change_nothing(const std::string& tile) {
  const TemporaryFolder folder;
  const TileBench bench(tile);
  const auto commands = random_commands(6, kShape, bench.device.sites(), 100);
  WaveformWriter waveforms(folder / "tile.vcd", {{"*"}, 0, std::int64_t{1} << 60U, "", now_ps});
  TileOptions options{kShape};
  const TileWithBooks dark("dark", bench, options, commands);
  options.waveforms = &waveforms;
  const TileWithBooks shown("shown", bench, as_twin(options), commands);
  sc_core::sc_start();
  ASSERT_TRUE(dark.hosted.host.finished() && shown.hosted.host.finished());
  for (std::size_t i = 0; i < commands.size(); ++i) {
    EXPECT_EQ(dark.records()[i].result, shown.records()[i].result) << i;
    EXPECT_EQ(dark.records()[i].started, shown.records()[i].started) << i;
    EXPECT_EQ(dark.records()[i].duration(), shown.records()[i].duration()) << i;
  }
  EXPECT_EQ(dark.states(), shown.states());
  EXPECT_EQ(dark.hosted.tile.activations(), shown.hosted.tile.activations());
  EXPECT_EQ(in_si(dark.ledger.posted()), in_si(shown.ledger.posted()));
}

SYSTEMC_TEST(Waveform, ChangesNothingOfATrapezoidalTile) {
  expect_waveforms_to_change_nothing("trapezoidal");
}
SYSTEMC_TEST(Waveform, ChangesNothingOfAStraightTile) {
  expect_waveforms_to_change_nothing("straight");
}

// When a wire rises, but for its initial value.
std::vector<std::int64_t> rises_of(const VcdFile& vcd, const std::string& name) {
  std::vector<std::int64_t> rises;
  const auto& changes = vcd.changes(name);
  for (std::size_t i = 1; i < changes.size(); ++i) {
    if (changes[i].second == "1") rises.push_back(changes[i].first);
  }
  return rises;
}

// The edges at which both wires are high, as a flip-flop sees them: from before the edge.
std::vector<std::int64_t> transfers_of(const VcdFile& vcd, const std::string& handshake) {
  std::vector<std::int64_t> transfers;
  for (const auto edge : rises_of(vcd, "tile0.clk")) {
    const auto high = [&, before = edge - 1](const char* wire) {
      return vcd.integer_at("tile0." + handshake + wire, before) == 1;
    };
    if (high("_valid") && high("_ready")) transfers.push_back(edge);
  }
  return transfers;
}

std::int16_t entry_at(const VcdFile& vcd, const std::string& name, std::size_t i, std::int64_t at) {
  return static_cast<std::int16_t>(
      static_cast<std::uint16_t>(vcd.integer_at(name + "_" + std::to_string(i), at)));
}

template <typename Number>
void expect_entries(const VcdFile& vcd, const std::string& name, std::int64_t at,
                    const std::vector<Number>& expected) {
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(static_cast<Number>(entry_at(vcd, name, i, at)), expected[i]) << name << i;
  }
}

// Every command and every response, like ones too, can be read off the pins at the clock's edges.
void expect_commands_on_the_pins(const VcdFile& vcd, const std::vector<CommandRecord>& records) {
  const auto taken = transfers_of(vcd, "cmd");
  const auto given = transfers_of(vcd, "rsp");
  ASSERT_EQ(taken.size(), records.size());
  ASSERT_EQ(given.size(), records.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto& command = records[i].command;
    const auto& result = records[i].result;
    EXPECT_EQ(vcd.integer_at("tile0.cmd.op", taken[i] - 1), static_cast<std::uint64_t>(command.op));
    EXPECT_EQ(vcd.integer_at("tile0.cmd.row", taken[i] - 1), command.row);
    EXPECT_EQ(vcd.integer_at("tile0.cmd.side", taken[i] - 1),
              static_cast<std::uint64_t>(command.side));
    EXPECT_EQ(vcd.integer_at("tile0.cmd.bits", taken[i] - 1), command.bits);
    expect_entries(vcd, "tile0.cmd.data", taken[i] - 1, command.data);
    EXPECT_EQ(vcd.integer_at("tile0.rsp.status", given[i] - 1),
              static_cast<std::uint64_t>(result.status));
    expect_entries(vcd, "tile0.rsp.data", given[i] - 1, result.data);
    expect_entries(vcd, "tile0.rsp.pulses", given[i] - 1, result.pulses);
    expect_entries(vcd, "tile0.rsp.attempts", given[i] - 1, result.attempts);
    EXPECT_EQ(given[i], records[i].completed) << i;
  }
}

std::vector<TileCommand> repeated_commands() {
  std::vector<TileCommand> commands(4, {TileOp::update, 0, Side::plus, {1, -1, 1}});
  const auto busy = busy_commands();
  commands.insert(commands.end(), busy.begin(), busy.end());
  commands.insert(commands.end(), 3, {TileOp::read, 1, Side::minus, {}});
  return commands;
}

SYSTEMC_TEST(Waveform, CommandsAreReadOffThePins) {
  const auto recorded = record("trapezoidal", repeated_commands());
  expect_commands_on_the_pins(recorded.vcd, recorded.bench->records());
}

// The tile's own clock stands still while the host is slow, and edges come when the tile needs
// them.
SYSTEMC_TEST(Waveform, ASlowHostSeesTheSame) {
  const TemporaryFolder folder;
  TileBench bench("straight");
  WaveformWriter waveforms(folder / "tile.vcd", {{"*"}, 0, std::int64_t{1} << 60U, "", now_ps});
  TileOptions options{kShape};
  options.waveforms = &waveforms;
  int call = 0;
  bench.run(repeated_commands(), options,
            [&call] { return sc_core::sc_time(40 + 700 * (++call % 7), sc_core::SC_PS); });
  waveforms.close(now_ps() + 1000000);
  const auto vcd = read_vcd(folder / "tile.vcd");
  expect_commands_on_the_pins(vcd, bench.records());
  const auto edges = rises_of(vcd, "tile0.clk");
  for (const auto edge : edges) EXPECT_EQ(edge % 1000, 0);
  EXPECT_LT(edges.back(), now_ps() + 2000) << "the clock of an idle tile stands still";
}

SYSTEMC_TEST(Waveform, AClockThatIsBoundIsShown) {
  const TemporaryFolder folder;
  TileBench bench("straight");
  WaveformWriter waveforms(folder / "tile.vcd", {{"*"}, 0, std::int64_t{1} << 60U, "", now_ps});
  TileOptions options{kShape};
  options.waveforms = &waveforms;
  sc_core::sc_clock clock("clock", to_sc_time(bench.parameters.period()), 0.5, to_sc_time(300));
  HostedTile hosted("tile0", bench.parameters, bench.device, bench.ledger, options,
                    repeated_commands());
  hosted.tile.clk(clock);
  while (!hosted.host.finished()) sc_core::sc_start(to_sc_time(100000));
  waveforms.close();
  const auto vcd = read_vcd(folder / "tile.vcd");
  expect_commands_on_the_pins(vcd, hosted.host.records());
  const auto edges = rises_of(vcd, "tile0.clk");
  for (std::size_t i = 0; i < edges.size(); ++i) {
    ASSERT_EQ(edges[i], 300 + 1000 * static_cast<std::int64_t>(i));
  }
}

// Strobes and pulses can be counted, and what they are of stands beside them.
SYSTEMC_TEST(Waveform, StrobesAndPulsesAreCountedOnTheWires) {
  const auto recorded = record("trapezoidal", repeated_commands());
  const auto& vcd = recorded.vcd;
  std::size_t strobes = 0;
  std::size_t enables = 0;
  for (int c = 0; c < kShape.columns; ++c) {
    const auto comparator = "tile0.comparator_" + std::to_string(c);
    for (const auto at : rises_of(vcd, comparator + ".strobe")) {
      EXPECT_EQ(vcd.integer_at(comparator + ".valid", at), 0U) << at;
      ++strobes;
    }
    const auto driver = "tile0.driver_" + std::to_string(c);
    const auto pulses = pulses_of(recorded, c);
    const auto rises = rises_of(vcd, driver + ".enable");
    ASSERT_EQ(rises.size(), pulses.size());
    for (std::size_t i = 0; i < rises.size(); ++i) {
      EXPECT_NEAR(pulses[i].front().ns, 1e-3 * static_cast<double>(rises[i]), 1e-9);
      const auto code = static_cast<std::int16_t>(
          static_cast<std::uint16_t>(vcd.integer_at(driver + ".code", rises[i])));
      EXPECT_NEAR(top_of(pulses[i]), 0.1 * code, 1e-9);
    }
    enables += rises.size();
  }
  EXPECT_EQ(strobes, recorded.bench->sum("comparators.decision").count);
  EXPECT_EQ(enables, recorded.bench->sum("array.write").count);
}

// A comparison with reference k of the ladder: the input is the device's current less the
// reference's.
SYSTEMC_TEST(Waveform, TheReferenceOfAComparisonIsShown) {
  const auto recorded = record("straight", {{TileOp::read, 0, Side::plus, {}}});
  const auto& vcd = recorded.vcd;
  std::set<std::uint64_t> seen;
  for (const auto at : rises_of(vcd, "tile0.comparator_0.strobe")) {
    seen.insert(vcd.integer_at("tile0.comparator_0.reference", at));
  }
  const auto references = static_cast<std::uint64_t>(recorded.bench->device.sites() - 1);
  EXPECT_GE(seen.size(), 2U) << "a read is a search";
  for (const auto reference : seen) EXPECT_LT(reference, references);
}

// Names of states on the waveform, for those who ask for texts.
SYSTEMC_TEST(Waveform, EnumerationsAsTexts) {
  const TemporaryFolder folder;
  TileBench bench("straight");
  WaveformOptions asked;
  asked.now_ps = now_ps;
  asked.text_labels = true;
  WaveformWriter waveforms(folder / "tile.vcd", asked);
  TileOptions options{kShape};
  options.waveforms = &waveforms;
  bench.run(
      {{TileOp::update, 0, Side::minus, {1, 0, 0}}, {static_cast<TileOp>(99), 0, Side::plus, {}}},
      options);
  waveforms.close();
  const auto vcd = read_vcd(folder / "tile.vcd");
  const auto texts = [&](const std::string& name) {
    std::vector<std::string> values;
    for (const auto& [at, value] : vcd.changes(name)) values.push_back(value);
    return values;
  };
  using Texts = std::vector<std::string>;
  EXPECT_EQ(texts("tile0.cmd.op"), (Texts{"update", "illegal"}));
  EXPECT_EQ(texts("tile0.rsp.status"), (Texts{"ok", "illegal op"}));
  EXPECT_EQ(texts("tile0.cmd.side"), (Texts{"minus", "plus"}));
  EXPECT_EQ(texts("tile0.controller.state").front(), "idle");
}

}  // namespace
}  // namespace dwmtj::test
