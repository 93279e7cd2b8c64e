// SPDX-License-Identifier: Apache-2.0
// `dwmtj map`: which layer of a network sits on which core (docs/app/map.md).
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/figures.h"
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
};

int run_map(const MapOptions& options, const std::vector<std::string>& command) {
  const auto mapped = map_argument(options.argument, options.choices);
  fmt::print("{}", mapping_text(mapped.network, mapped.mapping));
  if (options.out.empty()) return 0;
  const RunFolder folder(options.out);
  folder.record_run(command, 0);
  folder.write("architecture.yaml", mapped.architecture.effective_text);
  write_mapping(folder, mapped.network, mapped.mapping);
  draw_figures("mapping.py", folder.path());
  fmt::print("results in {}\n", folder.path().string());
  return 0;
}

}  // namespace

void add_map_command(CLI::App& app, const CommandLine& line) {
  auto* const command = app.add_subcommand("map", kMapDescription);
  const auto options = std::make_shared<MapOptions>();
  add_network_argument(*command, options->argument);
  add_cell_options(*command, options->choices);
  command->add_option("--out", options->out, "Output folder for tables and a figure");
  command->footer("Example:\n  dwmtj map net.onnx --arch isaac-ce --out results/map");
  command->callback([options, line] { *line.status = run_map(*options, line.words); });
}

}  // namespace dwmtj
