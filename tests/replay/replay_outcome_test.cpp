// SPDX-License-Identifier: Apache-2.0
#include "replay/replay_outcome.h"

#include <gtest/gtest.h>

#include "ledger/report.h"

namespace dwmtj {
namespace {

Ledger ledger_of(const std::string& tile, double joules) {
  Ledger ledger;
  const auto drivers = ledger.add_component(tile + ".drivers", "", 2.0 * si::watts);
  ledger.add_component(tile + ".ladder", "");
  const auto pulse = ledger.add_account(drivers, "pulse");
  ledger.on_behalf_of(ledger.add_command("program"));
  ledger.post(pulse, 10, 7, joules, 3);
  ledger.post(pulse, 20, 2, joules);
  return ledger;
}

TEST(ReplayOutcome, AddsLedgersUp) {
  Ledger whole;
  add_ledger(ledger_of("tile0", 1.0), whole);
  add_ledger(ledger_of("tile1", 10.0), whole);
  ASSERT_EQ(whole.accounts().size(), 2U);
  EXPECT_EQ(whole.components()[2].path, "tile1.drivers");
  EXPECT_EQ(whole.commands(), (std::vector<std::string>{"none", "program"}));
  const auto sum = whole.sum(AccountId(1), CommandId(1));
  EXPECT_EQ(sum.count, 4U);
  EXPECT_EQ(sum.busy, 3 * 7 + 2);
  EXPECT_EQ(sum.joules, 20.0);
  EXPECT_EQ(in_si(whole.posted()), 22.0);
}

TEST(ReplayOutcome, OfOneLedgerReportsTheSame) {
  Ledger copy;
  add_ledger(ledger_of("tile0", 0.1), copy);
  EXPECT_EQ(report_csv(copy), report_csv(ledger_of("tile0", 0.1)));
}

TEST(ReplayOutcome, LeavesListenersBehind) {
  auto part = ledger_of("tile0", 1.0);
  int heard = 0;
  part.listen([&](const Posting&) { ++heard; });
  Ledger copy;
  add_ledger(part, copy);
  copy.post(AccountId(0), 0, 0, 1.0);
  EXPECT_EQ(heard, 0);
}

TEST(ReplayOutcome, LeaksUntilTheLastCommand) {
  ReplayOutcome outcome;
  outcome.tiles.resize(2);
  outcome.tiles[0].ledger = ledger_of("tile0", 1.0);
  outcome.tiles[0].commands = {{{}, 0, 500, {}}, {{}, 500, 1000, {}}};
  outcome.tiles[1].commands = {{{}, 0, 700, {}}};
  EXPECT_EQ(outcome.end(), 1000);
  EXPECT_EQ(outcome.commands(), 3U);
  EXPECT_DOUBLE_EQ(in_si(outcome.ledger().leaked()), 2e-9);
  EXPECT_EQ(ReplayOutcome().end(), 0);
}

}  // namespace
}  // namespace dwmtj
