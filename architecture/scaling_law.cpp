// SPDX-License-Identifier: Apache-2.0
#include "architecture/scaling_law.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace dwmtj {
namespace {

constexpr std::array kKeyNames = {"arrays",      "rows",        "columns",    "columns_per_weight",
                                  "levels",      "weight_bits", "input_bits", "input_bits_per_step",
                                  "output_bits", "adc_bits",    "step_time",  "technology_node"};
static_assert(kKeyNames.size() == kShapeKeys, "a name a ShapeKey");

constexpr double kSame = 1e-12;  // relative

std::size_t key_named(const ParameterNode& node, const std::string& name) {
  const auto& names = shape_key_names();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    node.fail(fmt::format("'{}' is not one of: {}", name, fmt::join(names, ", ")));
  }
  return static_cast<std::size_t>(found - names.begin());
}

Dimension dimension_of(std::size_t key) {
  if (key == static_cast<std::size_t>(ShapeKey::step_time)) return Dimension::time;
  if (key == static_cast<std::size_t>(ShapeKey::technology_node)) return Dimension::length;
  return Dimension::number;
}

}  // namespace

const std::vector<std::string>& shape_key_names() {
  static const std::vector<std::string> kAll(kKeyNames.begin(), kKeyNames.end());
  return kAll;
}

double ShapeChange::ratio(ShapeKey key) const {
  const auto i = static_cast<std::size_t>(key);
  if (key == ShapeKey::adc_bits) return std::exp2(now[i] - printed[i]);
  return printed[i] > 0.0 ? now[i] / printed[i] : 1.0;
}

bool ShapeChange::changed(ShapeKey key) const {
  const auto i = static_cast<std::size_t>(key);
  return std::abs(now[i] - printed[i]) > kSame * std::abs(printed[i]);
}

ScalingLaw ScalingLaw::read(const ParameterNode& node) {
  ScalingLaw law;
  static_cast<void>(node.text("source"));
  const auto read_exponents = [&](const char* name, Exponents& exponents) {
    if (!node.has(name)) return;
    const auto child = node.child(name);
    for (const auto& member : child.members()) {
      exponents[key_named(member, member.key())] = child.quantity(member.key(), Dimension::number);
    }
  };
  read_exponents("count", law.count_);
  read_exponents("energy", law.energy_);
  read_exponents("area", law.area_);
  read_exponents("leakage", law.leakage_);
  if (node.has("free")) {
    for (const auto& item : node.items("free")) law.energy_[key_named(item, item.text())] = 0.0;
  }
  if (node.has("holds")) {
    for (const auto& member : node.child("holds").members()) {
      const auto key = key_named(member, member.key());
      const auto dimension = dimension_of(key);
      law.holds_[key] = {member.quantity("least", dimension), member.quantity("most", dimension)};
      member.finish();
    }
  }
  node.finish();
  return law;
}

bool ScalingLaw::speaks_of(std::size_t key) const {
  return count_[key] || energy_[key] || area_[key] || leakage_[key];
}

void ScalingLaw::check(const ShapeChange& change, const ParameterNode& component) const {
  for (std::size_t i = 0; i < kShapeKeys; ++i) {
    if (!change.changed(static_cast<ShapeKey>(i))) continue;
    const auto& name = shape_key_names()[i];
    const auto text = [&](double value) { return format_quantity(value, dimension_of(i)); };
    if (!speaks_of(i)) {
      component.fail(
          fmt::format("its price is for {} of {}, and the core has {}: expected a 'law' that says "
                      "how it follows, or a price for that and 'printed_for' with it",
                      name, text(change.printed[i]), text(change.now[i])));
    }
    if (holds_[i] && (change.now[i] < holds_[i]->least || change.now[i] > holds_[i]->most)) {
      component.fail(fmt::format("its law holds for {} from {} to {}, not for {}", name,
                                 text(holds_[i]->least), text(holds_[i]->most),
                                 text(change.now[i])));
    }
  }
}

double ScalingLaw::factor(const Exponents& exponents, const ShapeChange& change) {
  double product = 1.0;
  for (std::size_t i = 0; i < kShapeKeys; ++i) {
    if (exponents[i]) product *= std::pow(change.ratio(static_cast<ShapeKey>(i)), *exponents[i]);
  }
  return product;
}

const CatalogFolder& law_catalog() {
  static const CatalogFolder kCatalog{"architecture/laws", "scaling law"};
  return kCatalog;
}

}  // namespace dwmtj
