// SPDX-License-Identifier: Apache-2.0
// One point of a sweep, run in this process, from an empty folder to a finished one.
#pragma once

#include "app/entry.h"
#include "sweep/sweep_folder.h"

namespace dwmtj {

struct PointOptions {
  bool figures = false;  // draw them
  int threads = 1;
};

// What becomes of a point besides the status of its command.
inline constexpr int kPointFailed = 1;
inline constexpr int kPointElsewhere = 75;  // another process is at it (EX_TEMPFAIL)

// Runs it unless it is done; what it prints goes into its folder. 0: done; kPointFailed: it failed,
// and that is recorded; kPointElsewhere; and kDiskFullStatus and kInterruptedStatus, which leave it
// to be run again, from its checkpoint where the command has one.
int run_point(const Expansion& expansion, const SweepFolder& folder, std::size_t point,
              const PointOptions& options, const KnownCommands& known);

// Records the failure of a point whose process a signal has ended.
void record_crash(const SweepFolder& folder, std::size_t point, int signal);

}  // namespace dwmtj
