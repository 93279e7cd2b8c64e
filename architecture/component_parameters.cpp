// SPDX-License-Identifier: Apache-2.0
#include "architecture/component_parameters.h"

#include <algorithm>

#include <fmt/format.h>

namespace dwmtj {
namespace {

constexpr double kMostInstances = 1e9;

Action action_named(const ParameterNode& node, const std::string& name) {
  const auto& names = action_names();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<Action>(found - names.begin());
  node.fail(fmt::format("'{}' is not one of: {}", name, fmt::join(names, ", ")));
}

// Of one instance: the rate that `node` gives, or its share of the whole.
Frequency peak_of(const ParameterNode& node, const ParameterNode& blamed, Action action,
                  double count, const ActionTable& peaks) {
  if (node.has("rate")) return node.above_zero<Frequency>("rate");
  if (peaks[action] <= 0.0) {
    blamed.fail(
        fmt::format("how often '{}' happens does not follow from the core; expected a 'rate'",
                    name_of(action)));
  }
  return from_si<Frequency>(count > 0.0 ? peaks[action] / count : 0.0);
}

// `actions: {conversion: {energy: ...}}`
std::vector<ActionPrice> read_priced(const ParameterNode& node, double count,
                                     const ActionTable& peaks) {
  std::vector<ActionPrice> prices;
  for (const auto& member : node.child("actions").members()) {
    const auto action = action_named(member, member.key());
    const auto energy = member.at_least_zero<Energy>("energy");
    prices.push_back({action, energy, peak_of(member, member, action, count, peaks)});
    member.finish();
  }
  return prices;
}

// `power: ...` with `actions: [conversion]`: what publications print. All actions cost alike, so
// that together, at their peak rates, they take that power.
std::vector<ActionPrice> read_from_power(const ParameterNode& node, double count,
                                         const ActionTable& peaks) {
  const auto power = node.at_least_zero<Power>("power");
  std::vector<ActionPrice> prices;
  Frequency sum{};
  for (const auto& item : node.items("actions")) {
    const auto action = action_named(item, item.text());
    const auto same = [&](const ActionPrice& price) { return price.action == action; };
    if (std::any_of(prices.begin(), prices.end(), same)) item.fail("this action stands twice");
    prices.push_back({action, Energy{}, peak_of(node, item, action, count, peaks)});
    sum += prices.back().peak;
  }
  if (prices.empty()) node.fail("actions", "expected at least one action");
  for (auto& price : prices) {
    if (in_si(sum) > 0.0) price.energy = from_si<Energy>(in_si(power) / in_si(sum));
  }
  return prices;
}

}  // namespace

Power ComponentParameters::peak_power() const {
  double watts = 0.0;
  for (const auto& price : actions) watts += in_si(price.energy) * in_si(price.peak);
  return from_si<Power>(watts);
}

ComponentParameters read_component(const ParameterNode& node, const ActionTable& peaks) {
  ComponentParameters component{};
  component.name = node.key();
  component.description = node.text("description");
  component.count = node.at_least_zero("count", Dimension::number);
  if (component.count > kMostInstances) {
    node.fail("count", fmt::format("expected at most {:g}", kMostInstances));
  }
  if (node.has("technology_node")) {
    component.technology_node = node.above_zero<Length>("technology_node");
  }
  component.area = node.at_least_zero<Area>("area");
  component.leakage = node.at_least_zero<Power>("leakage");
  component.actions = node.has("power") ? read_from_power(node, component.count, peaks)
                                        : read_priced(node, component.count, peaks);
  node.finish();
  return component;
}

std::vector<ComponentParameters> read_components(const ParameterNode& node,
                                                 const ActionTable& peaks) {
  std::vector<ComponentParameters> components;
  for (const auto& member : node.members()) components.push_back(read_component(member, peaks));
  return components;
}

}  // namespace dwmtj
