// SPDX-License-Identifier: Apache-2.0
// What a ledger has by action, against numbers worked out by hand.
#pragma once

#include <map>
#include <string>

#include <gtest/gtest.h>

#include "ledger/ledger.h"

namespace dwmtj::test {

// Femtojoules by action, of all components.
inline std::map<std::string, double> spent(const Ledger& ledger) {
  std::map<std::string, double> result;
  for (std::size_t a = 0; a < ledger.accounts().size(); ++a) {
    const double joules = ledger.sum(static_cast<AccountId>(a)).joules;
    if (joules > 0.0) result[ledger.accounts()[a].action] += 1e15 * joules;
  }
  return result;
}

inline void expect_spent(const Ledger& ledger, const std::map<std::string, double>& by_hand) {
  const auto found = spent(ledger);
  for (const auto& [action, energy] : by_hand) {
    ASSERT_EQ(found.count(action), 1U) << action;
    EXPECT_NEAR(found.at(action), energy, 1e-9 * energy) << action;
  }
  EXPECT_EQ(found.size(), by_hand.size());
}

}  // namespace dwmtj::test
