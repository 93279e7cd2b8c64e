// SPDX-License-Identifier: Apache-2.0
// The ledger accounts of one core, and what its actions cost by the inventory of its architecture.
#pragma once

#include <string>
#include <vector>

#include "architecture/core_parameters.h"
#include "ledger/ledger.h"

namespace dwmtj {

class CoreAccounts {
 public:
  // Opens one component under `prefix` for each circuit. Keeps a reference to `ledger`.
  CoreAccounts(Ledger& ledger, const std::string& prefix, const CoreParameters& core);

  // So many of each action, spread over [start, start + duration], on behalf of `command`.
  void post(const ActionTable& counts, Picoseconds start, Picoseconds duration, CommandId command);

 private:
  struct Price {
    Action action;
    AccountId account;
    double joules;
  };
  Ledger& ledger_;
  std::vector<Price> prices_;  // those above zero
};

}  // namespace dwmtj
