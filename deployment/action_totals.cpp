// SPDX-License-Identifier: Apache-2.0
#include "deployment/action_totals.h"

#include <fmt/format.h>

namespace dwmtj {
namespace {

void add(ActionTable& totals, const ActionTable& counts, double times) {
  for (std::size_t i = 0; i < kActions; ++i) {
    const auto action = static_cast<Action>(i);
    totals[action] += times * counts[action];
  }
}

// A position crosses the links once.
double link_bits(const Plan& plan) {
  double bits = 0.0;
  for (const auto& stage : plan.stages) {
    if (stage.kind != StageKind::source && !stage.is_output) continue;
    bits += static_cast<double>(stage.positions * stage.elements) * stage.bits;
  }
  return bits;
}

bool is_priced(const Architecture& architecture, Action action) {
  if (architecture.core.prices(action)) return true;
  for (const auto& component : architecture.chip) {
    for (const auto& price : component.actions) {
      if (price.action == action && component.count > 0.0) return true;
    }
  }
  return false;
}

}  // namespace

ActionTable actions_of_image(const MappedNetwork& mapped) {
  ActionTable totals;
  for (const auto& jobs : mapped.work.jobs) {
    for (const auto& job : jobs) {
      const auto positions = mapped.plan.stages[job.stage].positions;
      add(totals, job.actions, static_cast<double>(job.count(positions)));
    }
  }
  for (std::size_t s = 0; s < mapped.plan.stages.size(); ++s) {
    const auto& stage = mapped.plan.stages[s];
    if (stage.kind == StageKind::source) continue;
    add(totals, mapped.work.finishes[s].actions, static_cast<double>(stage.positions));
  }
  totals[Action::link_bit] += link_bits(mapped.plan);
  return totals;
}

std::vector<UnpricedAction> unpriced_actions(const MappedNetwork& mapped) {
  const auto totals = actions_of_image(mapped);
  std::vector<UnpricedAction> unpriced;
  for (std::size_t i = 0; i < kActions; ++i) {
    const auto action = static_cast<Action>(i);
    if (totals[action] > 0.0 && !is_priced(mapped.architecture, action)) {
      unpriced.push_back({action, totals[action]});
    }
  }
  return unpriced;
}

std::string unpriced_text(const MappedNetwork& mapped) {
  std::string text;
  for (const auto& [action, count] : unpriced_actions(mapped)) {
    text += fmt::format("{}{} ({:.4g} an image)", text.empty() ? "" : ", ", name_of(action), count);
  }
  return text;
}

}  // namespace dwmtj
