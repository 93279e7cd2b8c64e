// SPDX-License-Identifier: Apache-2.0
#include "arrays/state_file.h"

#include <random>

#include <gtest/gtest.h>

#include "arrays/bulk_tile.h"
#include "tests/support/catalog_model.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

const char* const kText =
    "dwmtj-states: 1\n"
    "device: trapezoidal\n"
    "levels: 100+-0.3 93.3000152+-1.1 76.0999075+-0.4 67.1+-0.3 ohm\n"
    "seed: 7\n"
    "tiles: 2\n"
    "rows: 1\n"
    "columns: 2\n"
    "decisions of tile0: 5 0\n"
    "row 0 plus: 0/1/0 2/9/4\n"
    "row 0 minus: 3/4294967295/4294967294 1/2/1\n"
    "decisions of tile1: 0 4294967295\n"
    "row 0 plus: 0/1/0 0/1/0\n"
    "row 0 minus: 0/1/0 0/1/0\n";

const StateOwner& owner() {
  static const StateOwner kOwner{test::catalog_model(test::kTrapezoid), {1, 2}, 7, 2};
  return kOwner;
}

std::string text_of(const StateOwner& whose, const std::vector<TileState>& states) {
  static const TemporaryFolder kFolder;
  OutputFile file(kFolder / "states");
  write_states(whose, states, file);
  file.commit();
  return read_text(kFolder / "states");
}

std::vector<TileState> states_in(const std::string& text) {
  static const TemporaryFolder kFolder;
  return read_states(kFolder.write("states", text), owner());
}

std::string refusal_of(const std::string& text) {
  return refusal_in("states", [&] { return states_in(text); });
}

std::string with(const std::string& what, const std::string& instead) {
  return changed(kText, what, instead);
}

TEST(StateFile, IsWrittenAsItIsRead) {
  const auto states = states_in(kText);
  ASSERT_EQ(states.size(), 2U);
  EXPECT_EQ(states[0].decisions, (std::vector<std::uint32_t>{5, 0}));
  EXPECT_EQ(states[0].devices[1], (DeviceState{2, 9, 4}));
  EXPECT_EQ(states[0].devices[2], (DeviceState{3, 4294967295U, 4294967294U}));
  EXPECT_EQ(text_of(owner(), states), kText);
}

TEST(StateFile, LetsATileGoOnWhereAnotherEnded) {
  const auto parameters = TileParameters::load(find_tile("straight-16-varied"));
  const DeviceModel device(parameters.load_device());
  const StateOwner mine{device, {3, 20}, 11, 1};
  BulkTileOptions options;
  options.shape = mine.shape;
  options.seed = mine.seed;
  std::vector<TileCommand> commands;
  for (std::uint32_t i = 0; i < 12; ++i) {
    const std::vector<std::int16_t> levels(20, static_cast<std::int16_t>(i));
    commands.push_back({TileOp::program, i % 3, i % 2 == 0 ? Side::plus : Side::minus, levels});
  }
  Ledger ledger;
  BulkTile whole("whole", parameters, device, ledger, options);
  BulkTile first("first", parameters, device, ledger, options);
  for (std::size_t i = 0; i < commands.size(); ++i) {
    whole.carry_out(commands[i], whole.now());
    if (i < 6) first.carry_out(commands[i], first.now());
  }
  const TemporaryFolder folder;
  const auto file = folder.write("states", text_of(mine, {first.state()}));
  const auto states = read_states(file, mine);
  options.initial = &states.front();
  BulkTile second("second", parameters, device, ledger, options);
  for (std::size_t i = 6; i < commands.size(); ++i) second.carry_out(commands[i], second.now());
  EXPECT_EQ(second.state().devices, whole.state().devices);
  EXPECT_EQ(second.state().decisions, whole.state().decisions);
  for (std::size_t i = 0; i < 120; ++i) {
    EXPECT_EQ(in_si(second.array().conductance(i)), in_si(whole.array().conductance(i)));
  }
}

