// SPDX-License-Identifier: Apache-2.0
// The ledger accounts of the components of one core, or of the chip around the cores, and what
// their actions cost by the inventory of the architecture.
#pragma once

#include <string>
#include <vector>

#include "architecture/component_parameters.h"
#include "ledger/ledger.h"

namespace dwmtj {

class ComponentAccounts {
 public:
  // Opens an account of each under `prefix`. Keeps a reference to `ledger`.
  ComponentAccounts(Ledger& ledger, const std::string& prefix,
                    const std::vector<ComponentParameters>& components);

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
