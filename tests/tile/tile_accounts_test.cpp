// SPDX-License-Identifier: Apache-2.0
#include "tile/tile_accounts.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"
#include "tile/unpowered.h"

namespace dwmtj {
namespace {

// Four columns of the trapezoidal tile: 12.4 uA is code 124, 0.124 pJ in the track and 60 ns long.
struct Books {
  Books()
      : tile(TileParameters::load(find_tile("trapezoidal"))),
        accounts(ledger, "tile0", tile, test::catalog_model(test::kTrapezoid), 4) {}

  [[nodiscard]] AccountId account(const std::string& name) const {
    for (std::size_t i = 0; i < ledger.accounts().size(); ++i) {
      const auto& opened = ledger.accounts()[i];
      const auto& part = ledger.components()[static_cast<std::size_t>(opened.component)];
      if (part.path + "." + opened.action == name) return AccountId(i);
    }
    throw std::out_of_range(name);
  }
  [[nodiscard]] Sum sum(const std::string& name) const { return ledger.sum(account(name)); }

  Ledger ledger;
  TileParameters tile;
  TileAccounts accounts;
};

void expect_sum(const Sum& sum, std::uint64_t count, double joules, double busy) {
  EXPECT_EQ(sum.count, count);
  EXPECT_NEAR(sum.joules, joules, 1e-9 * joules);
  EXPECT_EQ(sum.busy, busy);
}

TEST(TileAccounts, PulseIsPricedInTrackAndHeadroom) {
  Books books;
  books.accounts.pulse(0, 124);
  expect_sum(books.sum("tile0.array.write"), 1, 0.124e-12, 60000);
  // 0.8 V x 12.4 uA x 50 ns = 0.496 pJ are drawn.
  expect_sum(books.sum("tile0.drivers.headroom"), 1, 0.372e-12, 60000);
}

TEST(TileAccounts, HalfACurrentIsAQuarterInTheTrack) {
  Books books;
  books.accounts.pulse(0, -62);
  expect_sum(books.sum("tile0.array.write"), 1, 0.031e-12, 60000);
  expect_sum(books.sum("tile0.drivers.headroom"), 1, 0.217e-12, 60000);
}

TEST(TileAccounts, PulsesTogetherCostWhatTheyCostOneByOne) {
  Books together;
  Books single;
  const std::vector<std::vector<int>> rounds = {
      {124, 0, -255, 17}, {0, 0, 0, 0}, {255, 1, -1, 124}, {0, -159, 0, 0}};
  for (const auto& codes : rounds) {
    together.accounts.pulses(1000, codes);
    for (const auto code : codes) {
      if (code != 0) single.accounts.pulse(1000, code);
    }
  }
  for (const char* name : {"tile0.array.write", "tile0.drivers.headroom"}) {
    const auto expected = single.sum(name);
    expect_sum(together.sum(name), expected.count, expected.joules, expected.busy);
  }
}

// 1.6 uA from 0.8 V for the 60 ns of a pulse, whatever its current; columns that rest have none.
TEST(TileAccounts, BiasFlowsWhileAColumnPulses) {
  Ledger ledger;
  auto tile = TileParameters::load(find_tile("trapezoidal"));
  tile.driver.bias = from_si<Current>(1.6e-6);
  TileAccounts accounts(ledger, "tile0", tile, test::catalog_model(test::kTrapezoid), 4);
  accounts.pulse(0, 1);
  accounts.pulses(100000, {255, 0, -3, 0});
  double joules = 0.0;
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < ledger.accounts().size(); ++i) {
    if (ledger.accounts()[i].action != "bias") continue;
    joules += ledger.sum(AccountId(i)).joules;
    count += ledger.sum(AccountId(i)).count;
  }
  EXPECT_EQ(count, 3U);
  EXPECT_NEAR(joules, 3 * 1.6e-6 * 0.8 * 60e-9, 1e-24);
}

// A step of drivers that are off is priced as the current that flows.
TEST(TileAccounts, StepsArePricedByTheirCurrents) {
  Ledger ledger;
  auto tile = TileParameters::load(find_tile("trapezoidal"));
  tile.driver.mismatch.gain = 0.01;
  TileAccounts accounts(ledger, "tile0", tile, test::catalog_model(test::kTrapezoid), 4);
  accounts.pulse(0, 16 * 124 + 20);
  const double current = 12.4e-6 + 0.1e-6 * 20 / 16;
  EXPECT_NEAR(in_si(ledger.posted()), 0.8 * current * 50e-9, 1e-20);
}

TEST(TileAccounts, ReadCostsVoltageSquaredTimesConductanceTimesTime) {
  Books books;  // 20 mV
  books.accounts.read(0, 7000, from_si<Conductance>(0.01), from_si<Conductance>(0.02), 4);
  expect_sum(books.sum("tile0.array.read"), 4, 0.0004 * 0.01 * 7e-9, 28000);
  expect_sum(books.sum("tile0.ladder.read"), 4, 0.0004 * 0.02 * 7e-9, 28000);
}

TEST(TileAccounts, ReadWithoutReferencesLeavesTheLadderAlone) {
  Books books;
  books.accounts.read(0, 7000, from_si<Conductance>(0.01), from_si<Conductance>(0.0));
  expect_sum(books.sum("tile0.array.read"), 1, 2.8e-14, 7000);
  EXPECT_EQ(books.sum("tile0.ladder.read").count, 0U);
}

TEST(TileAccounts, DecisionsSelectsAndCyclesHaveFixedPrices) {
  Books books;
  books.accounts.decisions(0, 3);
  books.accounts.select(0);
  books.accounts.cycles(0, 5);
  expect_sum(books.sum("tile0.comparators.decision"), 3, 30e-15, 600);
  expect_sum(books.sum("tile0.select.toggle"), 1, 50e-15, 0);
  expect_sum(books.sum("tile0.controller.cycle"), 5, 500e-15, 5000);
}

TEST(TileAccounts, LeakageIsOfEveryColumnAndOneController) {
  Books books;
  books.ledger.set_on_time(1000000);  // 1 us
  EXPECT_NEAR(in_si(books.ledger.leaked()), (4 * 10e-9 + 4 * 5e-9 + 1e-6) * 1e-6, 1e-24);
}

// Of every tile of the catalog, and of a coil, whose field is held.
TEST(TileAccounts, NothingLeaksWithoutPower) {
  const auto expect_none = [](const TileParameters& tile, const std::string& name) {
    const DeviceModel device(tile.load_device());
    Ledger ledger;
    const TileAccounts powered(ledger, "on", tile, device, 8);
    const TileAccounts accounts(ledger, "off", unpowered(tile), device, 8);
    EXPECT_GT(in_si(powered.leakage()), 0.0) << name;
    EXPECT_EQ(in_si(accounts.leakage()), 0.0) << name;
  };
  for (const auto& name : tile_names()) expect_none(TileParameters::load(find_tile(name)), name);
  const ParameterOverrides coil({"field.source=external-coil", "timing.field_settle=1 ms"});
  expect_none(TileParameters::load(find_tile("straight-65nm"), coil), "coil");
}

TEST(TileAccounts, CommandEnergyIsWhatWasPostedSinceItBegan) {
  Books books;
  books.accounts.begin_command(TileOp::reset);
  EXPECT_EQ(in_si(books.accounts.command_energy()), 0.0);
  books.accounts.pulse(0, -159);
  books.accounts.select(0);
  const double reset = in_si(books.accounts.command_energy());
  books.accounts.begin_command(TileOp::read);
  books.accounts.decisions(0);
  EXPECT_NEAR(in_si(books.accounts.command_energy()), 10e-15, 1e-24);
  const auto command = [&](TileOp op) { return books.ledger.add_command(name_of(op)); };
  EXPECT_NEAR(in_si(books.ledger.posted(command(TileOp::reset))), reset, 1e-24);
  EXPECT_NEAR(in_si(books.ledger.posted(command(TileOp::read))), 10e-15, 1e-24);
  EXPECT_NEAR(in_si(books.ledger.posted()), reset + 10e-15, 1e-24);
}

TEST(TileAccounts, OwnsItsOwnAccountsAlone) {
  Books books;
  const auto foreign = books.ledger.add_account(books.ledger.add_component("host", ""), "wait");
  const TileAccounts other(books.ledger, "tile1", books.tile, test::catalog_model(test::kTrapezoid),
                           4);
  EXPECT_FALSE(books.accounts.owns(foreign));
  EXPECT_FALSE(other.owns(foreign));
  for (const char* name : {"array.write", "array.read", "drivers.headroom", "comparators.decision",
                           "ladder.read", "select.toggle", "controller.cycle"}) {
    EXPECT_TRUE(books.accounts.owns(books.account(std::string("tile0.") + name))) << name;
    EXPECT_FALSE(books.accounts.owns(books.account(std::string("tile1.") + name))) << name;
    EXPECT_TRUE(other.owns(books.account(std::string("tile1.") + name))) << name;
  }
}

// Of 64 columns: the first cycle of a state is clocked, in the others the controller waits.
TEST(TileAccounts, AControllerIsGatedWhileItWaits) {
  Ledger ledger;
  auto tile = TileParameters::load(find_tile("trapezoidal"));
  tile.overhead.cycle = from_si<Energy>(1e-12);
  tile.overhead.column_cycle = from_si<Energy>(0.5e-12);
  tile.overhead.wait_cycle = from_si<Energy>(0.01e-12);
  TileAccounts accounts(ledger, "tile0", tile, test::catalog_model(test::kTrapezoid), 64);
  accounts.cycles(0, 61);
  EXPECT_NEAR(in_si(ledger.posted()), 33e-12 + 60 * 0.01e-12, 1e-18);
}

TEST(TileAccounts, AutoZerosAndFieldsOfABuildableTile) {
  Ledger ledger;
  const auto tile = TileParameters::load(find_tile("trapezoidal-65nm"));
  const DeviceModel device(tile.load_device());
  TileAccounts accounts(ledger, "tile0", tile, device, 8);
  accounts.auto_zeros(0, 8);
  EXPECT_NEAR(in_si(ledger.posted()), 8 * 200e-15, 1e-18);
  accounts.field_pulse(0, 85000, Direction::reverse);
  const double line = 2.0 * 0.042 / 1.25663706212e-6;
  const double area = 8 * 1.57e-6 * 1e-6;
  EXPECT_NEAR(in_si(ledger.posted()), 8 * 200e-15 + line * line * 0.02 * area * 85e-9, 1e-15);
}

}  // namespace
}  // namespace dwmtj
