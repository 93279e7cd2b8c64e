// SPDX-License-Identifier: Apache-2.0
// What `dwmtj sweep` is asked for.
#pragma once

#include <string>

#include <CLI/App.hpp>

namespace dwmtj {

struct SweepOptions {
  std::string plan;
  std::string out;  // empty: as the plan says
  std::string engine = "local";
  std::string points;     // only these
  std::string plot;       // x=rows,y=energy,colour=columns
  std::string pareto;     // energy,latency
  int jobs;               // side by side, of the local engine
  std::size_t chunk = 0;  // points a task; 0: as many as take ten seconds
  bool list = false;
  bool submit = false;
  bool collect = false;
  bool retry_failed = false;
  bool prune = false;
  bool figures = false;

  SweepOptions();
};

void add_sweep_options(CLI::App& command, SweepOptions& options);

}  // namespace dwmtj
