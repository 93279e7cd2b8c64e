// SPDX-License-Identifier: Apache-2.0
// `dwmtj simulate`: a network with values on a simulated chip (docs/app/simulate.md).
#include <algorithm>
#include <memory>
#include <optional>
#include <set>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/data_arguments.h"
#include "app/design_warnings.h"
#include "app/figures.h"
#include "app/figures_option.h"
#include "app/onnx_argument.h"
#include "app/quantity_option.h"
#include "app/record_options.h"
#include "app/result_bits.h"
#include "app/seed_option.h"
#include "app/set_option.h"
#include "app/simulator.h"
#include "app/spare_columns_option.h"
#include "app/state_options.h"
#include "app/systemc_main.h"
#include "app/temperature_option.h"
#include "app/trace_window.h"
#include "app/zoom_options.h"
#include "architecture/chip_catalog.h"
#include "arrays/state_file.h"
#include "common/effective_file.h"
#include "common/index.h"
#include "common/input_error.h"
#include "common/interrupt.h"
#include "common/quantity_text.h"
#include "common/run_folder.h"
#include "common/sim_time.h"
#include "common/version.h"
#include "inference/drive_share.h"
#include "inference/ranges_file.h"
#include "ledger/report.h"
#include "simulation/bulk_comparison.h"
#include "simulation/simulation_report.h"
#include "tile/effective_tile.h"

namespace dwmtj {
namespace {

constexpr int kDisagreeStatus = 1;
constexpr std::int64_t kCalibrationImages = 100;
constexpr std::int64_t kDriveImages = 20;

struct SimulateOptions {
  OnnxArgument network;
  std::string chip;
  std::vector<std::string> overrides;
  DataArguments data;
  std::int64_t images = 10;
  std::optional<std::filesystem::path> calibration;
  TilingChoices choices;
  std::optional<int> result_bits;
  std::string timing = "at";
  Time quantum = 10e-6 * si::seconds;
  std::size_t in_flight = 0;
  bool compare = true;
  std::uint64_t seed = 1;
  std::string trace;
  StateOptions states;
  std::string out;
  RecordOptions record;
  ZoomOptions zoom;
  std::string window;  // of waveforms
  Time hold{};
  Temperature temperature = 300.0 * si::kelvin;
  bool refresh = false;
  bool gates = false;
  bool figures = true;
};

// Of the images that ranges are measured on: training images where there are some.
Split calibration_split(const DataArguments& data) {
  return has_images(data.folder, Split::training) ? Split::training : data.split;
}

ActivationRanges ranges_of(const SimulateOptions& options, const Network& network,
                           std::int64_t rows, int result_bits, const ImageSource& source) {
  if (options.calibration) return load_ranges(*options.calibration, network, rows, {});
  return measure_ranges(
      network, plan_forward(network), source,
      {std::min(kCalibrationImages, source.data().images()), rows, result_bits, {}});
}

TilingChoices choices_of(const SimulateOptions& options, const TileParameters& tile) {
  auto choices = options.choices;
  choices.reading.result_bits = result_bits_of(options.result_bits, tile, "--result-bits");
  return choices;
}

// What a simulation is made of, read and checked.
struct SimulateInput {
  explicit SimulateInput(const SimulateOptions& options)
      : network(load_network(options.network)),
        set(options.overrides),
        chip(ChipParameters::load(find_chip(options.chip), ParameterOverrides(set.named))),
        zoomed(zoomed_tiles(options.zoom, chip.tiles.count)),
        tile(TileParameters::load(chip.tiles.file, ParameterOverrides(set.tile))),
        device(tile.load_device(ParameterOverrides(set.device))),
        choices(choices_of(options, tile)),
        tiles(fitting_tiles(options)),
        states(states_of(options)),
        data(load_data_set(options.data.folder, options.data.split)),
        source(data, input_of(network), options.data.normalisation),
        images(std::min(options.images, data.images())),
        seen_split(calibration_split(options.data)),
        seen(load_data_set(options.data.folder, seen_split)),
        seen_source(seen, input_of(network), options.data.normalisation),
        holding(holding_of(options)),
        tiled(tile_network(
            network,
            ranges_of(options, network, chip.tiles.rows, choices.reading.result_bits, seen_source),
            tiles, choices)),
        window(window_of(options)),
        drive_shares(
            dwmtj::drive_shares(tiled, seen_source, std::min(kDriveImages, seen.images()))) {
    tile.check_device(device);
  }
  // What is quick to see is refused before images are looked at.
  [[nodiscard]] TileSet fitting_tiles(const SimulateOptions& options) const {
    const TileSet all{tile,        device, chip.tiles.count, chip.tiles.rows, chip.tiles.columns,
                      options.seed};
    check_fits(network, all, choices);
    return all;
  }
  [[nodiscard]] StateOwner owner() const {
    return {device, {tiles.rows, tiles.columns}, tiles.seed, index(tiles.count)};
  }
  [[nodiscard]] std::vector<TileState> states_of(const SimulateOptions& options) const {
    if (options.states.load.empty()) return {};
    return read_states(options.states.load, owner());
  }
  [[nodiscard]] std::optional<Holding> holding_of(const SimulateOptions& options) const {
    if (in_si(options.hold) == 0) return std::nullopt;
    return Holding(device, options.hold, options.temperature);
  }
  [[nodiscard]] std::optional<TraceWindow> window_of(const SimulateOptions& options) const {
    if (options.window.empty()) return std::nullopt;
    return trace_window(options.window, tiled, images, zoomed);
  }
  ~SimulateInput() = default;
  SimulateInput(const SimulateInput&) = delete;
  SimulateInput& operator=(const SimulateInput&) = delete;

