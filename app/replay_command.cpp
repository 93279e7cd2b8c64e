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
#include "app/quantity_option.h"
#include "app/record_options.h"
#include "app/seed_option.h"
#include "app/simulator.h"
#include "app/systemc_main.h"
#include "core/input_error.h"
#include "core/interrupt.h"
#include "core/run_folder.h"
#include "core/version.h"
#include "kernel/sim_time.h"
#include "ledger/report.h"
#include "replay/compare.h"
#include "replay/effective_tile.h"
#include "replay/replay.h"
#include "replay/replay_report.h"
#include "traces/trace_reader.h"

namespace dwmtj {
namespace {

constexpr int kDisagreeStatus = 1;
constexpr int kStuckStatus = 1;
constexpr int kMostRows = 1024;
constexpr int kMostTiles = 4096;
constexpr std::int64_t kMostDevices = 100'000'000;  // some GB in each view
const std::vector<std::string> kViews = {"pins", "tlm", "array", "all"};
const std::vector<std::string> kTimings = {"at", "lt"};

struct Options {
  std::string trace;
  std::string view = "array";
  std::string timing = "at";
  Time quantum = 1e-6 * si::seconds;
  std::string tile = "trapezoidal";
  int rows = 8;
  int columns = 8;
  int tiles = 1;
  std::uint64_t seed = 1;
  std::string out;
  RecordOptions record;
};

// The input of a replay, read and checked.
class Input {
 public:
  explicit Input(const Options& options);

  [[nodiscard]] const TileParameters& parameters() const { return parameters_; }
  [[nodiscard]] const DeviceParameters& device() const { return device_.parameters(); }
  [[nodiscard]] const std::vector<ReplayTile>& tiles() const { return tiles_; }

