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

// Reads one component: as it was printed, and what its law makes of that.
class ComponentReader {
 public:
  ComponentReader(const ParameterNode& node, const ComponentContext& context)
      : node_(node), context_(context) {
    if (node.has("law")) law_ = ScalingLaw::read(node.section("law", law_catalog()));
    law_.check(context.change, node);
  }
  ComponentParameters read();

 private:
  [[nodiscard]] Frequency printed_rate(const ParameterNode& node, const ParameterNode& blamed,
                                       Action action) const;
  [[nodiscard]] Frequency rate_now(const ParameterNode& node, Action action,
                                   Frequency printed) const;
  [[nodiscard]] std::vector<ActionPrice> read_priced() const;
  [[nodiscard]] std::vector<ActionPrice> read_from_power() const;

  const ParameterNode& node_;
  const ComponentContext& context_;
  ScalingLaw law_;
  double printed_count_ = 0.0;
  double count_ = 0.0;
};

// Of one instance: the rate that `node` gives, or its share of the whole.
Frequency ComponentReader::printed_rate(const ParameterNode& node, const ParameterNode& blamed,
                                        Action action) const {
  if (node.has("rate")) return node.above_zero<Frequency>("rate");
  const double peak = context_.printed_peaks[action];
  if (peak <= 0.0) {
    blamed.fail(
        fmt::format("how often '{}' happens does not follow from the core; expected a 'rate'",
                    name_of(action)));
  }
  return from_si<Frequency>(printed_count_ > 0.0 ? peak / printed_count_ : 0.0);
}

// A rate of its own stays; a share is of the core as it is.
Frequency ComponentReader::rate_now(const ParameterNode& node, Action action,
                                    Frequency printed) const {
  if (node.has("rate")) return printed;
  return from_si<Frequency>(count_ > 0.0 ? context_.peaks[action] / count_ : 0.0);
}

// `actions: {conversion: {energy: ...}}`
std::vector<ActionPrice> ComponentReader::read_priced() const {
  std::vector<ActionPrice> prices;
  for (const auto& member : node_.child("actions").members()) {
    const auto action = action_named(member, member.key());
    const auto energy = law_.energy(context_.change) * member.at_least_zero<Energy>("energy");
    const auto printed = printed_rate(member, member, action);
    prices.push_back({action, energy, rate_now(member, action, printed)});
    member.finish();
  }
  return prices;
}

// `power: ...` with `actions: [conversion]`: what publications print. All actions cost alike, so
// that together, at their peak rates, they take that power.
std::vector<ActionPrice> ComponentReader::read_from_power() const {
  const auto power = node_.at_least_zero<Power>("power");
  std::vector<ActionPrice> prices;
  Frequency sum{};
  for (const auto& item : node_.items("actions")) {
    const auto action = action_named(item, item.text());
    const auto same = [&](const ActionPrice& price) { return price.action == action; };
    if (std::any_of(prices.begin(), prices.end(), same)) item.fail("this action stands twice");
    const auto printed = printed_rate(node_, item, action);
    prices.push_back({action, Energy{}, rate_now(node_, action, printed)});
    sum += printed;
  }
  if (prices.empty()) node_.fail("actions", "expected at least one action");
  for (auto& price : prices) {
    if (in_si(sum) > 0.0) {
      price.energy = from_si<Energy>(law_.energy(context_.change) * in_si(power) / in_si(sum));
    }
  }
  return prices;
}

ComponentParameters ComponentReader::read() {
  const auto& change = context_.change;
  ComponentParameters component{};
  component.name = node_.key();
  component.description = node_.text("description");
  printed_count_ = node_.at_least_zero("count", Dimension::number);
  if (printed_count_ > kMostInstances) {
    node_.fail("count", fmt::format("expected at most {:g}", kMostInstances));
  }
  component.count = count_ = law_.count(change) * printed_count_;
  if (node_.has("technology_node")) {
    component.technology_node = node_.above_zero<Length>("technology_node");
  }
  component.area = law_.area(change) * node_.at_least_zero<Area>("area");
  component.leakage = law_.leakage(change) * node_.at_least_zero<Power>("leakage");
  component.actions = node_.has("power") ? read_from_power() : read_priced();
  node_.finish();
  return component;
}

}  // namespace

Power ComponentParameters::peak_power() const {
  double watts = 0.0;
  for (const auto& price : actions) watts += in_si(price.energy) * in_si(price.peak);
  return from_si<Power>(watts);
}

ComponentParameters read_component(const ParameterNode& node, const ComponentContext& context) {
  return ComponentReader(node, context).read();
}

std::vector<ComponentParameters> read_components(const ParameterNode& node,
                                                 const ComponentContext& context) {
  std::vector<ComponentParameters> components;
  for (const auto& member : node.members()) components.push_back(read_component(member, context));
  return components;
}

}  // namespace dwmtj
