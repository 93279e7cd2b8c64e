// SPDX-License-Identifier: Apache-2.0
// `dwmtj learn`: stream learning of the paper's Figs. 4 and 5 (docs/app/learn.md).
#include <chrono>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/figures.h"
#include "app/learning_options.h"
#include "app/seed_option.h"
#include "app/simulator.h"
#include "common/complain.h"
#include "common/interrupt.h"
#include "common/run_folder.h"
#include "devices/measured_pulses.h"
#include "learning/learning_report.h"
#include "learning/onnx_writer.h"

namespace dwmtj {
namespace {

class Clock {
 public:
  explicit Clock(double done_before) : done_before_(done_before) {}

  // "3.2 min left", of work of which this share is done.
  [[nodiscard]] std::string left(double share) const {
    const auto passed = std::chrono::steady_clock::now() - start_;
    const double seconds = std::chrono::duration<double>(passed).count();
    const double remaining = seconds * (1.0 - share) / std::max(share - done_before_, 1e-9);
    return remaining < 90.0 ? fmt::format("{:.0f} s left", remaining)
                            : fmt::format("{:.1f} min left", remaining / 60.0);
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double done_before_;
};

void print_progress(const LearningRun& run, double share, const Clock& clock) {
  const auto& row = run.accuracies().back();
  fmt::print("seed {}  subset {:2} of {}  {:.2f} %  {}\n", run.seed(), row.subset,
             run.rule().subsets, 100.0 * row.accuracy(), clock.left(share));
  std::fflush(stdout);
}

// What a later study, or another command, goes on from.
void write_results(const LearningStudy& study, const LearningSetup& setup,
                   const RunFolder& folder) {
  const ImageSize image{setup.training.rows, setup.training.columns};
  for (const auto& run : study.runs()) {
    if (!run->done()) continue;
    folder.write(fmt::format("seed-{}.onnx", run->seed()),
                 onnx_of(run->network(), run->rule(), image));
  }
  if (!setup.codes) return;
  folder.write("chances.csv", setup.codes->csv());
  folder.write("wear.csv", wear_csv(study));
}

int run_learning(const LearningOptions& options, const CommandLine& line) {
  if (options.chances) {
    RunFolder folder(options.out);
    folder.write("chances.csv", chances_csv(options));
    folder.commit();
    return 0;
  }
  const auto setup = set_up(options);
  const auto folder = RunFolder::in_place(options.out);
  for (const auto* const name : {"learning.json", "accuracy.png", "accuracy.svg"}) {
    std::filesystem::remove(folder.path() / name);
  }
  LearningStudy study(setup.study, setup.training, setup.test, setup.synapses, folder);
  folder.keep_copy(setup.device->parameters().file);
  if (const auto& pulses = setup.device->parameters().pulses) {
    for (const auto& [name, bytes] : pulses->files) folder.write(name, bytes);
  }
  folder.record_run(line.words, options.first_seed);
  for (const auto& remark : study.remarks()) complain(remark);
  const Clock clock(study.share_done());
  const bool done =
      study.run([&](const LearningRun& run, double share) { print_progress(run, share, clock); });
  write_results(study, setup, folder);
  const auto json = learning_json(study, setup.study, setup.prices);
  folder.write("learning.json", json);
  line.found->set_json("learning", json);
  fmt::print("\n{}", learning_text(study, setup.study, setup.prices));
  if (done && options.figures) draw_figures("learning.py", folder.path());
  fmt::print("results in {}\n", folder.path().string());
  return done ? 0 : kInterruptedStatus;
}

}  // namespace

void add_learn_command(CLI::App& app, const CommandLine& line) {
  auto* const command = app.add_subcommand("learn", kLearnDescription);
  const auto options = std::make_shared<LearningOptions>();
  add_learning_options(*command, *options);
  command->footer(
      "Examples:\n"
      "  dwmtj learn --quick\n"
      "  dwmtj learn --device trapezoidal --seeds 5 --threads 2 --out results/trapezoidal\n"
      "  dwmtj learn --device straight --levels 4 --out results/linear\n"
      "  dwmtj learn --resume --out results/linear --device straight --levels 4");
  line.tell_sweeps(*command, {"learning.json", [options] { check_files(*options); }});
  command->callback([options, line] { *line.status = run_learning(*options, line); });
}

}  // namespace dwmtj
