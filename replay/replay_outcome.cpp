// SPDX-License-Identifier: Apache-2.0
#include "replay/replay_outcome.h"

#include <algorithm>

namespace dwmtj {

void write_record(const CommandOutcome& outcome, std::string& bytes) {
  const auto& result = outcome.result;
  append_bytes(result.status, bytes);
  append_bytes(result.data, bytes);
  append_bytes(result.pulses, bytes);
  append_bytes(result.attempts, bytes);
  append_bytes(outcome.started, bytes);
  append_bytes(outcome.completed, bytes);
  append_bytes(in_si(outcome.energy), bytes);
}

void read_record(const char*& from, CommandOutcome& outcome) {
  auto& result = outcome.result;
  take_bytes(from, result.status);
  take_bytes(from, result.data);
  take_bytes(from, result.pulses);
  take_bytes(from, result.attempts);
  take_bytes(from, outcome.started);
  take_bytes(from, outcome.completed);
  double joules = 0.0;
  take_bytes(from, joules);
  outcome.energy = from_si<Energy>(joules);
}

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

std::uint64_t ReplayOutcome::clipped_inputs() const {
  std::uint64_t count = 0;
  for (const auto& tile : tiles) count += tile.clipped_inputs;
  return count;
}

Ledger ReplayOutcome::ledger() const {
  Ledger whole;
  for (const auto& tile : tiles) add_ledger(tile.ledger, whole);
  add_ledger(shared, whole);
  whole.set_on_time(end());
  return whole;
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
      const auto command = whole.add_command(part.commands()[c]);
      whole.add(added, command, part.sum(AccountId(a), CommandId(c)));
    }
  }
}

}  // namespace dwmtj
