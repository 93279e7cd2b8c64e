// SPDX-License-Identifier: Apache-2.0
// `dwmtj infer`: what a network makes of labelled images, in software and on devices
// (docs/app/infer.md).
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/figures.h"
#include "app/onnx_argument.h"
#include "app/quantity_option.h"
#include "app/seed_option.h"
#include "app/simulator.h"
#include "common/input_error.h"
#include "common/interrupt.h"
#include "common/output_file.h"
#include "common/run_folder.h"
#include "inference/study_report.h"

namespace dwmtj {
namespace {

struct InferOptions {
  OnnxArgument network;
  std::string data;
  Split split = Split::test;
  Normalisation normalisation;
  StudyOptions study;
  std::string out;
  std::string save_calibration;
};

const Layer& input_of(const Network& network) {
  for (const auto& layer : network.layers) {
    if (layer.kind == LayerKind::input) return layer;
  }
  throw InputError("expected a network with an input");
}

void require_sensible(const StudyOptions& options) {
  const bool reads = options.read_noise || options.johnson || options.readout != Readout::exact;
  if (options.device && reads && !options.input_bits) {
    throw InputError("--readout, --read-noise, --johnson: expected --input-bits as well");
  }
  if (options.device) return;
  if (options.bits || options.sigma || options.tile || options.programmings != 1) {
    throw InputError("--bits, --sigma, --tile and --programmings: expected --device as well");
  }
  if (options.input_bits || options.read_noise || options.johnson) {
    throw InputError("--input-bits, --read-noise, --johnson: expected --device as well");
  }
}

void write_results(RunFolder& folder, const InferOptions& options, const DataSet& data,
                   const StudyResult& result) {
  folder.write("infer.txt", study_text(options.study, data, result));
  folder.write("infer.json", study_json(options.study, data, result));
  folder.write("confusion.csv", confusion_csv(data, result));
  if (!result.programmings.empty()) {
    folder.write("programmings.csv", programmings_csv(result));
    folder.write("layer_errors.csv", layer_errors_csv(result));
    folder.write("conductances.csv", conductances_csv(result));
  }
  folder.commit();
}

// What layers meet, for later runs: nothing else is done.
int run_calibration(const InferOptions& options, const Network& network,
                    const ImageSource& source) {
  constexpr std::int64_t kImages = 500;
  const auto wanted = options.study.images == 0 ? kImages : options.study.images;
  const auto images = std::min(wanted, source.data().images());
  const auto calibration = measure_ranges(network, plan_forward(network), source, images,
                                          options.study.rows, options.study.converter_bits);
  if (interrupted()) return kInterruptedStatus;
  OutputFile file(options.save_calibration);
  file.write(ranges_json(calibration));
  file.commit();
  fmt::print("ranges of {} layers from {} images in {}\n", calibration.layers.size(), images,
             options.save_calibration);
  return 0;
}

int run_infer(const InferOptions& options, const std::vector<std::string>& command) {
  require_sensible(options.study);
  const auto network = load_network(options.network);
  const auto data = load_data_set(options.data, options.split);
  const ImageSource source(data, input_of(network), options.normalisation);
  if (!options.save_calibration.empty()) return run_calibration(options, network, source);
  std::optional<RunFolder> folder;
  if (!options.out.empty()) {
    folder.emplace(options.out);
    folder->record_run(command, options.study.seed);
  }
  const auto result = run_study(network, source, options.study);
  if (folder) write_results(*folder, options, data, result);
  fmt::print("network      {}, {} weights\n{}", network.name, network.weights(),
             study_text(options.study, data, result));
  if (folder) fmt::print("results in {}\n", folder->path().string());
  return result.interrupted ? kInterruptedStatus : 0;
}

void add_data_options(CLI::App& command, InferOptions& options) {
  command
      .add_option("--data", options.data,
                  "A folder of CIFAR binaries, IDX files or .npy arrays, or a name of datasets/")
      ->required();
  command.add_option("--split", options.split, "test or training images")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, Split>{{"test", Split::test}, {"training", Split::training}}))
      ->default_str("test");
  command.add_option("--images", options.study.images, "The first so many [all]")
      ->check(CLI::PositiveNumber);
  command
      .add_option("--mean", options.normalisation.mean,
                  "Subtracted from the pixels (0 to 1): one number, or one a channel")
      ->delimiter(',');
  command
      .add_option("--std", options.normalisation.deviation,
                  "They are then divided by: one number, or one a channel")
      ->delimiter(',');
}

void add_read_options(CLI::App& command, StudyOptions& study) {
  command
      .add_option("--input-bits", study.input_bits,
                  "Of values at the arrays' inputs; fixed point between layers [single precision]")
      ->check(CLI::Range(2, 8));
  command.add_option("--calibration", study.calibration,
                     "The file of ranges that inputs and converters are set to");
  command.add_option("--readout", study.readout, "exact, converter or comparator")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, Readout>{{"exact", Readout::exact},
                                         {"converter", Readout::converter},
                                         {"comparator", Readout::comparator}}))
      ->default_str("exact");
  command.add_option("--converter-bits", study.converter_bits, "Of each column's converter")
      ->check(CLI::Range(1, 16))
      ->capture_default_str();
  command.add_flag("--read-noise", study.read_noise, "Of each device at each read");
  command.add_flag("--johnson", study.johnson, "Thermal noise of each device at each read");
  command.add_option("--rows", study.rows, "Of an array: longer sums are read in parts")
      ->check(CLI::Range(1, 1 << 20))
      ->capture_default_str();
  command.add_option("--columns", study.columns, "Of an array, a pair each")
      ->check(CLI::Range(1, 1 << 16))
      ->capture_default_str();
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
  command.add_option("--programmings", study.programmings, "Times the network is written")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
}

}  // namespace

void add_infer_command(CLI::App& app, const CommandLine& line) {
  auto* const command = app.add_subcommand("infer", kInferDescription);
  const auto options = std::make_shared<InferOptions>();
  add_onnx_argument(*command, options->network);
  add_data_options(*command, *options);
  add_device_options(*command, options);
  add_seed_option(*command, options->study.seed);
  command->add_option("--save-calibration", options->save_calibration,
                      "Only measure ranges on the images [500], and write them to this file");
  command->add_option("--out", options->out, "Output folder for tables and reports");
  command->footer(
      "Examples:\n"
      "  dwmtj infer net.onnx --data cifar10 --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225\n"
      "  dwmtj infer net.onnx --data fashion-mnist --device straight --programmings 10");
  command->callback([options, line] { *line.status = run_infer(*options, line.words); });
}

}  // namespace dwmtj
