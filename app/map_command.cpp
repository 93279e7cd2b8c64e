// SPDX-License-Identifier: Apache-2.0
// `dwmtj map`: which layer of a network sits on which core (docs/app/map.md).
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/figures.h"
#include "app/figures_option.h"
#include "app/network_argument.h"
#include "app/simulator.h"
#include "common/run_folder.h"
#include "mapping/mapping_report.h"

namespace dwmtj {
namespace {

struct MapOptions {
  NetworkArgument argument;
  MappingChoices choices;
  std::string out;
  bool figures = true;
};

void write_results(const MapOptions& options, const MappedNetwork& mapped,
                   const std::vector<std::string>& command) {
  RunFolder folder(options.out);
  folder.protect(options.argument.file.network);
  folder.record_run(command, 0);
  folder.write("architecture.yaml", mapped.architecture.effective_text);
  write_mapping(folder, mapped.network, mapped.mapping);
  if (options.figures) draw_figures("mapping.py", folder.path());
  folder.commit();
}

int run_map(const MapOptions& options, const CommandLine& line) {
  const auto mapped = map_argument(options.argument, options.choices);
  if (!options.out.empty()) write_results(options, mapped, line.words);
  fmt::print("{}", mapping_text(mapped.network, mapped.mapping));
  if (!options.out.empty()) fmt::print("results in {}\n", options.out);
  line.found->set_json("mapping", mapping_json(mapped.network, mapped.mapping));
  return 0;
}

}  // namespace

void add_map_command(CLI::App& app, const CommandLine& line) {
  auto* const command = app.add_subcommand("map", kMapDescription);
  const auto options = std::make_shared<MapOptions>();
  add_network_argument(*command, options->argument);
  add_cell_options(*command, options->choices);
  command->add_option("--out", options->out, "Output folder for tables and a figure");
  add_figures_option(*command, options->figures);
  command->footer("Example:\n  dwmtj map net.onnx --arch isaac-ce --out results/map");
  line.tell_sweeps(*command, {"", [options] { check_network(options->argument); }});
  command->callback([options, line] { *line.status = run_map(*options, line); });
}

}  // namespace dwmtj