TEST(StateFile, OfAnotherOwnerIsRefused) {
  EXPECT_EQ(refusal_of(with("dwmtj-states: 1", "dwmtj-states: 2")),
            "1: dwmtj-states: 2; this run has 1");
  EXPECT_EQ(refusal_of(with("device: trapezoidal", "device: straight")),
            "2: device: straight; this run has trapezoidal");
  EXPECT_EQ(refusal_of(with("100+-0.3", "100+-0.4")),
            "3: levels: 100+-0.4 93.3000152+-1.1 76.0999075+-0.4 67.1+-0.3 ohm; this run has "
            "100+-0.3 93.3000152+-1.1 76.0999075+-0.4 67.1+-0.3 ohm");
  EXPECT_EQ(refusal_of(with("seed: 7", "seed: 8")), "4: seed: 8; this run has 7");
  EXPECT_EQ(refusal_of(with("tiles: 2", "tiles: 3")), "5: tiles: 3; this run has 2");
  EXPECT_EQ(refusal_of(with("rows: 1", "rows: 10")), "6: rows: 10; this run has 1");
  EXPECT_EQ(refusal_of(with("columns: 2", "columns: 1")), "7: columns: 1; this run has 2");
}

TEST(StateFile, ThatIsDamagedIsRefused) {
  const std::string text = kText;
  EXPECT_EQ(refusal_of(""), "1: expected 'dwmtj-states:'");
  EXPECT_EQ(refusal_of("@x:1 reset\n"), "1: expected 'dwmtj-states:'");
  EXPECT_EQ(refusal_of(text.substr(0, text.size() - 30)),
            "12: expected site/draws/arrival of each device");
  EXPECT_EQ(refusal_of(text + "\n"), "14: expected the end of the file");
  EXPECT_EQ(refusal_of(with("row 0 minus", "row 1 minus")), "10: expected 'row 0 minus:'");
  EXPECT_EQ(refusal_of(with("5 0", "5 0 1")), "8: expected the end of the line after 2 columns");
  EXPECT_EQ(refusal_of(with("5 0", "-5 0")), "8: expected a count of decisions");
  EXPECT_EQ(refusal_of(with("5 0", "5000000000 0")), "8: expected a count of decisions");
  EXPECT_EQ(refusal_of(with("2/9/4", "4/9/4")), "9: site 4; expected 0 to 3");
  EXPECT_EQ(refusal_of(with("2/9/4", "2/9")), "9: expected site/draws/arrival of each device");
  EXPECT_EQ(refusal_of(with("2/9/4", "2/9/9")), "9: arrival 9 of 9 draws; expected one of them");
}

TEST(StateFile, StandsAnyMutation) {
  std::mt19937 random(1);
  const std::string text = kText;
  for (int round = 0; round < 300; ++round) {
    std::string mutated = text;
    mutated[random() % text.size()] = static_cast<char>(random());
    mutated.erase(random() % mutated.size(), random() % 3);
    const auto refusal = input_error_of([&] {
      for (const auto& state : states_in(mutated)) {
        EXPECT_EQ(state.devices.size(), 4U);
        EXPECT_EQ(state.decisions.size(), 2U);
        for (const auto& device : state.devices) EXPECT_LT(device.site, 4);
      }
      return 0;
    });
    EXPECT_TRUE(refusal == "accepted" || refusal.find("/states:") != std::string::npos) << refusal;
  }
}

TEST(StateFile, CannotMoveAStuckDevice) {
  auto parameters = TileParameters::load(find_tile(test::kTrapezoid));
  parameters.stuck.rate = 1.0;
  parameters.stuck.level = 2;
  const auto states = states_in(kText);
  Ledger ledger;
  BulkTileOptions options;
  options.shape = owner().shape;
  options.initial = &states.front();
  EXPECT_EQ(input_error_of([&] {
              return BulkTile("tile", parameters, owner().device, ledger, options).now();
            }),
            "device 0 is stuck at level 2; its state has level 0");
}

}  // namespace
}  // namespace dwmtj
