// SPDX-License-Identifier: Apache-2.0
#include "learning/learning_report.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "common/version.h"

namespace dwmtj {
namespace {

// What nothing here has a price for.
constexpr const char* kUnpriced =
    "backward pass, optimiser, its memory (8 bytes a weight, read and written every step) and "
    "batch normalisation";

UpdateAccounts accounts_of(const LearningRun& run) { return run.network().accounts(); }

}  // namespace

std::string learning_text(const LearningStudy& study, const StudyOptions& options) {
  std::string text = fmt::format("{:<6} {:>8} {:>9} {:>12} {:>12} {:>8} {:>12}\n", "seed",
                                 "subsets", "accuracy", "steps", "pulses", "moved", "write energy");
  for (const auto& run : study.runs()) {
    if (run->accuracies().empty()) continue;
    const auto done = accounts_of(*run);
    text +=
        fmt::format("{:<6} {:>8} {:>7.2f} % {:>12} {:>12} {:>6.1f} % {:>9.4g} uJ\n", run->seed(),
                    run->subsets_done(), 100.0 * run->accuracies().back().accuracy(), done.wanted,
                    done.pulses, 100.0 * done.share_moved(), 1e6 * done.write_energy);
  }
  const auto last = last_five(study.runs());
  text += fmt::format("mean of the last five subsets: {:.2f} +- {:.2f} % over {} seed{}\n",
                      100.0 * last.mean, 100.0 * last.deviation, options.seeds,
                      options.seeds == 1 ? "" : "s");
  return text + fmt::format("not priced: {}\n", kUnpriced);
}

std::string learning_json(const LearningStudy& study, const StudyOptions& options) {
  nlohmann::ordered_json result;
  result["version"] = kVersion;
  for (const auto& [key, value] : named_values(options.rule)) result["rule"][key] = value;
  for (const auto& [key, value] : options.devices) result["rule"][key] = value;
  const auto last = last_five(study.runs());
  result["last_five_mean"] = last.mean;
  result["last_five_deviation"] = last.deviation;
  for (const auto& run : study.runs()) {
    const auto done = accounts_of(*run);
    result["runs"].push_back({{"seed", run->seed()},
                              {"subsets", run->subsets_done()},
                              {"wanted", done.wanted},
                              {"pulses", done.pulses},
                              {"moved", done.moved},
                              {"write_energy_J", done.write_energy}});
  }
  result["not_priced"] = kUnpriced;
  return result.dump(2) + '\n';
}

}  // namespace dwmtj
