// SPDX-License-Identifier: Apache-2.0
// `dwmtj infer`: what a network makes of labelled images, in software and on devices
// (docs/app/infer.md).
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <tbb/info.h>

#include "app/commands.h"
#include "app/data_arguments.h"
#include "app/figures.h"
#include "app/figures_option.h"
#include "app/infer_architecture.h"
#include "app/onnx_argument.h"
#include "app/quantity_option.h"
#include "app/seed_option.h"
#include "app/simulator.h"
#include "app/systemc_main.h"
#include "common/input_error.h"
#include "common/interrupt.h"
#include "common/on_threads.h"
#include "common/output_file.h"
#include "common/run_folder.h"
#include "estimation/estimate_report.h"
#include "inference/study_report.h"

namespace dwmtj {
namespace {

struct InferOptions {
  OnnxArgument network;
  ArchitectureArgument architecture;
  DataArguments data;
  StudyOptions study;
  std::string out;
  std::string save_calibration;
  bool figures = true;
  int threads = tbb::info::default_concurrency();
};

// What a run found; with an architecture also what it costs.
struct Findings {
  StudyResult study;
  std::string note;  // of the costs
  std::optional<Estimate> costs;
};

void check_history(const HistorySettings& history) {
  if (history.stuck_rate < 0 || history.stuck_rate > 1) {
    throw InputError("--stuck: expected 0 % to 100 %");
  }
  if (history.stuck_level && history.stuck_rate == 0) {
    throw InputError("--stuck-level: expected --stuck as well");
  }
  if (in_si(history.hold) < 0) throw InputError("--hold: expected a time of at least 0 s");
  if (in_si(history.temperature) <= 0) throw InputError("--temperature: expected more than 0 K");
  if ((history.reads > 0) != (in_si(history.read_current) != 0)) {
    throw InputError("--reads and --read-current: expected both or neither");
  }
}

void check_wires(const WireResistances& wires) {
  for (const auto& value : {wires.row_segment, wires.column_segment, wires.driver, wires.sense}) {
    if (in_si(value) < 0) throw InputError("--wire, --driver, --sense: expected at least 0 ohm");
  }
}

// `measures`: ranges alone.
void require_sensible(const InferOptions& given, bool measures) {
  const auto& options = given.study;
  const bool on_devices = options.device || !given.architecture.name.empty();
  const bool reads =
      options.read_noise || options.johnson || options.readout != ColumnReadout::exact;
  if (options.bit_serial && !options.input_bits) {
    throw InputError("--bit-serial: expected --input-bits as well");
  }
  if (on_devices && reads && !options.input_bits) {
    throw InputError("--readout, --read-noise, --johnson: expected --input-bits as well");
  }
  check_history(options.history);
  check_wires(options.wires);
  if (on_devices) return;
  if (options.has_wires() || options.history.ages() || options.history.stuck_rate > 0) {
    throw InputError(
        "--wire, --driver, --sense, --stuck, --hold, --reads: expected --device or --arch as well");
  }
  if (options.bits || options.sigma || options.tile || options.programmings != 1) {
    throw InputError(
        "--bits, --sigma, --tile and --programmings: expected --device or --arch as well");
  }
  if ((options.input_bits && !measures) || options.read_noise || options.johnson) {
    throw InputError("--input-bits, --read-noise, --johnson: expected --device or --arch as well");
  }
}

std::string text_of(const InferOptions& options, const DataSet& data, const Findings& found) {
  auto text = study_text(options.study, data, found.study);
  if (found.costs) text += found.note + estimate_text(*found.costs);
  return text;
}

std::string json_of(const InferOptions& options, const DataSet& data, const Findings& found) {
  if (!found.costs) return study_json(options.study, data, found.study);
  auto json = nlohmann::ordered_json::parse(study_json(options.study, data, found.study));
  json["estimate"] = nlohmann::ordered_json::parse(estimate_json(*found.costs));
  return json.dump(2) + "\n";
}

void write_results(RunFolder& folder, const InferOptions& options, const DataSet& data,
                   const Findings& found) {
  folder.write("infer.txt", text_of(options, data, found));
  folder.write("infer.json", json_of(options, data, found));
  folder.write("confusion.csv", confusion_csv(data, found.study));
  if (!found.study.programmings.empty()) {
    folder.write("programmings.csv", programmings_csv(found.study));
    folder.write("layer_errors.csv", layer_errors_csv(found.study));
    folder.write("conductances.csv", conductances_csv(found.study));
    if (options.figures) draw_figures("infer.py", folder.path());
  }
  if (found.costs) {
    folder.write("layer_costs.csv", layer_costs_csv(*found.costs));
    folder.write("energy.csv", energy_csv(*found.costs));
  }
  folder.commit();
}

// What layers meet, for later runs: nothing else is done.
int run_calibration(const InferOptions& options, const Network& network, const ImageSource& source,
                    JsonObject& found) {
  constexpr std::int64_t kImages = 500;
  const auto wanted = options.study.images == 0 ? kImages : options.study.images;
  const auto images = std::min(wanted, source.data().images());
  const auto calibration = measure_ranges(
      network, plan_forward(network), source,
      {images, options.study.rows, options.study.converter_bits, options.study.serial_bits()});
  if (interrupted()) return kInterruptedStatus;
  OutputFile file(options.save_calibration);
  file.write(ranges_json(calibration));
  file.commit();
  fmt::print("ranges of {} layers from {} images in {}\n", calibration.layers.size(), images,
             options.save_calibration);
  found.set("layers", calibration.layers.size())
      .set("images", images)
      .set("file", options.save_calibration);
  return 0;
}

std::optional<RunFolder> open_folder(const InferOptions& options,
                                     const std::vector<std::string>& command) {
  if (options.out.empty()) return std::nullopt;
  RunFolder folder(options.out);
  folder.protect(options.network.network);
  folder.record_run(command, options.study.seed);
  return folder;
}

int report(const InferOptions& options, std::optional<RunFolder> folder, const DataSet& data,
           const Network& network, const Findings& found, const CommandLine& line) {
  if (folder) write_results(*folder, options, data, found);
  fmt::print("network      {}, {} weights\n{}", network.name, network.weights(),
             text_of(options, data, found));
  if (folder) fmt::print("results in {}\n", folder->path().string());
  line.found->set_json("inference", json_of(options, data, found));
  return found.study.interrupted ? kInterruptedStatus : 0;
}

StudyResult study_of(const InferOptions& options, const Network& network,
                     const ImageSource& source) {
  return on_threads(options.threads, [&] { return run_study(network, source, options.study); });
}

// Rows and columns, tile and device are the architecture's; so are the costs.
int run_on_architecture(InferOptions options, std::optional<RunFolder> folder, const DataSet& data,
                        const ImageSource& source, Network network, const CommandLine& line) {
  const auto mapped = map_study(options.architecture, std::move(network), options.study);
  if (folder) folder->write("architecture.yaml", mapped.architecture.effective_text);
  Findings found{study_of(options, mapped.network, source), cost_note(mapped), {}};
  if (!found.study.interrupted) found.costs.emplace(estimate(mapped, {}));
  return report(options, std::move(folder), data, mapped.network, found, line);
}

int run_infer(const InferOptions& options, const CommandLine& line) {
  require_sensible(options, !options.save_calibration.empty());
  auto network = load_network(options.network);
  const auto data = load_data_set(options.data.folder, options.data.split);
  const ImageSource source(data, input_of(network), options.data.normalisation);
  if (!options.save_calibration.empty())
    return run_calibration(options, network, source, *line.found);
  auto folder = open_folder(options, line.words);
  if (options.architecture.name.empty()) {
    const Findings found{study_of(options, network, source), {}, {}};
    return report(options, std::move(folder), data, network, found, line);
  }
  int status = 0;
  run_in_systemc([&] {
    status =
        run_on_architecture(options, std::move(folder), data, source, std::move(network), line);
  });
  return status;
}

void add_data_options(CLI::App& command, InferOptions& options) {
  add_data_arguments(command, options.data);
  command.add_option("--images", options.study.images, "The first so many [all]")
      ->check(CLI::PositiveNumber);
}

void add_read_options(CLI::App& command, StudyOptions& study) {
  command
      .add_option("--input-bits", study.input_bits,
                  "Of values at the arrays' inputs; fixed point between layers [single precision]")
      ->check(CLI::Range(2, 8));
  command.add_flag("--bit-serial", study.bit_serial,
                   "Inputs bit by bit, each read apart [as one level]");
  command.add_option("--calibration", study.calibration,
                     "The file of ranges that inputs and converters are set to");
  command.add_option("--readout", study.readout, "exact, converter or comparator")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, ColumnReadout>{{"exact", ColumnReadout::exact},
                                               {"converter", ColumnReadout::converter},
                                               {"comparator", ColumnReadout::comparator}}))
      ->default_str("exact");
  command.add_option("--converter-bits", study.converter_bits, "Of each column's converter")
      ->check(CLI::Range(1, 16))
      ->capture_default_str();
  command
      .add_option("--converter-range", study.converter_range,
                  "layer and column: calibrated; fixed: what no sum is beyond")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, ConverterRange>{{"layer", ConverterRange::layer},
                                                {"column", ConverterRange::column},
                                                {"fixed", ConverterRange::fixed}}))
      ->default_str("layer");
  command.add_flag("--read-noise", study.read_noise, "Of each device at each read");
  command.add_flag("--johnson", study.johnson, "Thermal noise of each device at each read");
  command.add_option("--rows", study.rows, "Of an array: longer sums are read in parts")
      ->check(CLI::Range(1, 1 << 20))
      ->capture_default_str();
  command.add_option("--columns", study.columns, "Of an array, a pair each")
      ->check(CLI::Range(1, 1 << 16))
      ->capture_default_str();
}

