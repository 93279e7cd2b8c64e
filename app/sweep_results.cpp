// SPDX-License-Identifier: Apache-2.0
#include "app/sweep_results.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/figures.h"
#include "common/file_text.h"
#include "common/input_error.h"
#include "common/output_file.h"
#include "sweep/pareto.h"

namespace dwmtj {
namespace {

const char* const kScript = "sweep.py";

// "x=rows,y=energy" with the columns' whole names.
std::string plot_words(const ResultsTable& table, const std::string& text) {
  std::string words;
  for (std::size_t start = 0; start <= text.size();) {
    const auto comma = std::min(text.find(',', start), text.size());
    const auto part = text.substr(start, comma - start);
    const auto equals = part.find('=');
    const auto role = part.substr(0, equals);
    if (equals == std::string::npos || (role != "x" && role != "y" && role != "colour")) {
      throw InputError(
          fmt::format("--plot: '{}': expected x=COLUMN, y=COLUMN or colour=COLUMN", part));
    }
    const auto column = table.column("--plot", part.substr(equals + 1));
    words += fmt::format("{}{}={}", words.empty() ? "" : ",", role, table.columns()[column]);
    start = comma + 1;
  }
  return words;
}

std::string pareto_words(const ResultsTable& table, const std::vector<Objective>& objectives) {
  std::string words;
  for (const auto& [column, most] : objectives) {
    words += fmt::format("{}{}:{}", words.empty() ? "" : ",", most ? "max" : "min",
                         table.columns()[column]);
  }
  return words;
}

}  // namespace

void keep_plan(const SweepPlan& plan, const RunFolder& folder) {
  const auto copy = folder.path() / "plan.yaml";
  if (!is_same_file(plan.file, copy)) write_file(copy, text_of_file(plan.file));
}

ResultsTable write_table(const Expansion& expansion, const SweepFolder& folder) {
  auto table = ResultsTable::collect(expansion, folder);
  write_file(folder.path() / "table.csv", table.csv());
  table.write_database(folder.path() / "table.db");
  return table;
}

void draw(const ResultsTable& table, const std::filesystem::path& folder,
          const SweepOptions& options) {
  if (!options.plot.empty()) {
    draw_figures(kScript, folder, {"--plot", plot_words(table, options.plot)});
  }
  if (options.pareto.empty()) return;
  const auto objectives = parse_objectives(table, options.pareto);
  const auto front = pareto_front(table, objectives);
  write_file(folder / "pareto.csv", table.csv(front));
  fmt::print("{} points are on the front\n", front.size());
  draw_figures(kScript, folder, {"--pareto", pareto_words(table, objectives)});
}

}  // namespace dwmtj
