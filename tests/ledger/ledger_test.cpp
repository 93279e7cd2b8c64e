// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger.h"

#include <limits>

#include <gtest/gtest.h>

#include "core/random_stream.h"
#include "ledger/power_trace.h"

namespace dwmtj {
namespace {

// Random postings of several components and commands, the last component without any.
class RandomBooks : public ::testing::Test {
 protected:
  RandomBooks() : power_(ledger_, 1000) {
    for (int i = 0; i < 4; ++i) {
      const auto component = ledger_.add_component("tile0.part" + std::to_string(i), "a part",
                                                   from_si<Power>(1e-6 * i));
      for (const auto* action : {"read", "write"}) {
        accounts_.push_back(ledger_.add_account(component, action));
      }
    }
    for (std::uint32_t i = 0; i < 5000; ++i) {
      const auto words = draw(3, Stream::stimulus, 0, i).words;
      ledger_.on_behalf_of(ledger_.add_command("op" + std::to_string(words[0] % 3)));
      ledger_.post(accounts_[words[1] % 6], words[2] % 100000, words[3] % 5000,
                   1e-15 * uniform(words[0]), 1 + words[1] % 3);
    }
    ledger_.set_on_time(200000);
  }

  Ledger ledger_;
  PowerTrace power_;
  std::vector<AccountId> accounts_;
};

TEST_F(RandomBooks, ComponentsCommandsAndPowerAddUpToTheSame) {
  double by_component = 0.0;
  for (std::size_t i = 0; i < ledger_.components().size(); ++i) {
    by_component += in_si(ledger_.spent(ComponentId(i)));
  }
  double by_command = 0.0;
  for (std::size_t i = 0; i < ledger_.commands().size(); ++i) {
    by_command += in_si(ledger_.posted(CommandId(i)));
  }
  const double total = in_si(ledger_.total());
  EXPECT_NEAR(by_component / total, 1.0, 1e-12);
  EXPECT_NEAR((by_command + in_si(ledger_.leaked())) / total, 1.0, 1e-12);
  EXPECT_NEAR((in_si(power_.integral()) + in_si(ledger_.leaked())) / total, 1.0, 1e-12);
}

TEST(Ledger, ZeroWorkCostsOnlyLeakage) {
  Ledger ledger;
  const auto part = ledger.add_component("part", "leaks", from_si<Power>(2e-6));
  ledger.add_account(part, "act");
  ledger.set_on_time(1000000);  // 1 us
  EXPECT_EQ(in_si(ledger.posted()), 0.0);
  EXPECT_DOUBLE_EQ(in_si(ledger.total()), 2e-12);
}

TEST(Ledger, RefusesWhatCannotBe) {
  Ledger ledger;
  const auto account = ledger.add_account(ledger.add_component("part", ""), "act");
  for (const double joules : {-1e-15, std::numeric_limits<double>::quiet_NaN(),
                              std::numeric_limits<double>::infinity()}) {
    EXPECT_THROW(ledger.post(account, 0, 1, joules), std::logic_error) << joules;
  }
  EXPECT_THROW(ledger.post(account, 0, -1, 1e-15), std::logic_error);
  EXPECT_EQ(ledger.sum(account).count, 0U);
}

TEST(Ledger, OneCommandHasOneNumber) {
  Ledger ledger;
  EXPECT_EQ(ledger.add_command("read"), ledger.add_command("read"));
  EXPECT_NE(ledger.add_command("read"), ledger.add_command("write"));
}

}  // namespace
}  // namespace dwmtj
