// SPDX-License-Identifier: Apache-2.0
// What each operation cost. Energy is posted once, where it is spent; every total is a sum of
// postings. Components also leak for as long as they are on.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "common/picoseconds.h"
#include "common/units.h"

namespace dwmtj {

enum class ComponentId : std::uint32_t {};
enum class AccountId : std::uint32_t {};  // one action of one component
enum class CommandId : std::uint32_t {};  // on whose behalf; 0 is "none"

struct Component {
  std::string path;  // "tile0.drivers"
  std::string description;
  Power leakage;
};

struct Account {
  ComponentId component;
  std::string action;  // "pulse"
};

struct Sum {
  std::uint64_t count = 0;
  double joules = 0.0;
  // In ps, added up over actions, also where they ran side by side: in sum more than a Picoseconds
  // can count. Exact up to 2.5 hours.
  double busy = 0.0;

  Sum& operator+=(const Sum& other);
};

struct Posting {
  AccountId account;
  CommandId command;
  Picoseconds start;
  Picoseconds duration;
  double joules;
};

class Ledger {
 public:
  Ledger();

  ComponentId add_component(std::string path, std::string description,
                            Power leakage = 0.0 * si::watts);
  AccountId add_account(ComponentId component, std::string action);
  CommandId add_command(const std::string& name);  // the same id for the same name

  // Whatever is posted from now on is on behalf of `command`.
  void on_behalf_of(CommandId command) { command_ = command; }
  // Spent evenly over [start, start + duration]; `count` actions at once spend `joules` together.
  // Throws std::logic_error if negative or not finite.
  void post(AccountId account, Picoseconds start, Picoseconds duration, double joules,
            std::uint64_t count = 1);
  // The same of actions one after the other, `duration` all together.
  void post_in_turn(AccountId account, Picoseconds start, Picoseconds duration, double joules,
                    std::uint64_t count);
  // What another ledger has posted.
  void add(AccountId account, CommandId command, const Sum& sum);
  // Everything is on from time 0 to `now`: what leakage is counted for.
  void set_on_time(Picoseconds now) { on_time_ = now; }
  // Called with every posting; costs nothing while nobody listens.
  void listen(std::function<void(const Posting&)> listener);

  [[nodiscard]] const std::vector<Component>& components() const { return components_; }
  [[nodiscard]] const std::vector<Account>& accounts() const { return accounts_; }
  [[nodiscard]] const std::vector<std::string>& commands() const { return commands_; }
  [[nodiscard]] Picoseconds on_time() const { return on_time_; }

  [[nodiscard]] Sum sum(AccountId account, CommandId command) const;
  [[nodiscard]] Sum sum(AccountId account) const;
  [[nodiscard]] Energy posted(CommandId command) const;
  [[nodiscard]] Power leakage() const;  // of all components
  [[nodiscard]] Energy leaked(ComponentId component) const;
  [[nodiscard]] Energy spent(ComponentId component) const;  // posted and leaked
  [[nodiscard]] Energy posted() const;
  [[nodiscard]] Energy leaked() const;
  [[nodiscard]] Energy total() const { return posted() + leaked(); }

 private:
  std::vector<Component> components_;
  std::vector<Account> accounts_;
  std::vector<std::string> commands_;
  std::vector<std::vector<Sum>> sums_;  // [account][command]
  std::vector<std::function<void(const Posting&)>> listeners_;
  CommandId command_{};
  Picoseconds on_time_ = 0;
};

}  // namespace dwmtj
