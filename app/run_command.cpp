// SPDX-License-Identifier: Apache-2.0
// `dwmtj run`: a testbench from a file on the pin-level tile, with or without waveforms.
#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/design_warnings.h"
#include "app/seed_option.h"
#include "app/set_option.h"
#include "app/simulator.h"
#include "app/state_options.h"
#include "app/systemc_main.h"
#include "app/waveform_arguments.h"
#include "arrays/state_file.h"
#include "common/complain.h"
#include "common/input_error.h"
#include "common/interrupt.h"
#include "common/output_file.h"
#include "common/run_folder.h"
#include "ledger/report.h"
#include "testbenches/effective_input.h"
#include "testbenches/scenario_report.h"
#include "testbenches/scenario_runner.h"

namespace dwmtj {
namespace {

constexpr int kNotAsExpectedStatus = 1;
const char* const kWaveformFile = "waveform.vcd";

struct RunOptions {
  std::string scenario;
  std::vector<std::string> overrides;
  WaveformArguments waveforms;
  std::uint64_t seed = 1;
  bool own_seed = false;
  std::string out;
  StateOptions states;
  bool quiet = false;
};

void list_scenarios(JsonObject& found) {
  std::vector<JsonObject> rows;
  fmt::print("{:<28} {}\n", "name", "title");
  for (const auto& name : scenario_names()) {
    const auto title = scenario_title(find_scenario(name));
    fmt::print("{:<28} {}\n", name, title);
    rows.emplace_back().set("name", name).set("title", title);
  }
  found.set("scenarios", rows);
}

// Before anything is read or written.
void check_waveforms(const WaveformArguments& waveforms, const RunOptions& options,
                     const Scenario& scenario) {
  if (!waveforms.any()) return;
  if (waveforms.file().empty() && options.out.empty()) {
    throw InputError("--trace: where to? give --vcd FILE, --fst FILE or --out DIR");
  }
  for (const auto& input : {scenario.file, scenario.tile.file, scenario.device.file,
                            std::filesystem::path(options.states.load)}) {
    check_not_input(waveforms.file(), input);
  }
}

std::filesystem::path waveform_file(const WaveformArguments& waveforms,
                                    const std::optional<RunFolder>& folder) {
  return waveforms.file().empty() ? folder->path() / kWaveformFile : waveforms.file();
}

// What can be said before the simulation, so that a folder that cannot be written is told early.
std::optional<RunFolder> open_folder(const RunOptions& options, const Scenario& scenario,
                                     const std::vector<std::string>& command) {
  if (options.out.empty()) return std::nullopt;
  RunFolder folder(options.out);
  folder.record_run(command, scenario.seed);
  write_effective_input(folder, scenario);
  return folder;
}

void write_results(const RunFolder& folder, const Scenario& scenario, const ScenarioResult& result,
                   const Ledger& ledger, const std::string& text) {
  folder.write("commands.csv", commands_csv(scenario, result));
  folder.write("report.txt", text);
  folder.write("report.csv", report_csv(ledger));
  folder.write("report.json", report_json(ledger));
}

void tell_about_waveforms(const std::filesystem::path& file, const ScenarioResult& result,
                          std::FILE* console) {
  fmt::print(console, "waveforms in {}\n", file.string());
  std::fflush(console);
  if (!result.has_waveforms) complain("--trace: no signal matches");
}

int status_of(const ScenarioResult& result) {
  if (result.interrupted) return kInterruptedStatus;
  return result.passed() ? 0 : kNotAsExpectedStatus;
}

JsonObject json_of(const Scenario& scenario, const ScenarioResult& result, const Ledger& ledger) {
  std::vector<std::string> mismatches = result.problems;
  for (const auto& command : result.commands) {
    if (!command.mismatch.empty()) mismatches.push_back(command.mismatch);
  }
  JsonObject found;
  found.set("scenario", scenario.name)
      .set("seed", scenario.seed)
      .set("passed", result.passed())
      .set("commands", result.commands.size())
      .set("pulses", result.pulses)
      .set("end_ps", result.end)
      .set("unexpected", mismatches);
  found.set_json("account", report_json(ledger));
  return found;
}

int run_scenario(const RunOptions& options, const CommandLine& line) {
  std::optional<std::uint64_t> seed;
  if (options.own_seed) seed = options.seed;
  const auto scenario = Scenario::load(find_scenario(options.scenario), seed,
                                       ParameterOverrides(options.overrides), options.states.load);
  const auto saved = open_states(options.states);
  const auto& waveforms = options.waveforms;
  const auto shown = waveform_options(waveforms);
  check_waveforms(waveforms, options, scenario);
  auto folder = open_folder(options, scenario, line.words);
  std::optional<WaveformRequest> request;
  if (waveforms.any()) request = {waveform_file(waveforms, folder), shown};
  warn_of_design(scenario.tile, DeviceModel(scenario.device),
                 {scenario.shape.rows, scenario.shape.columns});
  ScenarioRunner runner(scenario, request);
  const auto result = runner.run();
  const auto text = fmt::format("{}: {}, seed {}\n\n{}\n{}", scenario.name, scenario.title,
                                scenario.seed, options.quiet ? "" : commands_text(scenario, result),
                                summary_text(scenario, result, runner.ledger()));
  if (folder) {
    write_results(*folder, scenario, result, runner.ledger(), text);
    folder->commit();
  }
  std::FILE* const console = console_beside(waveforms.file());
  fmt::print(console, "{}", text);
  if (folder) fmt::print(console, "results in {}\n", folder->path().string());
  if (saved && !result.interrupted) {
    const DeviceModel device(scenario.device);
    write_states({device, scenario.shape, scenario.seed, 1}, {result.state}, *saved);
    saved->commit();
    fmt::print(console, "states in {}\n", options.states.save);
  }
  if (request) tell_about_waveforms(waveform_file(waveforms, folder), result, console);
  *line.found = json_of(scenario, result, runner.ledger());
  return status_of(result);
}

// Without a scenario there is but a list, as text or as JSON.
bool has_options(const std::vector<std::string>& words) {
  return words.size() > 3 || (words.size() == 3 && words.back() != "--json");
}

}  // namespace

void add_run_command(CLI::App& app, const CommandLine& line) {
  auto* const command = app.add_subcommand("run", kRunDescription);
  const auto options = std::make_shared<RunOptions>();
  command->add_option("scenario", options->scenario,
                      "A scenario that comes with the project, or a .yaml file");
  add_set_option(*command, options->overrides, "scenario");
  add_waveform_options(*command, options->waveforms);
  auto* const seed = add_seed_option(*command, options->seed)->default_str("the scenario's");
  command->add_option("--out", options->out, "Output folder for tables, reports and the input");
  add_state_options(*command, options->states);
  command->add_flag("--quiet", options->quiet, "Leave the table of commands out");
  command->footer(
      "Examples:\n"
      "  dwmtj run\n"
      "  dwmtj run write-verify-trapezoidal --vcd wave.vcd\n"
      "  dwmtj run random-pattern-straight --seed 7 --out results/pattern\n"
      "  dwmtj run my-scenario.yaml --vcd row1.vcd --trace 'tile0.array.row1.*' --trace-to 5us");
  line.tell_sweeps(*command, {"report.json", [options] {
                                Scenario::load(find_scenario(options->scenario), std::nullopt,
                                               ParameterOverrides(options->overrides));
                              }});
  command->callback([options, line, seed] {
    options->own_seed = seed->count() > 0;
    if (!options->scenario.empty()) {
      run_in_systemc([&] { *line.status = run_scenario(*options, line); });
    } else if (has_options(line.words)) {
      throw InputError("run: no scenario given; put it before the options");
    } else {
      list_scenarios(*line.found);
    }
  });
}

}  // namespace dwmtj
