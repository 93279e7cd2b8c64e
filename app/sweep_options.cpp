// SPDX-License-Identifier: Apache-2.0
#include "app/sweep_options.h"

#include <algorithm>
#include <thread>

#include <CLI/CLI.hpp>

namespace dwmtj {

SweepOptions::SweepOptions()
    : jobs(static_cast<int>(std::max(1U, std::thread::hardware_concurrency()))) {}

namespace {

void add_choice_of_points(CLI::App& command, SweepOptions& options) {
  auto* const list = command.add_flag("--list", options.list, "Print the points and run none");
  auto* const points =
      command.add_option("--point,--points", options.points, "Only these: 17, or 0-3,7");
  auto* const collect = command.add_flag("--collect", options.collect,
                                         "Make the table of what is there, run nothing");
  list->excludes(points)->excludes(collect);
  points->excludes(collect);
  command.add_flag("--retry-failed", options.retry_failed, "Also run what has failed before");
  command.add_flag("--prune", options.prune,
                   "Remove finished points that the plan does not have any more");
}

void add_engine(CLI::App& command, SweepOptions& options) {
  auto* const engine =
      command
          .add_option("--engine", options.engine,
                      "local, or a cluster's: slurm, lsf, sge, parallel, or a .yaml file")
          ->capture_default_str();
  command.add_flag("--submit", options.submit, "To that cluster; without it the line is printed")
      ->needs(engine);
  command.add_option("--chunk", options.chunk, "Points a task there [what takes 10 s]")
      ->check(CLI::Range(1, 1'000'000));
  command.add_option("--jobs", options.jobs, "Processes side by side, here [all cores]")
      ->check(CLI::Range(1, 1024));
}

}  // namespace

void add_sweep_options(CLI::App& command, SweepOptions& options) {
  command.add_option("plan", options.plan, "A plan: a .yaml file, such as those of plans/")
      ->required();
  command.add_option("--out", options.out, "Output folder [of the plan, or results/PLAN]");
  add_choice_of_points(command, options);
  add_engine(command, options);
  command.add_flag("--figures", options.figures, "Let each point draw its own figures");
  command.add_option("--plot", options.plot,
                     "Draw columns of the table: x=rows,y=energy,colour=columns");
  command.add_option("--pareto", options.pareto,
                     "Draw and list the points that no other beats in all of these columns: "
                     "energy,latency");
  command.footer(
      "Examples:\n"
      "  dwmtj sweep plans/first-look.yaml --pareto energy,interval\n"
      "  dwmtj sweep plans/first-look.yaml --list\n"
      "  dwmtj sweep my-plan.yaml --engine slurm --submit");
}

}  // namespace dwmtj
