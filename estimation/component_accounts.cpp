// SPDX-License-Identifier: Apache-2.0
#include "estimation/component_accounts.h"

#include <cmath>

namespace dwmtj {

ComponentAccounts::ComponentAccounts(Ledger& ledger, const std::string& prefix,
                                     const std::vector<ComponentParameters>& components)
    : ledger_(ledger) {
  for (const auto& circuit : components) {
    const auto component = ledger.add_component(prefix + "." + circuit.name, circuit.description,
                                                circuit.count * circuit.leakage);
    for (const auto& price : circuit.actions) {
      if (in_si(price.energy) <= 0.0 || circuit.count <= 0.0) continue;
      prices_.push_back({price.action, ledger.add_account(component, name_of(price.action)),
                         in_si(price.energy)});
    }
  }
}

void ComponentAccounts::post(const ActionTable& counts, Picoseconds start, Picoseconds duration,
                             CommandId command) {
  ledger_.on_behalf_of(command);
  for (const auto& price : prices_) {
    const double count = counts[price.action];
    if (count <= 0.0) continue;
    ledger_.post(price.account, start, duration, count * price.joules,
                 static_cast<std::uint64_t>(std::ceil(count)));
  }
}

}  // namespace dwmtj
