// SPDX-License-Identifier: Apache-2.0
// `dwmtj replay`: one command trace on the pin-level, the transaction-level or the bulk view of
// tiles, or on all three to see that they agree (docs/app/replay.md).
#include <algorithm>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/commands.h"
#include "app/design_warnings.h"
#include "app/quantity_option.h"
#include "app/replay_views.h"
#include "app/seed_option.h"
#include "app/set_option.h"
#include "app/simulator.h"
#include "app/systemc_main.h"
#include "common/complain.h"
#include "common/effective_file.h"
#include "common/input_error.h"
#include "common/interrupt.h"
#include "common/output_file.h"
#include "common/run_folder.h"
#include "common/sim_time.h"
#include "common/version.h"
#include "ledger/report.h"
#include "replay/compare.h"
#include "replay/replay.h"
#include "replay/replay_report.h"
#include "tile/effective_tile.h"

namespace dwmtj {
namespace {

constexpr int kDisagreeStatus = 1;
constexpr int kStuckStatus = 1;
constexpr int kMostRows = 1024;
constexpr int kMostTiles = 4096;
const std::vector<std::string> kViews = {"pins", "tlm", "bulk", "all"};
const std::vector<std::string> kTimings = {"at", "lt"};

std::vector<std::string> compare(const std::vector<ViewOutcome>& views) {
  std::vector<std::string> lines;
  for (std::size_t i = 1; i < views.size(); ++i) {
    const auto compared = views[i].view == "chip" ? differences_at_tiles : differences;
    for (const auto& line : compared(views[0].outcome, views[i].outcome)) {
      lines.push_back(fmt::format("{} and {}: {}", views[0].view, views[i].view, line));
    }
  }
  return lines;
}

void save_states(OutputFile& file, const ReplayInput& input, const ReplayOutcome& outcome) {
  std::vector<TileState> states;
  for (const auto& tile : outcome.tiles) states.push_back(tile.state);
  write_states(input.owner(), states, file);
  file.commit();
}

std::string heading(const ReplayOptions& options, const ReplayInput& input) {
  std::size_t commands = 0;
  for (const auto& tile : input.tiles()) commands += tile.entries.size();
  return fmt::format("{}: {} commands for {}, seed {}\n\n", options.trace, commands,
                     input.description(), options.seed);
}

bool was_interrupted(const std::vector<ViewOutcome>& views) {
  return std::any_of(views.begin(), views.end(),
                     [](const auto& view) { return view.outcome.interrupted; });
}

// Views that were stopped midway have not come equally far.
std::string verdict(const std::vector<ViewOutcome>& views, const std::vector<std::string>& lines) {
  if (was_interrupted(views)) return "\ninterrupted\n";
  if (views.size() < 2) return {};
  if (lines.empty()) return "\nviews agree\n";
  return fmt::format("\nviews differ:\n  {}\n", fmt::join(lines, "\n  "));
}

// The parameter files of all that is simulated, by name.
std::map<std::string, std::string> effective_input(const ReplayInput& input) {
  auto files = effective_tile(input.parameters(), input.device().parameters());
  if (const auto& chip = input.chip()) {
    files["architecture.yaml"] =
        effective_file(chip->effective, chip->file, {{"tiles.tile", kEffectiveTile}});
  }
  return files;
}

// What can be said before the simulation, so that a folder that cannot be written is told early.
std::optional<RunFolder> open_folder(const ReplayOptions& options, const ReplayInput& input,
                                     const std::vector<std::string>& command) {
  if (options.out.empty()) return std::nullopt;
  RunFolder folder(options.out);
  folder.record_run(command, options.seed);
  input.keep_trace(folder);
  for (const auto& [name, text] : effective_input(input)) folder.write(name, text);
  return folder;
}

void write_results(const RunFolder& folder, const ReplayInput& input, const ReplayOutcome& outcome,
                   const Ledger& ledger, const std::string& text) {
  OutputFile commands(folder.path() / "commands.csv");
  write_commands_csv(input.tiles(), outcome, commands);
  commands.commit();
  folder.write("report.txt", text);
  folder.write("report.csv", report_csv(ledger));
  folder.write("report.json", report_json(ledger));
}

RecordingInfo recording_info(const ReplayOptions& options, const ReplayInput& input,
                             const std::vector<std::string>& command) {
  RecordingInfo info;
  for (const auto& [name, text] : effective_input(input)) {
    if (std::filesystem::path(name).extension() == ".yaml") info[name] = text;
  }
  info["command_line"] = shell_line(command);
  info["seed"] = std::to_string(options.seed);
  info["version"] = kVersion;
  return info;
}

JsonObject json_of(const std::vector<ViewOutcome>& views, const std::vector<std::string>& lines,
                   const Ledger& ledger) {
  std::vector<std::string> names;
  names.reserve(views.size());
  for (const auto& view : views) names.push_back(view.view);
  JsonObject found;
  found.set("views", names).set("agree", lines.empty()).set("differences", lines);
  found.set_json("account", report_json(ledger));
  return found;
}

int run_replay(const ReplayOptions& options, const CommandLine& line) {
  const auto& command = line.words;
  const ReplayInput input(options);
  const auto saved = open_states(options.states);
  auto folder = open_folder(options, input, command);
  RecordedFiles record(options.record, recording_info(options, input, command));
  const auto waveforms = waveforms_of(options.zoom, options.seed);
  ReplayViews modules(options, input, record.recording(), waveforms.get());
  record.check_streams();
  const auto& shape = input.tiles().front().options.shape;
  warn_of_design(input.parameters(), input.device(), {shape.rows, shape.columns});
  const auto views = modules.run();
  const auto lines = compare(views);
  // A chip's accounts hold more than the tiles'.
  const auto& shown = (input.chip() ? views.back() : views.front()).outcome;
  const Ledger ledger = shown.ledger();
  auto text = heading(options, input) + view_table_head();
  for (const auto& view : views) text += view_table_line(view.view, view.outcome);
  text += clipped_text(views.front().outcome);
  text += verdict(views, lines) + '\n' + report_text(ledger);
  if (folder) {
    write_results(*folder, input, shown, ledger, text);
    if (options.power_window) folder->write("power.csv", modules.power_csv());
    folder->commit();
  }
  std::FILE* const console = console_beside(options.zoom.waveforms.file());
  fmt::print(console, "{}", text);
  if (folder) fmt::print(console, "results in {}\n", folder->path().string());
  record.finish(now_ps());
  if (waveforms) waveforms->close(now_ps());
  *line.found = json_of(views, lines, ledger);
  if (was_interrupted(views)) return kInterruptedStatus;
  if (saved && lines.empty()) {
    save_states(*saved, input, views.front().outcome);
    fmt::print(console, "states in {}\n", options.states.save);
  }
  return lines.empty() ? 0 : kDisagreeStatus;
}

// A simulation that hangs is no mistake of whoever typed the command, nor of this program.
int status_of_replay(const ReplayOptions& options, const CommandLine& line) {
  try {
    return run_replay(options, line);
  } catch (const ReplayStuck& error) {
    complain(error.what());
    return kStuckStatus;
  }
}

void check_times(const ReplayOptions& options) {
  if (options.quantum < 0.0 * si::seconds || options.quantum > 1.0 * si::seconds) {
    throw InputError("--quantum: expected 0 s to 1 s");
  }
  if (!options.power_window) return;
  if (*options.power_window < 1e-12 * si::seconds) {
    throw InputError("--power-window: expected at least 1 ps");
  }
  if (options.out.empty()) throw InputError("--power-window: give --out, where power.csv goes");
}

void check_record(const ReplayOptions& options) {
  check(options.record);
  if (options.record.files.empty() || options.view == "tlm" || options.view == "all") return;
  throw InputError(fmt::format("--record: the {} view has no transactions; give --view tlm or all",
                               options.view));
}

void check_zoom(const ReplayOptions& options) {
  if (options.zoom.tiles.empty() && !options.zoom.waveforms.any()) return;
  if (options.architecture.empty() || options.view == "bulk" || options.view == "pins") {
    throw InputError("--zoom, --vcd: of a chip's tiles: give --arch, and --view tlm or all");
  }
}

void add_shape_options(CLI::App& command, ReplayOptions& options) {
  auto* const chip =
      command.add_option("--arch", options.architecture,
                         "A chip of the catalog or a .yaml file: tiles and what joins them");
  const auto without_chip = [&](CLI::Option* option) {
    option->capture_default_str()->excludes(chip);
    return option;
  };
  without_chip(command.add_option("--tile", options.tile, "A tile of the catalog or a .yaml file"));
  without_chip(command.add_option("--rows", options.rows, "Rows of each tile"))
      ->check(CLI::Range(1, kMostRows));
  without_chip(command.add_option("--columns", options.columns, "Columns of pairs of each tile"))
      ->check(CLI::Range(1, kMostRows));
  without_chip(
      command.add_option("--tiles", options.tiles, "Tiles: the trace names tile0 to the last"))
      ->check(CLI::Range(1, kMostTiles));
  add_quantity_option(
      command, "--power-window", Dimension::time,
      [&options](double value) { options.power_window = from_si<Time>(value); },
      "With --arch and --out: power.csv, a line a window")
      ->needs(chip);
}

}  // namespace

void add_replay_command(CLI::App& app, const CommandLine& line) {
  auto* const command = app.add_subcommand("replay", kReplayDescription);
  const auto options = std::make_shared<ReplayOptions>();
  command->add_option("trace", options->trace, "A command trace, plain or gzip")->required();
  command
      ->add_option("--view", options->view,
                   "pins, tlm, bulk, or all to compare the three [bulk; with --arch tlm]")
      ->check(CLI::IsMember(kViews));
  command->add_option("--timing", options->timing, "Of the tlm view: four phases or blocking calls")
      ->check(CLI::IsMember(kTimings))
      ->capture_default_str();
  add_quantity(*command, "--quantum", options->quantum,
               "How far a blocking initiator runs ahead [1 us]");
  add_shape_options(*command, *options);
  add_set_option(*command, options->overrides,
                 "architecture or tile (tile.KEY, device.KEY: of the tile's, its device's)");
  add_seed_option(*command, options->seed);
  command->add_option("--out", options->out, "Output folder for tables, reports and the input");
  add_record_options(*command, options->record);
  add_zoom_options(*command, options->zoom);
  add_state_options(*command, options->states);
  command->footer(
      "Examples:\n"
      "  dwmtj replay traces/examples/program-and-read.trace --view all --rows 4\n"
      "  dwmtj replay big.trace.gz --view tlm --timing lt --quantum 10us --tiles 16\n"
      "  dwmtj replay big.trace.gz --arch mesh-16 --out results/chip --power-window 1us\n"
      "  dwmtj replay my.trace --tile straight --rows 64 --columns 64 --out results/replay\n"
      "  dwmtj replay my.trace --view tlm --record my.db --record my.json --record-to 10us");
  line.tell_sweeps(*command, {"report.json", [options] { check_parameters(*options); }});
  command->callback([options, line] {
    if (options->view.empty()) options->view = options->architecture.empty() ? "bulk" : "tlm";
    check_times(*options);
    check_record(*options);
    check_zoom(*options);
    run_in_systemc([&] { *line.status = status_of_replay(*options, line); });
  });
}

}  // namespace dwmtj
