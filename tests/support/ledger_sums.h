// SPDX-License-Identifier: Apache-2.0
// What a ledger has spent, added up both ways: the two must agree with its totals.
#pragma once

#include "ledger/ledger.h"

namespace dwmtj::test {

// J, leakage included.
inline double by_component(const Ledger& ledger) {
  double joules = 0.0;
  for (std::size_t i = 0; i < ledger.components().size(); ++i) {
    joules += in_si(ledger.spent(ComponentId(i)));
  }
  return joules;
}

// J, without leakage, which is no command's.
inline double by_command(const Ledger& ledger) {
  double joules = 0.0;
  for (std::size_t i = 0; i < ledger.commands().size(); ++i) {
    joules += in_si(ledger.posted(CommandId(i)));
  }
  return joules;
}

}  // namespace dwmtj::test
