// SPDX-License-Identifier: Apache-2.0
// `dwmtj run`: a testbench from a file on the pin-level tile, with or without waveforms.
#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/quantity_option.h"
#include "app/seed_option.h"
#include "app/set_option.h"
#include "app/simulator.h"
#include "app/systemc_main.h"
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
  std::string vcd;
  std::string fst;
  bool text_states = false;
  std::vector<std::string> globs;
  Time from = 0.0 * si::seconds;
  std::optional<Time> to;
  std::uint64_t seed = 1;
  bool own_seed = false;
  std::string out;
  bool quiet = false;
};

void list_scenarios() {
  fmt::print("{:<28} {}\n", "name", "title");
  for (const auto& name : scenario_names()) {
    fmt::print("{:<28} {}\n", name, scenario_title(find_scenario(name)));
  }
}

std::filesystem::path named_file(const RunOptions& options) {
  return options.fst.empty() ? options.vcd : options.fst;
}

bool asks_for_waveforms(const RunOptions& options) {
  return !named_file(options).empty() || !options.globs.empty() || options.text_states ||
         options.to || options.from > 0.0 * si::seconds;
}

void check_window(const RunOptions& options) {
  const auto fits = [](Time time) { return time >= 0.0 * si::seconds && time < 1e6 * si::seconds; };
  if (!fits(options.from)) throw InputError("--trace-from: expected 0 s to 1000000 s");
  if (options.to && !fits(*options.to)) throw InputError("--trace-to: expected 0 s to 1000000 s");
  if (options.to && *options.to < options.from) throw InputError("--trace-to: before --trace-from");
}

// Before anything is read or written.
void check_waveforms(const RunOptions& options, const Scenario& scenario) {
  if (!asks_for_waveforms(options)) return;
  if (named_file(options).empty() && options.out.empty()) {
    throw InputError("--trace: where to? give --vcd FILE, --fst FILE or --out DIR");
  }
  check_window(options);
  for (const auto& input : {scenario.file, scenario.tile.file, scenario.device.file}) {
    check_not_input(named_file(options), input);
  }
}

std::filesystem::path waveform_file(const RunOptions& options,
                                    const std::optional<RunFolder>& folder) {
  const auto file = named_file(options);
  return file.empty() ? folder->path() / kWaveformFile : file;
}

std::optional<WaveformRequest> waveforms_of(const RunOptions& options,
                                            const std::optional<RunFolder>& folder) {
  if (!asks_for_waveforms(options)) return std::nullopt;
  WaveformRequest waveforms{waveform_file(options, folder), {}};
  auto& chosen = waveforms.options;
  if (!options.fst.empty()) chosen.format = WaveformFormat::fst;
  chosen.text_labels = options.text_states;
  if (!options.globs.empty()) chosen.globs = options.globs;
  chosen.from_ps = to_picoseconds(options.from);
  if (options.to) chosen.to_ps = to_picoseconds(*options.to);
  return waveforms;
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

// Where waveforms go to the standard output, what is told goes elsewhere.
std::FILE* console_beside(const std::filesystem::path& waveforms) {
  const bool taken =
      is_same_file(waveforms, "/dev/stdout") && !is_same_file(waveforms, "/dev/null");
  return taken ? stderr : stdout;
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

int run_scenario(const RunOptions& options, const std::vector<std::string>& command) {
  std::optional<std::uint64_t> seed;
  if (options.own_seed) seed = options.seed;
  const auto scenario =
      Scenario::load(find_scenario(options.scenario), seed, ParameterOverrides(options.overrides));
  check_waveforms(options, scenario);
  auto folder = open_folder(options, scenario, command);
  const auto waveforms = waveforms_of(options, folder);
  ScenarioRunner runner(scenario, waveforms);
  const auto result = runner.run();
  const auto text = fmt::format("{}: {}, seed {}\n\n{}\n{}", scenario.name, scenario.title,
                                scenario.seed, options.quiet ? "" : commands_text(scenario, result),
                                summary_text(scenario, result, runner.ledger()));
  if (folder) {
    write_results(*folder, scenario, result, runner.ledger(), text);
    folder->commit();
  }
  std::FILE* const console = console_beside(named_file(options));
  fmt::print(console, "{}", text);
  if (folder) fmt::print(console, "results in {}\n", folder->path().string());
  if (waveforms) tell_about_waveforms(waveform_file(options, folder), result, console);
  return status_of(result);
}

void add_waveform_options(CLI::App& command, RunOptions& options) {
  const CLI::Validator named(
      [](const std::string& file) { return file.empty() ? "expected the name of a file" : ""; },
      "");
  auto* const vcd =
      command.add_option("--vcd", options.vcd, "Write waveforms to this file, or FIFO")
          ->check(named);
  command.add_option("--fst", options.fst, "The same in GTKWave's compressed format")
      ->check(named)
      ->excludes(vcd);
  command.add_flag("--text-states", options.text_states,
                   "States and commands as texts, which GTKWave alone reads in a VCD");
  command.add_option("--trace", options.globs,
                     "Only signals that match one of these shell patterns ['*']");
  add_quantity(command, "--trace-from", options.from, "Waveforms from this time on [0 s]");
  add_quantity_option(
      command, "--trace-to", Dimension::time,
      [&options](double value) { options.to = from_si<Time>(value); },
      "Waveforms up to this time [the end]");
}

}  // namespace

void add_run_command(CLI::App& app, const CommandLine& line) {
  auto* const command = app.add_subcommand("run", kRunDescription);
  const auto options = std::make_shared<RunOptions>();
  command->add_option("scenario", options->scenario,
                      "A scenario that comes with the project, or a .yaml file");
  add_set_option(*command, options->overrides, "scenario");
  add_waveform_options(*command, *options);
  auto* const seed = add_seed_option(*command, options->seed)->default_str("the scenario's");
  command->add_option("--out", options->out, "Output folder for tables, reports and the input");
  command->add_flag("--quiet", options->quiet, "Leave the table of commands out");
  command->footer(
      "Examples:\n"
      "  dwmtj run\n"
      "  dwmtj run write-verify-trapezoidal --vcd wave.vcd\n"
      "  dwmtj run random-pattern-straight --seed 7 --out results/pattern\n"
      "  dwmtj run my-scenario.yaml --vcd row1.vcd --trace 'tile0.array.row1.*' --trace-to 5us");
  command->callback([options, line, seed] {
    options->own_seed = seed->count() > 0;
    if (!options->scenario.empty()) {
      run_in_systemc([&] { *line.status = run_scenario(*options, line.words); });
    } else if (line.words.size() > 2) {
      throw InputError("run: no scenario given; put it before the options");
    } else {
      list_scenarios();
    }
  });
}

}  // namespace dwmtj
