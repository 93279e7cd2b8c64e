// SPDX-License-Identifier: Apache-2.0
// What a device does to a network: its weights written to devices, several times over, and labelled
// images classified with each (docs/inference/study.md).
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "inference/activation_ranges.h"
#include "inference/layer_errors.h"
#include "inference/study_options.h"
#include "inference/writing_record.h"

namespace dwmtj {

struct ProgrammingResult {
  Predictions predictions;
  Share accuracy;
  WritingRecord writing;
  std::vector<LayerError> layers;
};

struct StudyResult {
  Share software;  // accuracy of the network as it was trained
  Predictions software_predictions;
  std::optional<LevelSet> levels;
  int pairs_of_weight = 1;
  std::vector<ProgrammingResult> programmings;    // those that were finished
  std::map<std::string, std::string> parameters;  // of device and tile as they took effect, by file
  int classes = 0;
  bool interrupted = false;

  [[nodiscard]] MeanOf mean_accuracy() const;  // over programmings
};

// Of a study that was stopped and goes on, and of one that may be.
struct StudyProgress {
  std::vector<ProgrammingResult> done;  // before
  // Told all that are done after each; may be empty.
  std::function<void(const std::vector<ProgrammingResult>&)> finished;
};

// Throws InputError: options that do not fit together, or the data.
StudyResult run_study(const Network& network, const ImageSource& source,
                      const StudyOptions& options, StudyProgress progress = {});

}  // namespace dwmtj
