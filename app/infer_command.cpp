// SPDX-License-Identifier: Apache-2.0
// `dwmtj infer`: what a network makes of labelled images, in software and on devices
// (docs/app/infer.md).
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/figures.h"
#include "app/infer_architecture.h"
#include "app/infer_options.h"
#include "app/simulator.h"
#include "app/systemc_main.h"
#include "common/complain.h"
#include "common/file_text.h"
#include "common/interrupt.h"
#include "common/on_threads.h"
#include "common/run_folder.h"
#include "estimation/estimate_report.h"
#include "inference/ranges_file.h"
#include "inference/study_checkpoint.h"
#include "inference/study_device.h"
#include "inference/study_report.h"

namespace dwmtj {
namespace {

// What a run found; with an architecture also what it costs.
struct Findings {
  StudyResult study;
  std::string note;  // of the costs
  std::optional<Estimate> costs;
};

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
  folder.write("predictions.csv", predictions_csv(data, found.study));
  folder.write("confusion.csv", confusion_csv(data, found.study));
  if (!found.study.programmings.empty()) {
    folder.write("programmings.csv", programmings_csv(found.study));
    folder.write("layer_errors.csv", layer_errors_csv(found.study));
    folder.write("conductances.csv", conductances_csv(found.study));
    if (options.figures) draw_figures("infer.py", folder.path());
  }
  for (const auto& [name, text] : found.study.parameters) folder.write(name, text);
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
  write_file(options.save_calibration, ranges_json(calibration));
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

// A study, with what is finished of it on disk where there is a folder for that.
class StudyRun {
 public:
  StudyRun(const InferOptions& options, std::optional<RunFolder> folder, const DataSet& data,
           const ImageSource& source)
      : options_(options), folder_(std::move(folder)), data_(data), source_(source) {}

  // `architecture`: of its files, all that decides a result; empty where there is none.
  Findings run(const Network& network, const std::string& architecture);
  int report(const Network& network, const Findings& found, JsonObject& told);

 private:
  StudyProgress progress();

  const InferOptions& options_;
  std::optional<RunFolder> folder_;
  const DataSet& data_;
  const ImageSource& source_;
  std::optional<Checkpoint> checkpoint_;
};

StudyProgress StudyRun::progress() {
  StudyProgress progress;
  if (!checkpoint_) return progress;
  if (options_.resume) {
    const auto found = checkpoint_->read();
    if (!found.remark.empty()) complain(found.remark);
    if (!found.state.empty()) progress.done = programmings_of(found.state);
  } else {
    checkpoint_->remove();
  }
  progress.finished = [this](const auto& done) { checkpoint_->write(state_of(done)); };
  return progress;
}

Findings StudyRun::run(const Network& network, const std::string& architecture) {
  if (folder_ && !architecture.empty()) folder_->write("architecture.yaml", architecture);
  if (folder_ && options_.study.programmings > 1) {
    auto asked = asked_of_study(network, source_, options_.study);
    asked.emplace_back("architecture", checksum_of(architecture));
    checkpoint_.emplace(std::filesystem::path(options_.out) / "programmings", std::move(asked));
  }
  return {on_threads(options_.threads,
                     [&] { return run_study(network, source_, options_.study, progress()); }),
          {},
          {}};
}

int StudyRun::report(const Network& network, const Findings& found, JsonObject& told) {
  const bool whole = !found.study.interrupted;
  if (folder_) write_results(*folder_, options_, data_, found);
  if (checkpoint_ && whole) checkpoint_->remove();
  fmt::print("network      {}, {} weights\n{}", network.name, network.weights(),
             text_of(options_, data_, found));
  if (folder_) fmt::print("results in {}\n", folder_->path().string());
  told.set_json("inference", json_of(options_, data_, found));
  return whole ? 0 : kInterruptedStatus;
}

// Rows and columns, tile and device are the architecture's; so are the costs.
int run_on_cores(InferOptions options, std::optional<RunFolder> folder, const DataSet& data,
                 const ImageSource& source, Network network, const CommandLine& line) {
  const auto mapped = map_study(options, std::move(network), options.study);
  StudyRun run(options, std::move(folder), data, source);
  auto found = run.run(mapped.network, mapped.architecture.effective_text);
  found.note = cost_note(mapped);
  if (!found.study.interrupted) found.costs.emplace(estimate(mapped, {}));
  return run.report(mapped.network, found, *line.found);
}

// Throws InputError: options that do not go together.
InferOptions sensible(const InferOptions& given) {
  auto options = given;
  options.study.converter_bits = given.converter_bits.value_or(options.study.converter_bits);
  require_sensible(options);
  return options;
}

int run_infer(const InferOptions& given, const CommandLine& line) {
  auto options = sensible(given);
  auto network = load_network(options.network);
  const auto data = load_data_set(options.data.folder, options.data.split);
  const ImageSource source(data, input_of(network), options.data.normalisation);
  const bool on_tiles = is_chip_of_tiles(options);
  const auto chip = on_tiles ? take_tiles(options, options.study) : std::string();
  if (!options.save_calibration.empty()) {
    if (!options.architecture.empty() && !on_tiles)
      options.study.rows = load_cores(options).core.shape.rows;
    return run_calibration(options, network, source, *line.found);
  }
  auto folder = open_folder(options, line.words);
  if (options.architecture.empty() || on_tiles) {
    if (!on_tiles) take_overrides(options, options.study);
    StudyRun run(options, std::move(folder), data, source);
    return run.report(network, run.run(network, chip), *line.found);
  }
  int status = 0;
  run_in_systemc([&] {
    status = run_on_cores(options, std::move(folder), data, source, std::move(network), line);
  });
  return status;
}

// What a sweep can know of a point before it runs.
void check_files(const InferOptions& given) {
  auto options = sensible(given);
  load_network(options.network);
  if (is_chip_of_tiles(options)) {
    take_tiles(options, options.study);
  } else if (options.architecture.empty()) {
    take_overrides(options, options.study);
  } else {
    load_cores(options);
    return;
  }
  if (options.study.device) StudyDevice(options.study);
}

}  // namespace

void add_infer_command(CLI::App& app, const CommandLine& line) {
  auto* const command = app.add_subcommand("infer", kInferDescription);
  const auto options = std::make_shared<InferOptions>();
  add_infer_options(*command, *options);
  command->footer(
      "Examples:\n"
      "  dwmtj infer net.onnx --data cifar10 --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225\n"
      "  dwmtj infer net.onnx --data fashion-mnist --device straight --programmings 10");
  line.tell_sweeps(*command, {"infer.json", [options] { check_files(*options); }});
  command->callback([options, line] { *line.status = run_infer(*options, line); });
}

}  // namespace dwmtj
