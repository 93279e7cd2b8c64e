// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger.h"

#include <stdexcept>

namespace dwmtj {
namespace {

template <typename Id>
std::size_t index(Id id) {
  return static_cast<std::size_t>(id);
}

}  // namespace

Sum& Sum::operator+=(const Sum& other) {
  count += other.count;
  joules += other.joules;
  busy += other.busy;
  return *this;
}

Ledger::Ledger() : commands_{"none"} {}

ComponentId Ledger::add_component(std::string path, std::string description, Power leakage) {
  components_.push_back({std::move(path), std::move(description), leakage});
  return ComponentId(components_.size() - 1);
}

AccountId Ledger::add_account(ComponentId component, std::string action) {
  accounts_.push_back({component, std::move(action)});
  sums_.emplace_back(commands_.size());
  return AccountId(accounts_.size() - 1);
}

CommandId Ledger::add_command(const std::string& name) {
  for (std::size_t i = 0; i < commands_.size(); ++i) {
    if (commands_[i] == name) return CommandId(i);
  }
  commands_.push_back(name);
  for (auto& row : sums_) row.resize(commands_.size());
  return CommandId(commands_.size() - 1);
}

void Ledger::post(AccountId account, Picoseconds start, Picoseconds duration, double joules,
                  std::uint64_t count) {
  if (!(joules >= 0.0 && joules <= 1e300) || start < 0 || duration < 0) {
    throw std::logic_error("a posting must be finite and not negative");
  }
  auto& sum = sums_[index(account)][index(command_)];
  sum.count += count;
  sum.joules += joules;
  sum.busy += static_cast<double>(duration) * static_cast<double>(count);
  for (const auto& listener : listeners_) listener({account, command_, start, duration, joules});
}

void Ledger::post_in_turn(AccountId account, Picoseconds start, Picoseconds duration, double joules,
                          std::uint64_t count) {
  post(account, start, duration, joules);
  sums_[index(account)][index(command_)].count += count - 1;
}

void Ledger::listen(std::function<void(const Posting&)> listener) {
  listeners_.push_back(std::move(listener));
}

void Ledger::add(AccountId account, CommandId command, const Sum& sum) {
  sums_[index(account)][index(command)] += sum;
}

Sum Ledger::sum(AccountId account, CommandId command) const {
  return sums_[index(account)][index(command)];
}

Sum Ledger::sum(AccountId account) const {
  Sum total;
  for (const auto& part : sums_[index(account)]) total += part;
  return total;
}

Energy Ledger::posted(CommandId command) const {
  double joules = 0.0;
  for (const auto& row : sums_) joules += row[index(command)].joules;
  return from_si<Energy>(joules);
}

Power Ledger::leakage() const {
  Power sum;
  for (const auto& component : components_) sum += component.leakage;
  return sum;
}

Energy Ledger::leaked(ComponentId component) const {
  return components_[index(component)].leakage * to_time(on_time_);
}

Energy Ledger::spent(ComponentId component) const {
  Energy sum_of_accounts = leaked(component);
  for (std::size_t i = 0; i < accounts_.size(); ++i) {
    if (accounts_[i].component == component) {
      sum_of_accounts += from_si<Energy>(sum(AccountId(i)).joules);
    }
  }
  return sum_of_accounts;
}

Energy Ledger::posted() const {
  double joules = 0.0;
  for (std::size_t i = 0; i < accounts_.size(); ++i) joules += sum(AccountId(i)).joules;
  return from_si<Energy>(joules);
}

Energy Ledger::leaked() const {
  Energy sum_of_components = 0.0 * si::joules;
  for (std::size_t i = 0; i < components_.size(); ++i) {
    sum_of_components += leaked(ComponentId(i));
  }
  return sum_of_components;
}

}  // namespace dwmtj
