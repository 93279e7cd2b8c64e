// SPDX-License-Identifier: Apache-2.0
// What `dwmtj sweep` leaves beside its points: the plan, the table, figures of it.
#pragma once

#include "app/sweep_options.h"
#include "common/run_folder.h"
#include "sweep/results_table.h"

namespace dwmtj {

// plan.yaml: tasks of a cluster go by it, whatever becomes of the original.
void keep_plan(const SweepPlan& plan, const RunFolder& folder);

// table.csv and table.db.
ResultsTable write_table(const Expansion& expansion, const SweepFolder& folder);

// plot.png and pareto.png (and .svg), and pareto.csv, as asked for. Throws InputError: no such
// column.
void draw(const ResultsTable& table, const std::filesystem::path& folder,
          const SweepOptions& options);

}  // namespace dwmtj
