// SPDX-License-Identifier: Apache-2.0
#include "sweep/plan.h"

#include <algorithm>

#include <fmt/format.h>

namespace dwmtj {
namespace {

// Words as a shell takes them, with quotes and nothing else.
std::vector<std::string> words_of(const ParameterNode& node) {
  std::vector<std::string> words;
  char quote = '\0';
  bool open = false;
  for (const char c : node.text()) {
    const bool space = c == ' ' || c == '\t' || c == '\n';
    if (quote == '\0' && space) {
      open = false;
      continue;
    }
    if (!open) words.emplace_back();
    open = true;
    if (quote == '\0' && (c == '\'' || c == '"')) {
      quote = c;
    } else if (c == quote) {
      quote = '\0';
    } else {
      words.back() += c;
    }
  }
  if (quote != '\0') node.fail(fmt::format("the quote {} does not end", quote));
  if (words.empty()) node.fail("expected a command, such as 'estimate net.onnx --arch isaac-ce'");
  return words;
}

AxisNode axis_in(const ParameterNode& of, const std::string& key,
                 const std::vector<std::string>& command) {
  const auto braces = '{' + key + '}';
  const bool named = std::any_of(command.begin(), command.end(), [&](const auto& word) {
    return word.find(braces) != std::string::npos;
  });
  const bool option = key.rfind("--", 0) == 0;
  return {of, key, named ? Axis::Kind::word : option ? Axis::Kind::option : Axis::Kind::key};
}

void read_grid(const ParameterNode& node, SweepPlan& plan) {
  for (const auto& member : node.members()) {
    auto axis = read_axis(axis_in(node, member.key(), plan.command));
    const auto size = axis.values.size();
    plan.groups.push_back({{std::move(axis)}, size});
  }
}

void read_zip(const ParameterNode& node, SweepPlan& plan) {
  AxisGroup group{{}, 0};
  for (const auto& member : node.members()) {
    auto axis = read_axis(axis_in(node, member.key(), plan.command));
    if (group.axes.empty()) group.size = axis.values.size();
    if (axis.values.size() != group.size) {
      member.fail(fmt::format("{} values beside {} of '{}'", axis.values.size(), group.size,
                              group.axes.front().target));
    }
    group.axes.push_back(std::move(axis));
  }
  if (!group.axes.empty()) plan.groups.push_back(std::move(group));
}

void read_sample(const ParameterNode& node, SweepPlan& plan) {
  const bool latin = node.choice("method", {"random", "latin-hypercube"}) == 1;
  const auto points = static_cast<std::size_t>(node.integer("points", 1L, kMostPoints));
  const auto seed = node.seed("seed");
  AxisGroup group{{}, points};
  const auto axes = node.child("axes");
  for (const auto& member : axes.members()) {
    const Draws draws{seed, group.axes.size(), points, latin};
    group.axes.push_back(draw_axis(axis_in(axes, member.key(), plan.command), draws));
  }
  if (group.axes.empty()) node.fail("axes", "expected at least one");
  plan.groups.push_back(std::move(group));
  node.finish();
}

void read_groups(const ParameterNode& root, SweepPlan& plan) {
  if (root.has("grid")) read_grid(root.child("grid"), plan);
  if (root.is_list("zip")) {
    for (const auto& item : root.items("zip")) read_zip(item, plan);
  } else if (root.has("zip")) {
    read_zip(root.child("zip"), plan);
  }
  if (root.has("sample")) read_sample(root.child("sample"), plan);
  if (plan.groups.empty()) root.fail("expected axes in 'grid', 'zip' or 'sample'");
}

// Two axes of one target would contradict each other, and a word without an axis is none.
void check_targets(const SweepPlan& plan) {
  std::vector<std::string> seen;
  for (const auto* const axis : plan.axes()) {
    if (std::find(seen.begin(), seen.end(), axis->target) != seen.end()) {
      axis->node.fail("varies already");
    }
    seen.push_back(axis->target);
  }
}

}  // namespace

std::vector<const Axis*> SweepPlan::axes() const {
  std::vector<const Axis*> all;
  for (const auto& group : groups) {
    for (const auto& axis : group.axes) all.push_back(&axis);
  }
  return all;
}

SweepPlan SweepPlan::load(const std::filesystem::path& file) {
  const auto root = ParameterNode::load(file);
  const auto command = root.child("command");
  SweepPlan plan{file, words_of(command), "", {}, {}, {}, 0.0, command};
  plan.out = root.has("out") ? std::filesystem::path(root.text("out"))
                             : std::filesystem::path("results") / file.stem();
  read_groups(root, plan);
  if (root.is_text("where")) {
    plan.where = {root.child("where")};
  } else if (root.has("where")) {
    plan.where = root.items("where");
  }
  if (root.has("figures")) {
    for (const auto& item : root.items("figures")) plan.figures.push_back(item.text());
  }
  if (root.has("duration")) plan.duration = root.quantity("duration", Dimension::time);
  root.finish();
  check_targets(plan);
  std::vector<Axis*> axes;
  for (auto& group : plan.groups) {
    for (auto& axis : group.axes) axes.push_back(&axis);
  }
  name_axes(axes);
  return plan;
}

}  // namespace dwmtj