  Network network;
  SetParts set;
  ChipParameters chip;
  std::set<std::size_t> zoomed;
  TileParameters tile;
  DeviceModel device;
  TilingChoices choices;
  TileSet tiles;
  std::vector<TileState> states;  // that are taken up
  DataSet data;
  ImageSource source;
  std::int64_t images;
  Split seen_split;
  DataSet seen;  // by the calibration
  ImageSource seen_source;
  std::optional<Holding> holding;
  TiledNetwork tiled;
  std::optional<TraceWindow> window;
  std::vector<double> drive_shares;
};

std::string calibration_text(const SimulateOptions& options, const SimulateInput& input) {
  if (options.calibration) return options.calibration->string();
  const auto images = std::min(kCalibrationImages, input.seen.images());
  if (input.seen_split == Split::training) return fmt::format("{} training images", images);
  return fmt::format("{} test images: there are no training images", images);
}

std::string held_text(const SimulateOptions& options) {
  if (in_si(options.hold) == 0) return {};
  return fmt::format("{} at {}", format_quantity(options.hold),
                     format_quantity(options.temperature));
}

std::map<std::string, std::string> effective_input(const SimulateInput& input) {
  auto files = effective_tile(input.tile, input.device.parameters());
  files["architecture.yaml"] =
      effective_file(input.chip.effective, input.chip.file, {{"tiles.tile", kEffectiveTile}});
  return files;
}

RecordingInfo recording_info(const SimulateOptions& options, const SimulateInput& input,
                             const std::vector<std::string>& command) {
  RecordingInfo info = effective_input(input);
  info["command_line"] = shell_line(command);
  info["seed"] = std::to_string(options.seed);
  info["version"] = kVersion;
  return info;
}

std::optional<RunFolder> open_folder(const SimulateOptions& options, const SimulateInput& input,
                                     const std::vector<std::string>& command) {
  if (options.out.empty()) return std::nullopt;
  RunFolder folder(options.out);
  folder.record_run(command, options.seed);
  for (const auto& [name, text] : effective_input(input)) folder.write(name, text);
  return folder;
}

std::unique_ptr<TraceWriter> open_trace(const SimulateOptions& options) {
  if (options.trace.empty()) return nullptr;
  return std::make_unique<TraceWriter>(options.trace);
}

void write_results(RunFolder& folder, bool figures, const SimulationInput& input,
                   const ChipInference& inference, const Beside& beside, const std::string& text) {
  folder.write("simulate.txt", text);
  folder.write("simulate.json", simulation_json(input, inference, beside));
  folder.write("images.csv", images_csv(input, inference));
  folder.write("layers.csv", layers_csv(input, inference, beside.estimate));
  folder.write("actions.csv", actions_csv(input, inference, beside.estimate));
  folder.write("tiles.csv", tiles_csv(input, inference));
  folder.write("channels.csv", channels_csv(inference));
  folder.write("activity.csv", activity_csv(inference));
  folder.write("report.csv", report_csv(inference.ledger()));
  folder.write("report.json", report_json(inference.ledger()));
  if (figures) draw_figures("simulate.py", folder.path());
  folder.commit();
}

void save_states(OutputFile& file, const SimulateInput& input, const Chip& chip) {
  std::vector<TileState> states;
  for (std::size_t i = 0; i < chip.tiles(); ++i) states.push_back(chip.tile(i).state());
  write_states(input.owner(), states, file);
  file.commit();
}

int run_simulate(const SimulateOptions& options, const CommandLine& line) {
  const auto& command = line.words;
  const SimulateInput input(options);
  auto folder = open_folder(options, input, command);
  warn_of_design(input.tile, input.device, {input.tiles.rows, input.tiles.columns});
  const ChipLife life{input.states.empty() ? nullptr : &input.states,
                      input.holding ? &*input.holding : nullptr, options.refresh};
  std::optional<BulkReference> bulk;
  if (options.compare)
    bulk.emplace(input.network, input.tiled, input.tiles, input.source, input.images, life);
  if (interrupted()) return kInterruptedStatus;

  const auto trace = open_trace(options);
  const auto saved = open_states(options.states);
  const auto waveforms = waveforms_of(options.zoom, options.seed, !options.window.empty());
  RecordedFiles record(options.record, recording_info(options, input, command));
  ChipInferenceOptions chip;
  chip.chip = {options.timing == "lt" ? TlmTiming::lt : TlmTiming::at,
               options.seed,
               record.recording(),
               {input.zoomed, {waveforms.get(), false}}};
  if (options.gates) chip.chip.powered = input.tiled.tiles;
  chip.life = life;
  chip.quantum = to_picoseconds(options.quantum);
  chip.images = input.images;
  chip.in_flight = options.in_flight;
  chip.trace = trace.get();
  if (bulk) chip.probe = bulk->probe();
  if (input.window) chip.watch = watch_for(*input.window, *waveforms);
  ChipInference inference("chip", input.chip, input.tiles, input.tiled, input.source, chip);
  record.check_streams();
  const bool all = inference.run();
  record.finish(now_ps());
  if (waveforms) waveforms->close(now_ps());
  if (!all) return kInterruptedStatus;

  const SimulationInput said = {input.network.name, input.chip,
                                input.tiled,        input.data.labels,
                                options.timing,     calibration_text(options, input),
                                held_text(options)};
  Beside beside;
  if (bulk) beside.bulk = bulk->compare(inference.labels());
  beside.estimate = estimate_program(
      input.chip, input.tiles, input.tiled, input.drive_shares, input.choices.reading,
      {inference.in_flight(), options.timing == "at", chip.chip.powered});
  const auto text = simulation_text(said, inference, beside);
  if (trace) trace->commit();
  if (saved) save_states(*saved, input, inference.chip());
  if (folder) write_results(*folder, options.figures, said, inference, beside, text);
  fmt::print("{}", text);
  if (folder) fmt::print("results in {}\n", folder->path().string());
  line.found->set_json("simulation", simulation_json(said, inference, beside));
  return beside.bulk && !beside.bulk->agrees() ? kDisagreeStatus : 0;
}

void check_window(const SimulateOptions& options) {
  if (options.window.empty()) return;
  const auto& waveforms = options.zoom.waveforms;
  if (waveforms.from > 0.0 * si::seconds || waveforms.to) {
    throw InputError("--trace-window, --trace-from, --trace-to: expected one way to say when");
  }
  if (waveforms.file().empty()) {
    throw InputError("--trace-window: where to? give --vcd FILE or --fst FILE");
  }
}

void check_life(const SimulateOptions& options) {
  if (in_si(options.hold) < 0) throw InputError("--hold: expected a time of at least 0 s");
  check_temperature(options.temperature);
  const bool held = in_si(options.hold) > 0;
  const bool warm = in_si(options.temperature) != 300.0;
  const bool loaded = !options.states.load.empty();
  if (!held && warm) throw InputError("--temperature: expected --hold as well");
  if (!held && !loaded && options.refresh) {
    throw InputError("--refresh: expected --hold or --state as well");
  }
  if (loaded && !options.refresh && options.choices.spare_columns > 0) {
    throw InputError(
        "--spare-columns: writing finds out which are in use: expected --refresh beside --state");
  }
}

void add_life_options(CLI::App& command, SimulateOptions& options) {
  add_quantity(command, "--hold", options.hold,
               "From writing to the first image, without power: 87660h");
  add_quantity(command, "--temperature", options.temperature, "Meanwhile [300 K]");
  command.add_flag("--refresh", options.refresh,
                   "Write the weights behind --hold, or over --state");
  command.add_flag("--gate-tiles", options.gates, "Tiles without weights have no power");
}

void add_data_options(CLI::App& command, SimulateOptions& options) {
  add_data_arguments(command, options.data);
  command.add_option("--images", options.images, "The first so many")
      ->check(CLI::Range(1L, kMostLabelledImages))
      ->capture_default_str();
  command.add_option("--calibration", options.calibration,
                     "Ranges of inputs and sums, as infer --save-calibration writes them "
                     "[measured on 100 training images]");
}

void add_reading_options(CLI::App& command, SimulateOptions& options) {
  auto& choices = options.choices;
  command
      .add_option("--input-bits", choices.reading.input_bits,
                  "Of a layer's inputs: a multiply each; signs take one")
      ->check(CLI::Range(2, 8))
      ->capture_default_str();
  command
      .add_option("--result-bits", options.result_bits,
                  "Of what a column gives; 1: its sign alone [8, or as many as the tile gives]")
      ->check(CLI::Range(1, 15));
  command
      .add_option("--bits", choices.weight_bits, "Of a weight [as many levels as the device has]")
      ->check(CLI::Range(2, 16));
  command
      .add_option("--clip", choices.clip_percentile,
                  "Percentile of a layer's weights that becomes its limit")
      ->check(CLI::Range(50.0, 100.0))
      ->capture_default_str();
  add_spare_columns(command, choices.spare_columns);
}

void add_run_options(CLI::App& command, SimulateOptions& options) {
  command.add_option("--timing", options.timing, "Four phases (at) or blocking calls (lt)")
      ->check(CLI::IsMember({"at", "lt"}))
      ->capture_default_str();
  add_quantity(command, "--quantum", options.quantum,
               "How far a blocking thread runs ahead [10 us]");
  command
      .add_option("--in-flight", options.in_flight,
                  "Images under way at a time [layers with weights and one, if they fit]")
      ->check(CLI::Range(1, 64));
  command.add_flag_callback(
      "--no-compare", [&options] { options.compare = false; },
      "Do without infer and the network as it was trained");
  command.add_option("--trace-out", options.trace,
                     "Write the commands of all tiles to this file, for dwmtj replay");
  add_state_options(command, options.states);
}

}  // namespace

void add_simulate_command(CLI::App& app, const CommandLine& line) {
  auto* const command = app.add_subcommand("simulate", kSimulateDescription);
  const auto options = std::make_shared<SimulateOptions>();
  add_onnx_argument(*command, options->network);
  command
      ->add_option("--chip,--arch", options->chip,
                   "A chip of tiles, of the catalog or a .yaml file")
      ->required();
  add_set_option(*command, options->overrides,
                 "chip (tile.KEY, device.KEY: of its tiles', their device's)");
  add_data_options(*command, *options);
  add_reading_options(*command, *options);
  add_run_options(*command, *options);
  add_seed_option(*command, options->seed);
  add_life_options(*command, *options);
  add_zoom_options(*command, options->zoom);
  command->add_option("--trace-window", options->window,
                      "Waveforms of 'image 3, layer 2', or of 'image 3'");
  add_record_options(*command, options->record);
  command->add_option("--out", options->out, "Output folder for tables, reports and a figure");
  add_figures_option(*command, options->figures);
  command->footer(
      "Examples:\n"
      "  dwmtj simulate net.onnx --chip mesh-256 --data fashion-mnist --images 100\n"
      "  dwmtj simulate net.onnx --chip mesh-256 --data fashion-mnist --timing lt --images 1000\n"
      "  dwmtj simulate net.onnx --chip mesh-256 --data fashion-mnist --images 1 --zoom tile7 "
      "--vcd tile7.vcd --trace-from 20ms");
  line.tell_sweeps(*command, {"simulate.json", [options] { SimulateInput{*options}; }});
  command->callback([options, line] {
    check(options->record);
    check_window(*options);
    check_life(*options);
    if (options->quantum < 0.0 * si::seconds || options->quantum > 1.0 * si::seconds) {
      throw InputError("--quantum: expected 0 s to 1 s");
    }
    run_in_systemc([&] { *line.status = run_simulate(*options, line); });
  });
}

}  // namespace dwmtj
