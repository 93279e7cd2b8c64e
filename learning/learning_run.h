// SPDX-License-Identifier: Apache-2.0
// One run of the study: subsets in order, each shown for some epochs, and what was seen on the way.
#pragma once

#include "learning/perceptron.h"

namespace dwmtj {

// Of the network at the end of an epoch (counted within its subset) that was evaluated.
struct AccuracyRow {
  int subset = 0;
  int epoch = 0;
  std::uint32_t right = 0;
  std::uint32_t images = 0;
  double loss = 0.0;        // of the last training batch
  UpdateAccounts accounts;  // since the run began

  [[nodiscard]] double accuracy() const { return static_cast<double>(right) / images; }
};

class LearningRun {
 public:
  LearningRun(const LearningRule& rule, const LabelledImages& training, const LabelledImages& test,
              std::uint64_t seed, const MakeSynapses& synapses);

  [[nodiscard]] bool done() const { return subset_ == rule_.subsets; }
  [[nodiscard]] int subsets_done() const { return subset_; }
  // Learns the next subset; false when interrupted midway, and the run is then of no more use.
  bool learn_subset();

  [[nodiscard]] std::uint64_t seed() const { return seed_; }
  [[nodiscard]] const LearningRule& rule() const { return rule_; }
  [[nodiscard]] const Perceptron& network() const { return network_; }
  [[nodiscard]] const std::vector<AccuracyRow>& accuracies() const { return accuracies_; }

  void save(std::ostream& stream) const;
  void load(std::istream& stream);

 private:
  void learn_epoch(int epoch);

  LearningRule rule_;
  const LabelledImages& training_;
  StandingImages test_;
  std::uint64_t seed_;
  Perceptron network_;
  int subset_ = 0;
  std::vector<AccuracyRow> accuracies_;
};

}  // namespace dwmtj
