// SPDX-License-Identifier: Apache-2.0
#include "app/sweep_run.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "app/simulator.h"
#include "app/sweep_point.h"
#include "common/complain.h"
#include "common/disk_full_error.h"
#include "common/input_error.h"
#include "common/interrupt.h"
#include "common/progress_bar.h"
#include "common/run_folder.h"
#include "sweep/engine.h"
#include "sweep/process_pool.h"

namespace dwmtj {
namespace {

// Somebody wanted the process to end; any other signal is a fault of the point.
bool is_kill(int signal) {
  const std::set<int> kills = {SIGKILL, SIGTERM, SIGINT, SIGHUP};
  return kills.count(signal) > 0;
}

void count(const ProcessEnd& end, const SweepFolder& folder, SweepCounts& counts) {
  if (end.signal != 0 && is_kill(end.signal)) {
    if (!interrupted()) complain(fmt::format("point {} was killed; it will run again", end.item));
    ++counts.killed;
  } else if (end.signal != 0) {
    record_crash(folder, end.item, end.signal);
    ++counts.failed;
  } else if (end.status == 0) {
    ++counts.done;
  } else if (end.status == kPointElsewhere) {
    ++counts.elsewhere;
  } else if (end.status == kDiskFullStatus) {
    counts.disk_full = true;
  } else if (end.status != kInterruptedStatus) {
    ++counts.failed;
  }
}

// What one takes, from some of those that are done.
double seconds_a_point(const SweepFolder& folder, const SweepPlan& plan) {
  constexpr std::size_t kEnough = 100;
  std::size_t found = 0;
  double seconds = 0.0;
  const auto states = folder.scan().states;
  for (std::size_t point = 0; point < states.size() && found < kEnough; ++point) {
    if (states[point] != SweepFolder::State::done) continue;
    seconds += read_record(folder.done(point)).seconds;
    ++found;
  }
  return found == 0 ? plan.duration : seconds / static_cast<double>(found);
}

}  // namespace

SweepCounts run_here(const Expansion& expansion, const SweepFolder& folder,
                     const std::vector<std::size_t>& points, const SweepOptions& options) {
  const auto cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const PointOptions each{options.figures, std::max(1, cores / options.jobs)};
  const KnownCommands known;  // once for all
  SweepCounts counts;
  ProgressBar bar("sweep", points.size(), "points/s");
  counts.complete = for_each_in_processes(
      points, options.jobs,
      [&](std::size_t point) { return run_point(expansion, folder, point, each, known); },
      [&](const ProcessEnd& end) {
        count(end, folder, counts);
        bar.advance();
        return !counts.disk_full;
      });
  return counts;
}

void hand_over(const Expansion& expansion, const SweepFolder& folder,
               const std::vector<std::size_t>& points, const SweepOptions& options) {
  const auto engine = Engine::load(options.engine);
  const double seconds = seconds_a_point(folder, expansion.plan());
  if (options.chunk == 0 && seconds == 0.0) {
    complain(
        "no point is done yet, so each is a task; 'duration' in the plan, or --chunk, says more");
  }
  const auto chunk = options.chunk == 0 ? chunk_of(seconds) : options.chunk;
  const auto script = write_job(engine, {beside_this("dwmtj").string(), folder.path() / "plan.yaml",
                                         folder.path(), points, chunk});
  const auto line = "sh " + shell_line({script.string()});
  fmt::print("{} points for {}; their scripts are in {}\n", points.size(), engine.title,
             script.parent_path().string());
  if (!options.submit) {
    fmt::print("submit them by\n  {}\n", line);
    return;
  }
  std::fflush(stdout);
  if (std::system(line.c_str()) != 0) throw InputError(fmt::format("'{}' has failed", line));
}

}  // namespace dwmtj
