// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger.h"

#include <limits>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "ledger/power_trace.h"
#include "tests/ledger/random_postings.h"

namespace dwmtj {
namespace {

// One account of one component.
class LedgerPostings : public ::testing::Test {
 protected:
  Ledger ledger_;
  AccountId account_ = ledger_.add_account(ledger_.add_component("array", ""), "write");
};

TEST_F(LedgerPostings, SeveralActionsAtOnceAreBusySideBySide) {
  ledger_.post(account_, 1000, 60000, 8e-12, 64);
  EXPECT_EQ(ledger_.sum(account_).count, 64U);
  EXPECT_DOUBLE_EQ(ledger_.sum(account_).joules, 8e-12);
  EXPECT_EQ(ledger_.sum(account_).busy, 3840000);
}

TEST_F(LedgerPostings, AreOnBehalfOfTheCommandThatRuns) {
  ledger_.post(account_, 0, 1, 1.0);
  const auto read = ledger_.add_command("read");
  ledger_.on_behalf_of(read);
  ledger_.post(account_, 0, 1, 2.0);
  EXPECT_EQ(ledger_.commands(), (std::vector<std::string>{"none", "read"}));
  EXPECT_EQ(in_si(ledger_.posted(CommandId{0})), 1.0);
  EXPECT_EQ(in_si(ledger_.posted(read)), 2.0);
  EXPECT_EQ(ledger_.sum(account_, read).count, 1U);
}

TEST_F(LedgerPostings, MayBeOfNothing) {
  ledger_.post(account_, 0, 0, 0.0);
  EXPECT_EQ(ledger_.sum(account_).count, 1U);
  EXPECT_EQ(in_si(ledger_.total()), 0.0);
}

TEST_F(LedgerPostings, ThatCannotBeReachNoListener) {
  int heard = 0;
  ledger_.listen([&](const Posting&) { ++heard; });
  using Limits = std::numeric_limits<double>;
  for (const double joules :
       {-1e-15, Limits::quiet_NaN(), Limits::infinity(), -Limits::infinity()}) {
    EXPECT_THROW(ledger_.post(account_, 0, 1, joules), std::logic_error) << joules;
  }
  EXPECT_THROW(ledger_.post(account_, 0, -1, 1.0), std::logic_error);
  EXPECT_THROW(ledger_.post(account_, -1, 1, 1.0), std::logic_error);
  EXPECT_EQ(heard, 0);
  EXPECT_EQ(ledger_.sum(account_).count, 0U);
  EXPECT_EQ(in_si(ledger_.total()), 0.0);
}

TEST_F(LedgerPostings, AreHeardByEveryListenerAsMade) {
  const auto program = ledger_.add_command("program");
  ledger_.on_behalf_of(program);
  std::vector<Posting> heard;
  int also = 0;
  ledger_.listen([&](const Posting& posting) { heard.push_back(posting); });
  ledger_.listen([&](const Posting&) { ++also; });
  ledger_.post(account_, 5, 60, 1e-13, 3);
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].account, account_);
  EXPECT_EQ(heard[0].command, program);
  EXPECT_EQ(heard[0].start, 5);
  EXPECT_EQ(heard[0].duration, 60);
  EXPECT_EQ(heard[0].joules, 1e-13);
  EXPECT_EQ(also, 1);
}

TEST(Ledger, ZeroWorkCostsOnlyLeakage) {
  Ledger ledger;
  const auto part = ledger.add_component("part", "leaks", from_si<Power>(2e-6));
  ledger.add_account(part, "act");
  ledger.set_on_time(1000000);  // 1 us
  EXPECT_EQ(in_si(ledger.posted()), 0.0);
  EXPECT_DOUBLE_EQ(in_si(ledger.total()), 2e-12);
}

TEST(Ledger, OneCommandHasOneNumber) {
  Ledger ledger;
  EXPECT_EQ(ledger.add_command("read"), ledger.add_command("read"));
  EXPECT_NE(ledger.add_command("read"), ledger.add_command("write"));
}

TEST(LedgerSums, AreTheSameWhateverWasPosted) {
  for (std::uint32_t seed = 1; seed <= 100; ++seed) {
    Ledger ledger;
    const PowerTrace trace(ledger, 1 + 37 * static_cast<Picoseconds>(seed));
    const auto posted = test::post_at_random(ledger, seed, 200);
    double by_component = 0.0;
    double by_command = 0.0;
    Sum by_account;
    for (std::size_t i = 0; i < ledger.components().size(); ++i) {
      by_component += in_si(ledger.spent(ComponentId(i)));
    }
    for (std::size_t i = 0; i < ledger.commands().size(); ++i) {
      by_command += in_si(ledger.posted(CommandId(i)));
    }
    for (std::size_t i = 0; i < ledger.accounts().size(); ++i) {
      by_account.count += ledger.sum(AccountId(i)).count;
      by_account.busy += ledger.sum(AccountId(i)).busy;
    }
    const double slack = 1e-12 * (posted.joules + posted.leaked);
    EXPECT_NEAR(in_si(ledger.total()), posted.joules + posted.leaked, slack) << seed;
    EXPECT_NEAR(by_component, posted.joules + posted.leaked, slack) << seed;
    EXPECT_NEAR(by_command, posted.joules, slack) << seed;
    EXPECT_NEAR(in_si(trace.integral()), posted.joules, slack) << seed;
    EXPECT_NEAR(in_si(ledger.leaked()), posted.leaked, slack) << seed;
    EXPECT_EQ(by_account.count, posted.count) << seed;
    EXPECT_EQ(by_account.busy, posted.busy) << seed;
  }
}

}  // namespace
}  // namespace dwmtj
