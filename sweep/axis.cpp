// SPDX-License-Identifier: Apache-2.0
#include "sweep/axis.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "common/any_quantity.h"
#include "common/random_stream.h"
#include "sweep/value_range.h"

namespace dwmtj {
namespace {

std::vector<std::string> listed_texts(const ParameterNode& node) {
  std::vector<std::string> texts;
  for (const auto& item : node.items()) texts.push_back(item.text());
  if (texts.empty()) node.fail("expected at least one value");
  return texts;
}

std::vector<std::string> texts_of(const AxisNode& axis) {
  const auto node = axis.node();
  if (node.is_list()) return listed_texts(node);
  if (axis.of.is_text(axis.key)) return {node.text()};
  return ValueRange(node).steps(node);
}

// Numbers in a table are SI, and only where they can be compared.
std::vector<AxisValue> values_of(const std::vector<std::string>& texts, std::string& base) {
  std::vector<AxisValue> values;
  bool alike = true;
  for (const auto& text : texts) {
    const auto quantity = read_quantity(text);
    alike = alike && quantity && (values.empty() || quantity->base == base);
    if (quantity && values.empty()) base = quantity->base;
    values.push_back({text, quantity ? std::optional(quantity->value) : std::nullopt});
  }
  if (alike) return values;
  base.clear();
  for (auto& value : values) value.cell.reset();
  return values;
}

Axis axis_of(const AxisNode& from, const std::vector<std::string>& texts) {
  std::string base;
  const bool between = !from.of.is_list(from.key) && !from.of.is_text(from.key);
  Axis axis{from.kind, from.key, from.node(), between, values_of(texts, base), ""};
  axis.name = base;  // until name_axes()
  return axis;
}

double word_of(const Draws& draws, std::uint64_t point, int word) {
  const std::uint64_t instance = draws.axis << 48U | point;
  return uniform(draw(draws.seed, Stream::stimulus, instance, 0).words[word]);
}

// Fisher and Yates, with a draw a place.
std::vector<std::size_t> shuffled(const Draws& draws) {
  std::vector<std::size_t> order(draws.points);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = order.size(); i-- > 1;) {
    const auto other = static_cast<std::size_t>(word_of(draws, i, 1) * static_cast<double>(i + 1));
    std::swap(order[i], order[other]);
  }
  return order;
}

// In [0, 1), one a point.
std::vector<double> shares_of(const Draws& draws) {
  const auto order = draws.latin ? shuffled(draws) : std::vector<std::size_t>();
  std::vector<double> shares;
  for (std::size_t i = 0; i < draws.points; ++i) {
    const double within = word_of(draws, i, 0);
    shares.push_back(draws.latin ? (static_cast<double>(order[i]) + within) /
                                       static_cast<double>(draws.points)
                                 : within);
  }
  return shares;
}

// "core.rows" -> rows, "sites[1].barrier" -> barrier, "--sigma-scale" -> sigma_scale
std::string short_name(const std::string& target) {
  const auto dot = target.find_last_of('.');
  const bool last_is_index = target.back() == ']';
  return dot == std::string::npos || last_is_index ? target : target.substr(dot + 1);
}

std::string column_name(const std::string& text) {
  std::string name;
  for (const char c : text) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (plain) name += c;
    if (!plain && !name.empty() && name.back() != '_') name += '_';
  }
  return name.empty() || name.back() != '_' ? name : name.substr(0, name.size() - 1);
}

// "m^2" -> m2, "J/m^2" -> J_per_m2
std::string unit_suffix(const std::string& unit) {
  std::string text;
  for (const char c : unit) {
    if (c == '/') text += "_per_";
    if (c == ' ') text += '_';
    if (c != '/' && c != ' ' && c != '^') text += c;
  }
  return text.empty() ? text : "_" + text;
}

}  // namespace

Axis read_axis(const AxisNode& axis) { return axis_of(axis, texts_of(axis)); }

Axis draw_axis(const AxisNode& axis, const Draws& draws) {
  const auto node = axis.node();
  std::vector<std::string> texts;
  if (node.is_list()) {
    const auto listed = listed_texts(node);
    for (const double share : shares_of(draws)) {
      texts.push_back(listed[static_cast<std::size_t>(share * static_cast<double>(listed.size()))]);
    }
  } else {
    const ValueRange range(node);
    node.finish();
    for (const double share : shares_of(draws)) texts.push_back(range.at(share));
  }
  return axis_of(axis, texts);
}

void name_axes(const std::vector<Axis*>& axes) {
  std::map<std::string, int> used;
  for (const auto* const axis : axes) ++used[column_name(short_name(axis->target))];
  for (auto* const axis : axes) {
    const auto name = column_name(short_name(axis->target));
    axis->name = (used[name] > 1 ? column_name(axis->target) : name) + unit_suffix(axis->name);
  }
}

}  // namespace dwmtj
