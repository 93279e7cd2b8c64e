// SPDX-License-Identifier: Apache-2.0
#include "sweep/expansion.h"

#include <charconv>

#include <fmt/format.h>

#include "common/input_error.h"
#include "sweep/condition.h"

namespace dwmtj {
namespace {

std::string with_value(const std::string& word, const Axis& axis, const std::string& value) {
  const auto braces = '{' + axis.target + '}';
  std::string result = word;
  for (auto at = result.find(braces); at != std::string::npos;) {
    result.replace(at, braces.size(), value);
    at = result.find(braces, at + value.size());
  }
  return result;
}

}  // namespace

Expansion::Expansion(const SweepPlan& plan) : plan_(plan), axes_(plan.axes()) {
  for (const auto& group : plan.groups) {
    if (group.size > static_cast<std::size_t>(kMostPoints) / all_) {
      plan.node.fail(fmt::format("more than {} combinations", kMostPoints));
    }
    all_ *= group.size;
  }
  for (const auto& condition : plan.where) keep_where(condition);
}

void Expansion::keep_where(const ParameterNode& condition) {
  std::vector<std::string> names;
  for (const auto* const axis : axes_) names.push_back(axis->name);
  Condition wanted(condition, names);
  std::vector<std::uint32_t> kept;
  for (std::size_t i = 0; i < size(); ++i) {
    if (!wanted.holds(values(i))) continue;
    kept.push_back(kept_ ? (*kept_)[i] : static_cast<std::uint32_t>(i));
  }
  if (kept.empty()) condition.fail(fmt::format("none of {} combinations is such", size()));
  kept_ = std::move(kept);
}

std::vector<std::size_t> Expansion::choices_of(std::size_t combination) const {
  std::vector<std::size_t> choices(axes_.size());
  std::size_t end = choices.size();
  for (auto group = plan_.groups.rbegin(); group != plan_.groups.rend(); ++group) {
    for (std::size_t i = 0; i < group->axes.size(); ++i) choices[--end] = combination % group->size;
    combination /= group->size;
  }
  return choices;
}

std::vector<const AxisValue*> Expansion::values_of(std::size_t combination) const {
  const auto choices = choices_of(combination);
  std::vector<const AxisValue*> values;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    values.push_back(&axes_[i]->values[choices[i]]);
  }
  return values;
}

std::vector<std::size_t> Expansion::choices(std::size_t point) const {
  return choices_of(kept_ ? (*kept_)[point] : point);
}

std::vector<const AxisValue*> Expansion::values(std::size_t point) const {
  return values_of(kept_ ? (*kept_)[point] : point);
}

std::vector<std::string> Expansion::words(std::size_t point) const {
  auto words = plan_.command;
  const auto chosen = values(point);
  for (std::size_t i = 0; i < axes_.size(); ++i) {
    const auto& axis = *axes_[i];
    const auto& text = chosen[i]->text;
    if (axis.kind == Axis::Kind::word) {
      for (auto& word : words) word = with_value(word, axis, text);
    } else if (axis.kind == Axis::Kind::option) {
      words.push_back(axis.target + '=' + text);
    } else {
      words.insert(words.end(), {"--set", axis.target + '=' + text});
    }
  }
  return words;
}

std::string ranges_text(const std::vector<std::size_t>& points) {
  std::string text;
  for (std::size_t i = 0; i < points.size();) {
    std::size_t end = i + 1;
    while (end < points.size() && points[end] == points[end - 1] + 1) ++end;
    text += text.empty() ? "" : ",";
    text += end - i == 1 ? fmt::format("{}", points[i])
                         : fmt::format("{}-{}", points[i], points[end - 1]);
    i = end;
  }
  return text;
}

std::vector<std::size_t> parse_ranges(const std::string& option, const std::string& text,
                                      std::size_t size) {
  const auto refuse = [&] {
    throw InputError(fmt::format("{}: '{}': expected points from 0 to {}, such as 0-3,7", option,
                                 text, size - 1));
  };
  std::vector<std::size_t> points;
  const char* at = text.data();
  const char* const end = at + text.size();
  const auto number = [&] {
    std::size_t value = 0;
    const auto [behind, error] = std::from_chars(at, end, value);
    if (error != std::errc{} || value >= size) refuse();
    at = behind;
    return value;
  };
  for (;;) {
    const auto first = number();
    auto last = first;
    if (at != end && *at == '-') {
      ++at;
      last = number();
    }
    if (last < first || (at != end && *at != ',')) refuse();
    for (auto point = first; point <= last; ++point) points.push_back(point);
    if (at == end) return points;
    ++at;
  }
}

}  // namespace dwmtj
