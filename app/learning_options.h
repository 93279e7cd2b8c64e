// SPDX-License-Identifier: Apache-2.0
// The options of `dwmtj learn`, and what a study needs made from them.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <CLI/App.hpp>

#include "devices/device_model.h"
#include "learning/device_synapses.h"
#include "learning/learning_report.h"

namespace dwmtj {

struct LearningOptions {
  LearningRule rule;
  bool devices = false;  // weights are where walls are; else ideal rounding
  WritePolicy policy;
  std::string tile;
  std::string device = "trapezoidal";
  double spread = 0.0;                 // of critical currents from device to device, relative
  std::string architecture;            // whose digital parts price the digital half; none
  std::vector<std::string> overrides;  // of the device, and of the tile: tile.KEY
  std::optional<int> levels;
  std::optional<double> width_ratio, delta;
  std::filesystem::path data = kFashionMnist;
  std::string out = "results/learn";
  std::uint64_t first_seed = 0;
  int seeds = 1;
  int threads = 1;
  bool resume = false;
  bool quick = false;
  bool chances = false;  // only the table of them, nothing learned
  bool figures = true;
};

void add_learning_options(CLI::App& command, LearningOptions& options);

struct LearningSetup {
  LearningStudyOptions study;
  std::unique_ptr<DeviceModel> device;
  std::unique_ptr<TileParameters> tile;  // with a policy
  std::unique_ptr<CodeTable> codes;
  LearningPrices prices;
  LabelledImages training;
  LabelledImages test;
  LearningStudy::MakeSynapsesOfSeed synapses;
};
// The chances to move a wall, by site and code. Throws InputError for files that are wrong.
std::string chances_csv(const LearningOptions& options);
// Reads the parameter files that are named. Throws InputError.
void check_files(const LearningOptions& options);
// Throws InputError for options that do not go together.
LearningSetup set_up(const LearningOptions& options);

}  // namespace dwmtj
