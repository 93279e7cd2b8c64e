// SPDX-License-Identifier: Apache-2.0
#include "replay/replay_outcome.h"

#include <algorithm>

namespace dwmtj {
namespace {

// Duration and count of a sum are those of no single posting: it takes two to tell both.
void post(Ledger& ledger, AccountId account, const Sum& sum) {
  if (sum.count == 0) return;
  ledger.post(account, 0, sum.busy, sum.joules);
  ledger.post(account, 0, 0, 0.0, sum.count - 1);
}

}  // namespace

Picoseconds ReplayOutcome::end() const {
  Picoseconds last = 0;
  for (const auto& tile : tiles) {
    if (!tile.commands.empty()) last = std::max(last, tile.commands.back().completed);
  }
  return last;
}

std::size_t ReplayOutcome::commands() const {
  std::size_t count = 0;
  for (const auto& tile : tiles) count += tile.commands.size();
  return count;
}

Ledger ReplayOutcome::ledger() const {
  Ledger whole;
  for (const auto& tile : tiles) add_ledger(tile.ledger, whole);
  add_ledger(shared, whole);
  whole.set_on_time(end());
  return whole;
}

std::vector<DeviceState> states_of(const PairArray& pairs) {
  std::vector<DeviceState> states;
  states.reserve(pairs.devices().size());
  for (std::size_t i = 0; i < pairs.devices().size(); ++i) {
    states.push_back(pairs.devices().state(i));
  }
  return states;
}

void add_ledger(const Ledger& part, Ledger& whole) {
  const auto first = whole.components().size();
  for (const auto& component : part.components()) {
    whole.add_component(component.path, component.description, component.leakage);
  }
  for (std::size_t a = 0; a < part.accounts().size(); ++a) {
    const auto& account = part.accounts()[a];
    const auto added = whole.add_account(
        ComponentId(first + static_cast<std::size_t>(account.component)), account.action);
    for (std::size_t c = 0; c < part.commands().size(); ++c) {
      whole.on_behalf_of(whole.add_command(part.commands()[c]));
      post(whole, added, part.sum(AccountId(a), CommandId(c)));
    }
  }
}

}  // namespace dwmtj
