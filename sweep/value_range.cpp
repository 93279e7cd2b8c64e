// SPDX-License-Identifier: Apache-2.0
#include "sweep/value_range.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "common/any_quantity.h"

namespace dwmtj {
namespace {

constexpr long kMostValues = 10'000'000;
constexpr double kRounding = 1e-9;  // of a step: an end that is reached but for rounding

AnyQuantity quantity_of(const ParameterNode& node, const std::string& key) {
  const auto quantity = read_quantity(node.text(key));
  if (!quantity) node.fail(key, "expected a number, or a number and a unit");
  return *quantity;
}

double scale_of(const std::string& unit) { return read_quantity("1 " + unit)->value; }

double in_unit(const AnyQuantity& quantity, const std::string& unit) {
  return quantity.unit == unit ? quantity.number : quantity.value / scale_of(unit);
}

// A whole number of steps that lead from one end to the other.
long steps_of(const ParameterNode& node, const std::string& key, double steps) {
  if (!(steps >= 0.0) || steps >= static_cast<double>(kMostValues)) {
    node.fail(key, fmt::format("does not lead from one end to the other in {} steps", kMostValues));
  }
  return static_cast<long>(std::floor(steps + kRounding));
}

}  // namespace

ValueRange::ValueRange(const ParameterNode& node) {
  const auto from = quantity_of(node, "from");
  const auto to = quantity_of(node, "to");
  if (from.base != to.base) node.fail("to", "expected a unit as in 'from'");
  from_ = from.number;
  unit_ = from.unit;
  to_ = in_unit(to, unit_);
  if (node.has("scale")) logarithmic_ = node.choice("scale", {"linear", "log"}) == 1;
  if (node.has("whole")) whole_ = node.boolean("whole");
  if (logarithmic_ && !(from_ > 0.0 && to_ > 0.0)) {
    node.fail("scale", "log needs ends above zero");
  }
}

std::string ValueRange::text(double value) const {
  const double shown = whole_ ? std::round(value) : value;
  return fmt::format("{:.12g}{}{}", shown, unit_.empty() || unit_ == "%" ? "" : " ", unit_);
}

std::string ValueRange::at(double share) const {
  if (logarithmic_) return text(from_ * std::pow(to_ / from_, share));
  return text(from_ + share * (to_ - from_));
}

std::vector<std::string> ValueRange::by_steps(const ParameterNode& node) const {
  const auto by = quantity_of(node, "by");
  const double step = in_unit(by, unit_);
  if (read_quantity("1 " + unit_)->base != by.base) node.fail("by", "expected a unit as in 'from'");
  if (step == 0.0) node.fail("by", "must not be zero");
  std::vector<std::string> texts;
  const long steps = steps_of(node, "by", (to_ - from_) / step);
  for (long i = 0; i <= steps; ++i) texts.push_back(text(from_ + static_cast<double>(i) * step));
  return texts;
}

std::vector<std::string> ValueRange::by_factor(const ParameterNode& node) const {
  const double factor = node.quantity("times", Dimension::number);
  if (!(factor > 0.0) || factor == 1.0)
    node.fail("times", "expected a factor above 0 that is not 1");
  if (!(from_ > 0.0 && to_ > 0.0)) node.fail("times", "needs ends above zero");
  std::vector<std::string> texts;
  const long steps = steps_of(node, "times", std::log(to_ / from_) / std::log(factor));
  for (long i = 0; i <= steps; ++i) {
    texts.push_back(text(from_ * std::pow(factor, static_cast<double>(i))));
  }
  return texts;
}

std::vector<std::string> ValueRange::steps(const ParameterNode& node) const {
  const bool by = node.has("by");
  const bool times = node.has("times");
  if (by == times && (by || !node.has("points"))) {
    node.fail("expected one of 'by', 'times' and 'points'");
  }
  if ((by || times) && node.has("points")) node.fail("points", "is one too many");
  std::vector<std::string> texts;
  if (by) texts = by_steps(node);
  if (times) texts = by_factor(node);
  if (!by && !times) {
    const auto points = node.integer("points", 1L, kMostValues);
    for (long i = 0; i < points; ++i) {
      texts.push_back(
          at(points == 1 ? 0.0 : static_cast<double>(i) / static_cast<double>(points - 1)));
    }
  }
  node.finish();
  return texts;
}

}  // namespace dwmtj
