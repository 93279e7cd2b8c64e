// SPDX-License-Identifier: Apache-2.0
#include "app/sweep_check.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/entry.h"
#include "common/complain.h"
#include "common/input_error.h"
#include "common/input_log.h"

namespace dwmtj {
namespace {

constexpr std::size_t kMostBad = 1000;  // are looked for
constexpr std::size_t kMostTold = 20;   // different ones

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const auto* const option : command.get_options()) {
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

void check_axis(const Axis& axis, const CLI::App& command) {
  const auto& name = command.get_name();
  if (axis.target == "--out") axis.node.fail("the sweep itself says where results go");
  if (axis.kind == Axis::Kind::key && command.get_option_no_throw("--set") == nullptr) {
    axis.node.fail(
        fmt::format("'{}' has no --set, and no {{{}}} in the plan's command", name, axis.target));
  }
  if (axis.kind != Axis::Kind::option) return;
  if (command.get_option_no_throw(axis.target) == nullptr) {
    axis.node.fail(fmt::format("unknown option of '{}'; nearest: {}", name,
                               fmt::join(nearest_names(axis.target, option_names(command)), ", ")));
  }
}

void check_words(const SweepPlan& plan, const std::vector<std::string>& words) {
  for (const auto& word : words) {
    if (word == "--out" || word.rfind("--out=", 0) == 0) {
      plan.node.fail("--out: the sweep itself says where results go");
    }
    const auto open = word.find('{');
    const auto close = word.find('}', open);
    if (open != std::string::npos && close != std::string::npos) {
      plan.node.fail(fmt::format("no axis '{}'", word.substr(open + 1, close - open - 1)));
    }
  }
}

// The command is one of this program, and what the plan varies is of it.
void check_command_line(const Expansion& expansion) {
  const KnownCommands known;
  const auto& plan = expansion.plan();
  const auto& name = plan.command.front();
  const auto found = known.app->get_subcommands(
      [&](const CLI::App* other) { return other->get_name() == name && name != "sweep"; });
  if (found.empty()) {
    std::vector<std::string> names;
    for (const auto* const other : known.app->get_subcommands({}))
      names.push_back(other->get_name());
    plan.node.fail(fmt::format("'{}' is no command that can be swept; nearest: {}", name,
                               fmt::join(nearest_names(name, names), ", ")));
  }
  check_words(plan, expansion.words(0));
  for (const auto* const axis : expansion.axes()) check_axis(*axis, *found.front());
}

std::vector<std::string> without(std::vector<std::string> files,
                                 const std::vector<std::string>& others) {
  std::vector<std::string> left;
  std::set_difference(files.begin(), files.end(), others.begin(), others.end(),
                      std::back_inserter(left));
  return left;
}

void keep_common(std::vector<std::string>& common, const std::vector<std::string>& files) {
  std::vector<std::string> both;
  std::set_intersection(common.begin(), common.end(), files.begin(), files.end(),
                        std::back_inserter(both));
  common = std::move(both);
}

}  // namespace

SweepCheck::SweepCheck(const Expansion& expansion) : expansion_(expansion) {
  check_command_line(expansion);
  for (const auto* const axis : expansion.axes()) seen_.push_back(unseen(*axis));
  for (const auto point : ends()) check(point);
  for (std::size_t point = 0; point < expansion.size() && checked_.size() < kMostBad + 1; ++point) {
    const auto choices = expansion.choices(point);
    for (std::size_t axis = 0; axis < choices.size(); ++axis) {
      if (seen(axis, choices[axis])) continue;
      check(point);
      break;
    }
  }
  if (!bad_.empty()) tell_bad_points();
}

SweepCheck::Seen SweepCheck::unseen(const Axis& axis) {
  Seen seen{
      {}, {}, std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  if (axis.between) return seen;
  std::unordered_map<std::string, std::size_t> firsts;
  for (std::size_t i = 0; i < axis.values.size(); ++i) {
    seen.alike.push_back(firsts.try_emplace(axis.values[i].text, i).first->second);
  }
  return seen;
}

// What is accepted at two places is so between them.
bool SweepCheck::seen(std::size_t axis, std::size_t choice) const {
  const auto& seen = seen_[axis];
  const auto& cell = expansion_.axes()[axis]->values[choice].cell;
  if (seen.alike.empty()) return *cell >= seen.least && *cell <= seen.most;
  return seen.files.count(seen.alike[choice]) > 0;
}

// Points with the least and the most of each range, and the first that is no whole number.
std::vector<std::size_t> SweepCheck::ends() const {
  const auto& axes = expansion_.axes();
  std::vector<std::vector<std::size_t>> points(axes.size());
  std::vector<std::vector<double>> found(axes.size());
  for (std::size_t point = 0; point < expansion_.size(); ++point) {
    const auto values = expansion_.values(point);
    for (std::size_t i = 0; i < axes.size(); ++i) {
      if (!axes[i]->between) continue;
      const double cell = *values[i]->cell;
      if (points[i].empty()) {
        points[i].assign(3, point);
        found[i].assign(3, cell);
      }
      const bool broken = found[i][2] == std::floor(found[i][2]) && cell != std::floor(cell);
      const std::array<bool, 3> better = {cell<found[i][0], cell> found[i][1], broken};
      for (std::size_t end = 0; end < better.size(); ++end) {
        if (!better[end]) continue;
        points[i][end] = point;
        found[i][end] = cell;
      }
    }
  }
  std::vector<std::size_t> all;
  for (const auto& some : points) all.insert(all.end(), some.begin(), some.end());
  return all;
}

void SweepCheck::check(std::size_t point) {
  if (!checked_.insert(point).second) return;
  auto words = expansion_.words(point);
  words.insert(words.begin(), "dwmtj");
  take_noted_inputs();
  try {
    check_command(words);
    note(expansion_.choices(point), take_noted_inputs());
    checked_.erase(point);  // only bad ones are counted
  } catch (const InputError& error) {
    bad_[error.what()].push_back(point);
  }
}

void SweepCheck::note(const std::vector<std::size_t>& choices, const Files& files) {
  for (std::size_t axis = 0; axis < choices.size(); ++axis) {
    auto& seen = seen_[axis];
    if (seen.alike.empty()) {
      const double cell = *expansion_.axes()[axis]->values[choices[axis]].cell;
      seen.least = std::min(seen.least, cell);
      seen.most = std::max(seen.most, cell);
    }
    seen.files.try_emplace(seen.alike.empty() ? 0 : seen.alike[choices[axis]], files);
  }
}

void SweepCheck::tell_bad_points() const {
  std::size_t told = 0;
  for (auto [error, points] : bad_) {
    if (++told > kMostTold) break;
    std::sort(points.begin(), points.end());
    complain(fmt::format("{} {}: {}", points.size() == 1 ? "point" : "points", ranges_text(points),
                         error));
  }
  throw InputError(fmt::format("{}: {} of {} points cannot run; nothing was run",
                               expansion_.plan().file.string(),
                               checked_.size() > kMostBad ? fmt::format("{} or more", kMostBad)
                                                          : fmt::format("{}", checked_.size()),
                               expansion_.size()));
}

std::vector<FilesHash> SweepCheck::hashes_of(std::size_t axis) const {
  const auto& seen = seen_[axis];
  if (seen.alike.empty()) return {};
  auto common = seen.files.begin()->second;
  for (const auto& [value, files] : seen.files) keep_common(common, files);
  std::map<std::size_t, FilesHash> hashes;
  for (const auto& [value, files] : seen.files)
    hashes[value] = hash_of_files(without(files, common));
  std::vector<FilesHash> of_values;
  for (const auto value : seen.alike) of_values.push_back(hashes[value]);
  return of_values;
}

PointNames SweepCheck::names() const {
  auto common = seen_.front().files.begin()->second;
  std::vector<std::vector<FilesHash>> of_values;
  for (std::size_t axis = 0; axis < seen_.size(); ++axis) {
    for (const auto& [value, files] : seen_[axis].files) keep_common(common, files);
    of_values.push_back(hashes_of(axis));
  }
  return {expansion_, hash_of_files(common), std::move(of_values)};
}

}  // namespace dwmtj
