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
};

const Layer& input_of(const Network& network) {
  for (const auto& layer : network.layers) {
    if (layer.kind == LayerKind::input) return layer;
  }
  throw InputError("expected a network with an input");
}

void require_sensible(const StudyOptions& options) {
  if (options.device) return;
  if (options.bits || options.sigma || options.tile || options.programmings != 1) {
    throw InputError("--bits, --sigma, --tile and --programmings: expected --device as well");
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

int run_infer(const InferOptions& options, const std::vector<std::string>& command) {
  require_sensible(options.study);
  const auto network = load_network(options.network);
  const auto data = load_data_set(options.data, options.split);
  const ImageSource source(data, input_of(network), options.normalisation);
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
  command->add_option("--out", options->out, "Output folder for tables and reports");
  command->footer(
      "Examples:\n"
      "  dwmtj infer net.onnx --data cifar10 --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225\n"
      "  dwmtj infer net.onnx --data fashion-mnist --device straight --programmings 10");
  command->callback([options, line] { *line.status = run_infer(*options, line.words); });
}

}  // namespace dwmtj
