// SPDX-License-Identifier: Apache-2.0
// `dwmtj estimate`: energy, latency and area of a network on an architecture
// (docs/app/estimate.md).
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/design_warnings.h"
#include "app/figures.h"
#include "app/figures_option.h"
#include "app/network_argument.h"
#include "app/quantity_option.h"
#include "app/record_options.h"
#include "app/seed_option.h"
#include "app/simulator.h"
#include "app/systemc_main.h"
#include "common/interrupt.h"
#include "common/run_folder.h"
#include "common/sim_time.h"
#include "common/version.h"
#include "estimation/estimate_report.h"
#include "ledger/report.h"
#include "mapping/mapping_report.h"

namespace dwmtj {
namespace {

constexpr std::int64_t kMostInBatch = 1'000'000;

struct EstimateCommandOptions {
  NetworkArgument argument;
  MappingChoices choices;
  EstimateOptions estimate;
  std::string out;
  bool figures = true;
  RecordOptions record;
};

std::optional<RunFolder> open_folder(const EstimateCommandOptions& options,
                                     const Architecture& architecture,
                                     const std::vector<std::string>& command) {
  if (options.out.empty()) return std::nullopt;
  RunFolder folder(options.out);
  folder.protect(options.argument.file.network);
  folder.record_run(command, options.estimate.seed);
  folder.write("architecture.yaml", architecture.effective_text);
  return folder;
}

void write_results(const EstimateCommandOptions& options, RunFolder& folder, const Network& network,
                   const Estimate& estimate) {
  folder.write("estimate.txt", estimate_text(estimate));
  folder.write("estimate.json", estimate_json(estimate));
  folder.write("layer_costs.csv", layer_costs_csv(estimate));
  folder.write("energy.csv", energy_csv(estimate));
  folder.write("cores.csv", cores_csv(estimate));
  folder.write("report.csv", report_csv(estimate.ledger));
  folder.write("report.json", report_json(estimate.ledger));
  write_mapping(folder, network, estimate.mapping);
  if (!estimate.power_csv.empty()) folder.write("power.csv", estimate.power_csv);
  if (options.figures) {
    draw_figures("estimate.py", folder.path());
    draw_figures("mapping.py", folder.path());
  }
  folder.commit();
}

RecordingInfo recording_info(const EstimateCommandOptions& options,
                             const Architecture& architecture,
                             const std::vector<std::string>& command) {
  return {{"architecture.yaml", architecture.effective_text},
          {"command_line", shell_line(command)},
          {"seed", std::to_string(options.estimate.seed)},
          {"version", kVersion}};
}

int run_estimate(EstimateCommandOptions& options, const CommandLine& line) {
  const auto& command = line.words;
  const auto mapped = map_argument(options.argument, options.choices);
  const auto& architecture = mapped.architecture;
  auto folder = open_folder(options, architecture, command);
  if (mapped.synapse) {
    const auto& shape = architecture.core.shape;
    warn_of_design(mapped.synapse->tile, mapped.synapse->device,
                   {shape.rows, shape.weights_per_row()});
  }
  RecordedFiles record(options.record, recording_info(options, architecture, command));
  options.estimate.recording = record.recording();
  const auto result = estimate(mapped, options.estimate);
  if (folder) write_results(options, *folder, mapped.network, result);
  fmt::print("{}", estimate_text(result));
  if (folder) fmt::print("results in {}\n", folder->path().string());
  record.finish(now_ps());
  line.found->set_json("estimate", estimate_json(result));
  return result.pipeline.interrupted ? kInterruptedStatus : 0;
}

}  // namespace

void add_estimate_command(CLI::App& app, const CommandLine& line) {
  auto* const command = app.add_subcommand("estimate", kEstimateDescription);
  const auto options = std::make_shared<EstimateCommandOptions>();
  add_network_argument(*command, options->argument);
  add_cell_options(*command, options->choices);
  command->add_option("--technology", options->estimate.technology,
                      "A row of Table 1: what programming would cost with it");
  command->add_option("--batch", options->estimate.batch, "Images, one after the other")
      ->check(CLI::Range(std::int64_t{1}, kMostInBatch))
      ->capture_default_str();
  command->add_flag("--every-image", options->estimate.every_image,
                    "Simulate the whole batch, though the time between images has settled");
  command->add_flag("--gate-idle-cores", options->estimate.gate_idle_cores,
                    "Cores without work leak nothing");
  add_quantity_option(
      *command, "--power-window", Dimension::time,
      [options](double value) { options->estimate.power_window = from_si<Time>(value); },
      "With --out: power.csv, a line a window");
  add_seed_option(*command, options->estimate.seed);
  command->add_option("--out", options->out, "Output folder for tables and reports");
  add_figures_option(*command, options->figures);
  add_record_options(*command, options->record);
  command->footer(
      "Examples:\n"
      "  dwmtj estimate net.onnx --arch isaac-ce\n"
      "  dwmtj estimate net.onnx --arch adc-multibit --bits 8 --batch 100 --out results/net");
  line.tell_sweeps(*command, {"estimate.json", [options] { check_network(options->argument); }});
  command->callback([options, line] {
    check(options->record);
    run_in_systemc([&] { *line.status = run_estimate(*options, line); });
  });
}

}  // namespace dwmtj
