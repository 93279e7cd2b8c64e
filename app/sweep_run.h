// SPDX-License-Identifier: Apache-2.0
// The points of a sweep that are missing, run on this machine or handed to a cluster.
#pragma once

#include "app/sweep_options.h"
#include "sweep/sweep_folder.h"

namespace dwmtj {

struct SweepCounts {
  std::size_t done = 0;
  std::size_t failed = 0;
  std::size_t elsewhere = 0;  // another process is at them
  std::size_t killed = 0;     // by somebody; they are as if they had not been started
  bool complete = false;      // nothing has stopped it
  bool disk_full = false;
};

// Runs them in processes of their own, side by side.
SweepCounts run_here(const Expansion& expansion, const SweepFolder& folder,
                     const std::vector<std::size_t>& points, const SweepOptions& options);

// Writes the scripts of a cluster's job, and submits it or prints how.
void hand_over(const Expansion& expansion, const SweepFolder& folder,
               const std::vector<std::size_t>& points, const SweepOptions& options);

}  // namespace dwmtj