// What becomes of devices, and the wires between them.
void add_array_options(CLI::App& command, StudyOptions& study) {
  auto& history = study.history;
  add_quantity_option(
      command, "--stuck", Dimension::number,
      [&history](double share) { history.stuck_rate = share; },
      "Share of devices that no pulse moves: 0.1%");
  command.add_option("--stuck-level", history.stuck_level, "Where they rest [any level]")
      ->check(CLI::Range(0, 1000));
  add_quantity(command, "--hold", history.hold, "From writing to the first image: 87660h");
  add_quantity(command, "--temperature", history.temperature,
               "Of the arrays, meanwhile and when they are read [300 K]");
  command.add_option("--reads", history.reads, "Of every device, before the images")
      ->check(CLI::PositiveNumber);
  add_quantity(command, "--read-current", history.read_current,
               "Along the track while a device is read");
  add_quantity_option(
      command, "--wire", Dimension::resistance,
      [&study](double ohms) {
        study.wires.row_segment = study.wires.column_segment = from_si<Resistance>(ohms);
      },
      "Of a row and of a column, from one cell to the next");
  add_quantity(command, "--driver", study.wires.driver, "In series with each row");
  add_quantity(command, "--sense", study.wires.sense, "In series with each column");
}

void add_device_options(CLI::App& command, const std::shared_ptr<InferOptions>& options) {
  auto& study = options->study;
  command.add_option("--device", study.device,
                     "A device (dwmtj devices), fig6 for even levels, or a .yaml file [software]");
  command.add_option("--write", study.write, "pulses, one-shot or ideal")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, WriteMode>{{"pulses", WriteMode::pulses},
                                           {"one-shot", WriteMode::one_shot},
                                           {"ideal", WriteMode::ideal}}))
      ->default_str("pulses");
  command.add_option("--tile", study.tile, "That writes the pulses [the catalog's of the device]");
  command.add_option("--bits", study.bits, "Of a weight [as many levels as the device has]")
      ->check(CLI::Range(2, 16));
  command
      .add_option("--clip", study.clip_percentile,
                  "Percentile of a layer's weights that becomes its limit")
      ->check(CLI::Range(50.0, 100.0))
      ->capture_default_str();
  add_quantity_option(
      command, "--sigma", Dimension::conductance,
      [options](double value) { options->study.sigma = value; },
      "One-shot error, standard deviation [the device's]");
  command.add_option("--sigma-scale", study.sigma_scale, "Multiplies the spread of devices")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  add_read_options(command, study);
  add_array_options(command, study);
  command.add_flag("--each-layer", study.each_layer,
                   "Accuracy with one layer on devices at a time, of the first programming");
  command.add_option("--programmings", study.programmings, "Times the network is written")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
}

}  // namespace

void add_infer_command(CLI::App& app, const CommandLine& line) {
  auto* const command = app.add_subcommand("infer", kInferDescription);
  const auto options = std::make_shared<InferOptions>();
  add_onnx_argument(*command, options->network);
  add_architecture_argument(*command, options->architecture);
  add_data_options(*command, *options);
  add_device_options(*command, options);
  add_seed_option(*command, options->study.seed);
  command->add_option("--threads", options->threads, "Changes no result")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  command->add_option("--save-calibration", options->save_calibration,
                      "Only measure ranges on the images [500], and write them to this file");
  command->add_option("--out", options->out, "Output folder for tables, reports and figures");
  add_figures_option(*command, options->figures);
  command->footer(
      "Examples:\n"
      "  dwmtj infer net.onnx --data cifar10 --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225\n"
      "  dwmtj infer net.onnx --data fashion-mnist --device straight --programmings 10");
  line.tell_sweeps(*command, {"infer.json", [options] {
                                require_sensible(*options, !options->save_calibration.empty());
                                load_network(options->network);
                              }});
  command->callback([options, line] { *line.status = run_infer(*options, line); });
}

}  // namespace dwmtj
