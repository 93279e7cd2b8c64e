// SPDX-License-Identifier: Apache-2.0
// Runs of one rule with several seeds, side by side on several cores, with checkpoints in a folder.
#pragma once

#include <functional>
#include <mutex>

#include "common/checkpoint.h"
#include "common/run_folder.h"
#include "learning/learning_run.h"

namespace dwmtj {

struct LearningStudyOptions {
  LearningRule rule;
  NamedValues devices;  // how the weights are held, for the checkpoints
  std::uint64_t first_seed = 0;
  int seeds = 1;
  int threads = 1;
  bool resume = false;
};

class LearningStudy {
 public:
  using MakeSynapsesOfSeed = std::function<MakeSynapses(std::uint64_t seed)>;

  LearningStudy(LearningStudyOptions options, const LabelledImages& training,
                const LabelledImages& test, MakeSynapsesOfSeed synapses, const RunFolder& folder);

  // Tells of every subset that has been learned, with the share of the study that is done.
  using Progress = std::function<void(const LearningRun& run, double share)>;
  // Runs every seed to its end, or to a checkpoint when interrupted (then false).
  bool run(const Progress& progress);

  [[nodiscard]] const std::vector<std::unique_ptr<LearningRun>>& runs() const { return runs_; }
  [[nodiscard]] double share_done() const;
  // What was said of broken checkpoints.
  [[nodiscard]] const std::vector<std::string>& remarks() const { return remarks_; }
  // A line an evaluation of every seed.
  [[nodiscard]] std::string accuracy_csv() const;

 private:
  [[nodiscard]] Checkpoint checkpoint(std::uint64_t seed) const;
  void restore(LearningRun& run);
  void learn(LearningRun& run, std::vector<AccuracyRow>& shown, const Progress& progress);

  LearningStudyOptions options_;
  std::string data_checksum_;
  const RunFolder& folder_;
  std::vector<std::unique_ptr<LearningRun>> runs_;
  std::vector<std::vector<AccuracyRow>> shown_;  // of each run, at its last checkpoint
  std::vector<std::string> remarks_;
  std::mutex mutex_;  // of shown_ and the folder
};

// Mean and standard deviation over seeds of each seed's mean over its last five subsets.
struct LastFive {
  double mean = 0.0;
  double deviation = 0.0;
};
LastFive last_five(const std::vector<std::unique_ptr<LearningRun>>& runs);

}  // namespace dwmtj