 private:
  TileParameters parameters_;
  DeviceModel device_;
  std::vector<ReplayTile> tiles_;
};

void check_size(const Options& options) {
  const auto devices = std::int64_t{2} * options.rows * options.columns * options.tiles;
  if (devices <= kMostDevices) return;
  throw InputError(fmt::format("--rows, --columns, --tiles: {} devices; expected at most {}",
                               devices, kMostDevices));
}

Input::Input(const Options& options)
    : parameters_(TileParameters::load(find_tile(options.tile))),
      device_(load_device_of(parameters_)) {
  check_size(options);
  parameters_.check_levels(device_);
  BulkTileOptions tile;
  tile.shape = {options.rows, options.columns};
  tile.seed = options.seed;
  auto entries = read_trace(options.trace, static_cast<std::uint32_t>(options.tiles));
  for (auto& of_tile : entries) {
    tiles_.push_back({&parameters_, &device_, tile, std::move(of_tile)});
  }
  number_instances(tiles_);
}

struct ViewOutcome {
  std::string view;
  ReplayOutcome outcome;
};

// The views that `options` ask for. Both views on the kernel share its one elaboration and run.
std::vector<ViewOutcome> replay(const Options& options, const std::vector<ReplayTile>& tiles,
                                RecordedFiles& record) {
  // Only side by side need modules a prefix; without, the ledger names plain tiles.
  const bool all = options.view == "all";
  const auto wanted = [&](const char* view) { return options.view == view || all; };
  std::optional<PinsReplay> pins;
  std::optional<TlmReplay> tlm;
  std::vector<const ReplayHost*> hosts;
  if (wanted("pins")) {
    pins.emplace(tiles, all ? "pins_" : "");
    hosts = pins->hosts();
  }
  if (wanted("tlm")) {
    tlm.emplace(tiles, TlmReplayOptions{options.timing == "lt" ? TlmTiming::lt : TlmTiming::at,
                                        options.quantum, all ? "tlm_" : "", record.recording()});
    for (const auto* const host : tlm->hosts()) hosts.push_back(host);
  }
  record.check_streams();
  run_to_the_end(hosts);
  std::vector<ViewOutcome> outcomes;
  if (wanted("array")) outcomes.push_back({"array", replay_array(tiles)});
  if (tlm) outcomes.push_back({"tlm", tlm->take_outcome()});
  if (pins) outcomes.push_back({"pins", pins->take_outcome()});
  return outcomes;
}

std::vector<std::string> compare(const std::vector<ViewOutcome>& views) {
  std::vector<std::string> lines;
  for (std::size_t i = 1; i < views.size(); ++i) {
    for (const auto& line : differences(views[0].outcome, views[i].outcome)) {
      lines.push_back(fmt::format("{} and {}: {}", views[0].view, views[i].view, line));
    }
  }
  return lines;
}

std::string heading(const Options& options, const Input& input) {
  std::size_t commands = 0;
  for (const auto& tile : input.tiles()) commands += tile.entries.size();
  return fmt::format("{}: {} commands for {} x {} x {} pairs ({}, device {}), seed {}\n\n",
                     options.trace, commands, options.tiles, options.rows, options.columns,
                     input.parameters().name, input.device().name, options.seed);
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

// What can be said before the simulation, so that a folder that cannot be written is told early.
std::optional<RunFolder> open_folder(const Options& options, const Input& input,
                                     const std::vector<std::string>& command) {
  if (options.out.empty()) return std::nullopt;
  RunFolder folder(options.out);
  for (const auto* const name : {"commands.csv", "report.txt", "report.csv", "report.json"}) {
    folder.remove(name);
  }
  folder.record_run(command, options.seed);
  folder.keep_copy(options.trace);
  write_effective_tile(folder, input.parameters(), input.device());
  return folder;
}

void write_results(const RunFolder& folder, const Input& input, const ReplayOutcome& outcome,
                   const Ledger& ledger, const std::string& text) {
  folder.write("commands.csv", commands_csv(input.tiles(), outcome));
  folder.write("report.txt", text);
  folder.write("report.csv", report_csv(ledger));
  folder.write("report.json", report_json(ledger));
}

RecordingInfo recording_info(const Options& options, const Input& input,
                             const std::vector<std::string>& command) {
  RecordingInfo info = effective_tile(input.parameters(), input.device());
  info["command_line"] = shell_line(command);
  info["seed"] = std::to_string(options.seed);
  info["version"] = kVersion;
  return info;
}

int run_replay(const Options& options, const std::vector<std::string>& command) {
  const Input input(options);
  const auto folder = open_folder(options, input, command);
  RecordedFiles record(options.record, recording_info(options, input, command));
  const auto views = replay(options, input.tiles(), record);
  const auto lines = compare(views);
  const auto& first = views.front().outcome;
  const Ledger ledger = first.ledger();
  auto text = heading(options, input) + view_table_head();
  for (const auto& view : views) text += view_table_line(view.view, view.outcome);
  text += verdict(views, lines) + '\n' + report_text(ledger);
  fmt::print("{}", text);
  if (folder) {
    write_results(*folder, input, first, ledger, text);
    fmt::print("results in {}\n", folder->path().string());
  }
  record.finish(now_ps());
  if (was_interrupted(views)) return kInterruptedStatus;
  return lines.empty() ? 0 : kDisagreeStatus;
}

// A simulation that hangs is no mistake of whoever typed the command, nor of this program.
int status_of_replay(const Options& options, const std::vector<std::string>& command) {
  try {
    return run_replay(options, command);
  } catch (const ReplayStuck& error) {
    fmt::print(stderr, "dwmtj: {}\n", error.what());
    return kStuckStatus;
  }
}

void check_quantum(const Options& options) {
  if (options.quantum >= 0.0 * si::seconds && options.quantum <= 1.0 * si::seconds) return;
  throw InputError("--quantum: expected 0 s to 1 s");
}

void check_record(const Options& options) {
  check(options.record);
  if (options.record.files.empty() || options.view == "tlm" || options.view == "all") return;
  throw InputError(fmt::format("--record: the {} view has no transactions; give --view tlm or all",
                               options.view));
}

void add_shape_options(CLI::App& command, Options& options) {
  command.add_option("--tile", options.tile, "A tile of the catalog or a .yaml file")
      ->capture_default_str();
  command.add_option("--rows", options.rows, "Rows of each tile")
      ->check(CLI::Range(1, kMostRows))
      ->capture_default_str();
  command.add_option("--columns", options.columns, "Columns of pairs of each tile")
      ->check(CLI::Range(1, kMostRows))
      ->capture_default_str();
  command.add_option("--tiles", options.tiles, "Tiles: the trace names tile0 to the last")
      ->check(CLI::Range(1, kMostTiles))
      ->capture_default_str();
}

}  // namespace

void add_replay_command(CLI::App& app, const CommandLine& line) {
  auto* const command = app.add_subcommand("replay", kReplayDescription);
  const auto options = std::make_shared<Options>();
  command->add_option("trace", options->trace, "A command trace, plain or gzip")->required();
  command->add_option("--view", options->view, "pins, tlm, array, or all to compare the three")
      ->check(CLI::IsMember(kViews))
      ->capture_default_str();
  command->add_option("--timing", options->timing, "Of the tlm view: four phases or blocking calls")
      ->check(CLI::IsMember(kTimings))
      ->capture_default_str();
  add_quantity(*command, "--quantum", options->quantum,
               "How far a blocking initiator runs ahead [1 us]");
  add_shape_options(*command, *options);
  add_seed_option(*command, options->seed);
  command->add_option("--out", options->out, "Output folder for tables, reports and the input");
  add_record_options(*command, options->record);
  command->footer(
      "Examples:\n"
      "  dwmtj replay traces/examples/program-and-read.trace --view all --rows 4\n"
      "  dwmtj replay big.trace.gz --view tlm --timing lt --quantum 10us --tiles 16\n"
      "  dwmtj replay my.trace --tile straight --rows 64 --columns 64 --out results/replay\n"
      "  dwmtj replay my.trace --view tlm --record my.db --record my.json --record-to 10us");
  command->callback([options, line] {
    check_quantum(*options);
    check_record(*options);
    run_in_systemc([&] { *line.status = status_of_replay(*options, line.words); });
  });
}

}  // namespace dwmtj
