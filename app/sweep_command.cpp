// SPDX-License-Identifier: Apache-2.0
// `dwmtj sweep`: many runs of a command (docs/app/sweep.md).
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/simulator.h"
#include "app/sweep_check.h"
#include "app/sweep_options.h"
#include "app/sweep_results.h"
#include "app/sweep_run.h"
#include "common/complain.h"
#include "common/disk_full_error.h"
#include "common/input_error.h"
#include "common/interrupt.h"
#include "common/run_folder.h"
#include "sweep/engine.h"

namespace dwmtj {
namespace {

using State = SweepFolder::State;

constexpr int kPointsFailedStatus = 1;

void print_list(const Expansion& expansion, const PointNames& names) {
  std::string text;
  for (std::size_t point = 0; point < expansion.size(); ++point) {
    text += names.name(point);
    text += "  " + shell_line(expansion.words(point)) + '\n';
    if (text.size() < 1 << 16) continue;
    fmt::print("{}", text);
    text.clear();
  }
  fmt::print("{}", text);
}

// A list of a million points is not kept for nothing.
bool asks_json(const CommandLine& line) {
  return std::find(line.words.begin(), line.words.end(), "--json") != line.words.end();
}

std::vector<JsonObject> list_json(const Expansion& expansion, const PointNames& names) {
  std::vector<JsonObject> points;
  for (std::size_t point = 0; point < expansion.size(); ++point) {
    points.emplace_back().set("name", names.name(point)).set("words", expansion.words(point));
  }
  return points;
}

std::string some_of(const std::vector<std::filesystem::path>& folders) {
  constexpr std::size_t kNamed = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(folders.size(), kNamed); ++i) {
    text += (i == 0 ? "" : ", ") + folders[i].filename().string();
  }
  return folders.size() > kNamed ? text + ", ..." : text;
}

// Results of another plan, or of this one before it was changed.
void refuse_foreign(const SweepFolder& folder, const SweepOptions& options) {
  const auto foreign = folder.scan().foreign;
  if (foreign.empty()) return;
  if (options.prune) {
    for (const auto& point : foreign) std::filesystem::remove_all(point);
    return;
  }
  throw InputError(fmt::format(
      "{}: {} finished points are not of this plan (it has changed, or a file that it reads): {}; "
      "give another --out, or --prune to remove them",
      folder.path().string(), foreign.size(), some_of(foreign)));
}

std::vector<std::size_t> points_to_run(const Expansion& expansion, const SweepFolder& folder,
                                       const SweepOptions& options) {
  const auto states = folder.scan().states;
  std::vector<std::size_t> wanted;
  const auto add = [&](std::size_t point) {
    const bool run =
        states[point] == State::missing || (states[point] == State::failed && options.retry_failed);
    if (run) wanted.push_back(point);
  };
  if (!options.points.empty()) {
    for (const auto point : parse_ranges("--points", options.points, expansion.size())) add(point);
  } else {
    for (std::size_t point = 0; point < expansion.size(); ++point) add(point);
  }
  return wanted;
}

JsonObject json_of(const SweepCounts& counts, std::size_t already) {
  JsonObject points;
  points.set("done", counts.done)
      .set("already_done", already)
      .set("failed", counts.failed)
      .set("killed", counts.killed)
      .set("elsewhere", counts.elsewhere);
  return points;
}

int status_of(const SweepCounts& counts) {
  if (interrupted()) return kInterruptedStatus;
  return counts.failed == 0 && counts.killed == 0 ? 0 : kPointsFailedStatus;
}

void tell(const SweepCounts& counts, std::size_t already) {
  fmt::print("{} points done", counts.done);
  if (already > 0) fmt::print(", {} were there", already);
  if (counts.failed > 0) fmt::print(", {} failed", counts.failed);
  if (counts.killed > 0) fmt::print(", {} killed", counts.killed);
  if (counts.elsewhere > 0) fmt::print(", {} run in another process", counts.elsewhere);
  fmt::print("\n");
}

SweepCounts run(const Expansion& expansion, const SweepFolder& folder,
                const std::vector<std::size_t>& points, const SweepOptions& options) {
  const auto counts = run_here(expansion, folder, points, options);
  if (!counts.disk_full) return counts;
  throw DiskFullError("points cannot be written (disk full?); what is done is kept");
}

// Some points, as a task of a cluster or by hand: others may be at work here, so no table is made.
int run_some(const Expansion& expansion, const SweepFolder& folder, const SweepOptions& options,
             JsonObject& found) {
  const auto points = points_to_run(expansion, folder, options);
  const auto counts = run(expansion, folder, points, options);
  tell(counts, 0);
  found.set("points", json_of(counts, 0));
  return status_of(counts);
}

int run_all(const Expansion& expansion, const SweepFolder& folder, const SweepOptions& options,
            const CommandLine& line) {
  const auto own = RunFolder::in_place(folder.path());  // nobody else's, while it lives
  refuse_foreign(folder, options);
  folder.clear_away();
  keep_plan(expansion.plan(), own);
  own.record_run(line.words, 0);
  const auto points = points_to_run(expansion, folder, options);
  if (options.engine != "local") {
    hand_over(expansion, folder, points, options);
    line.found->set("handed_over", points.size());
    return 0;
  }
  const auto counts = run(expansion, folder, points, options);
  folder.remove_empty();
  const auto table = write_table(expansion, folder);
  const auto already = expansion.size() - points.size();
  tell(counts, already);
  line.found->set("points", json_of(counts, already));
  draw(table, folder.path(), options);
  fmt::print("results in {}\n", folder.path().string());
  return status_of(counts);
}

int run_sweep(const SweepOptions& options, const CommandLine& line) {
  if (options.engine != "local") Engine::load(options.engine);
  const auto plan = SweepPlan::load(options.plan);
  const auto other = line.elsewhere->find(plan.command.front());
  if (other != line.elsewhere->end()) become(other->second, line.words);
  const Expansion expansion(plan);
  const SweepCheck check(expansion);
  const auto names = check.names();
  if (options.list) {
    print_list(expansion, names);
    if (asks_json(line)) line.found->set("points", list_json(expansion, names));
    return 0;
  }
  const SweepFolder folder(options.out.empty() ? plan.out : std::filesystem::path(options.out),
                           expansion, names);
  if (!options.points.empty()) return run_some(expansion, folder, options, *line.found);
  if (!options.collect) return run_all(expansion, folder, options, line);
  const auto table = write_table(expansion, folder);
  draw(table, folder.path(), options);
  fmt::print("results in {}\n", folder.path().string());
  line.found->set("table", (folder.path() / "table.csv").string());
  return 0;
}

}  // namespace

void add_sweep_command(CLI::App& app, const CommandLine& line) {
  auto* const command =
      app.add_subcommand("sweep", "Run a command at many points, on all cores or on a cluster.");
  const auto options = std::make_shared<SweepOptions>();
  add_sweep_options(*command, *options);
  command->callback([options, line] { *line.status = run_sweep(*options, line); });
}

}  // namespace dwmtj
