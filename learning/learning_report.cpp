// SPDX-License-Identifier: Apache-2.0
#include "learning/learning_report.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "common/quantity_text.h"
#include "common/version.h"

namespace dwmtj {
namespace {

constexpr int kPixelPlanes = 8;  // a byte goes in bit by bit

struct ReadCosts {
  double before_pulses = 0.0;       // J
  double before_pulses_time = 0.0;  // s
  double forward = 0.0;             // J
  double forward_time = 0.0;        // s
};

// Reads before pulses: one for each command to a tile. The forward pass: each tile multiplies once
// an image, once for each plane of bits in the first layer.
ReadCosts read_costs(const LearningRun& run, const TilePrices& prices) {
  ReadCosts costs;
  const auto done = run.network().accounts();
  if (prices.reads_before_pulses) {
    costs.before_pulses = prices.read.energy * static_cast<double>(done.commands);
    costs.before_pulses_time =
        1e-12 * static_cast<double>(prices.read.time) * static_cast<double>(done.slots);
  }
  const double images = static_cast<double>(run.network().steps_made()) * run.rule().batch;
  for (std::size_t i = 0; i < run.network().layers(); ++i) {
    const auto& shape = run.network().layer(i).shape();
    const auto of_rows = (shape.rows() + prices.size - 1) / prices.size;
    const auto of_columns = (shape.columns() + prices.size - 1) / prices.size;
    const auto tiles = static_cast<double>(of_rows * of_columns);
    const double planes = i == 0 ? kPixelPlanes : 1;
    costs.forward += images * planes * tiles * prices.multiply.energy;
    costs.forward_time += images * planes * 1e-12 * static_cast<double>(prices.multiply.time);
  }
  return costs;
}

std::vector<std::uint32_t> wear_of(const LearningRun& run) {
  std::vector<std::uint32_t> pulses;
  for (std::size_t i = 0; i < run.network().layers(); ++i) {
    const auto part = run.network().layer(i).synapses().wear();
    pulses.insert(pulses.end(), part.begin(), part.end());
  }
  return pulses;
}

double seconds(std::int64_t picoseconds) { return 1e-12 * static_cast<double>(picoseconds); }

std::string joules(double energy) { return format_quantity(energy, Dimension::energy); }
std::string time_text(double seconds) { return format_quantity(seconds, Dimension::time); }

std::string device_lines(const LearningRun& run, const TilePrices& prices) {
  const auto done = run.network().accounts();
  const auto reads = read_costs(run, prices);
  const auto wear = wear_of(run);
  std::string text;
  text += fmt::format(
      "seed {}: {} commands to tiles, {} pairs rewritten ({} writes failed), {} reverse pulses\n",
      run.seed(), done.commands, done.rewrites, done.flagged, done.reverse_pulses);
  text +=
      fmt::format("  updates       {:>10}  {:>10}  of it {} in the tracks\n", joules(done.energy),
                  time_text(seconds(done.write_time)), joules(done.write_energy));
  text += fmt::format("  reads before  {:>10}  {:>10}\n", joules(reads.before_pulses),
                      time_text(reads.before_pulses_time));
  text += fmt::format("  forward pass  {:>10}  {:>10}  binary products of tiles\n",
                      joules(reads.forward), time_text(reads.forward_time));
  text += fmt::format("  shared field  {:>10} slots; {:.3g} walls of neighbours expected to move\n",
                      done.field_slots, done.disturbed);
  text += fmt::format("  wear          {:.1f} pulses a device, at most {}\n",
                      static_cast<double>(done.pulses) / static_cast<double>(wear.size()),
                      *std::max_element(wear.begin(), wear.end()));
  return text;
}

// Of one run; null where there is no price.
nlohmann::ordered_json digital_json(const LearningRun& run, const LearningPrices& prices) {
  nlohmann::ordered_json result;
  for (const auto& work : digital_work(run, prices.digital)) {
    auto& row = result[work.what];
    row = {
        {"operations", work.operations}, {"bytes", work.bytes}, {"conversions", work.conversions}};
    const auto energy = prices.architecture ? energy_of(work, *prices.architecture) : std::nullopt;
    row["energy_J"] = energy ? nlohmann::ordered_json(*energy) : nlohmann::ordered_json();
  }
  return result;
}

std::string digital_lines(const LearningRun& run, const LearningPrices& prices) {
  std::string priced;
  std::string unpriced;
  for (const auto& work : digital_work(run, prices.digital)) {
    const auto energy = prices.architecture ? energy_of(work, *prices.architecture) : std::nullopt;
    if (energy) {
      priced += fmt::format("  {:<20} {:>10}\n", work.what, joules(*energy));
    } else {
      unpriced += (unpriced.empty() ? "" : ", ") + work.what;
    }
  }
  if (!priced.empty()) {
    priced =
        fmt::format("digital half of seed {}, by {}\n", run.seed(), prices.architecture->name) +
        priced;
  }
  return priced + (unpriced.empty() ? "" : fmt::format("not priced: {}\n", unpriced));
}

nlohmann::ordered_json json_of(const LearningRun& run, const LearningPrices& prices) {
  const auto done = run.network().accounts();
  nlohmann::ordered_json result = {{"seed", run.seed()},    {"subsets", run.subsets_done()},
                                   {"wanted", done.wanted}, {"pulses", done.pulses},
                                   {"moved", done.moved},   {"write_energy_J", done.write_energy}};
  result["digital"] = digital_json(run, prices);
  if (!prices.tiles) return result;
  const auto reads = read_costs(run, *prices.tiles);
  const auto wear = wear_of(run);
  result["reverse_pulses"] = done.reverse_pulses;
  result["rewrites"] = done.rewrites;
  result["flagged"] = done.flagged;
  result["commands"] = done.commands;
  result["field_slots"] = done.field_slots;
  result["disturbed"] = done.disturbed;
  result["update_energy_J"] = done.energy;
  result["update_time_s"] = seconds(done.write_time);
  result["read_energy_J"] = reads.before_pulses;
  result["read_time_s"] = reads.before_pulses_time;
  result["forward_energy_J"] = reads.forward;
  result["forward_time_s"] = reads.forward_time;
  result["most_pulses_a_device"] = *std::max_element(wear.begin(), wear.end());
  return result;
}

}  // namespace

std::string learning_text(const LearningStudy& study, const LearningStudyOptions& options,
                          const LearningPrices& prices) {
  std::string text = fmt::format("{:<6} {:>8} {:>9} {:>12} {:>12} {:>8} {:>12}\n", "seed",
                                 "subsets", "accuracy", "steps", "pulses", "moved", "write energy");
  for (const auto& run : study.runs()) {
    if (run->accuracies().empty()) continue;
    const auto done = run->network().accounts();
    text +=
        fmt::format("{:<6} {:>8} {:>7.2f} % {:>12} {:>12} {:>6.1f} % {:>12}\n", run->seed(),
                    run->subsets_done(), 100.0 * run->accuracies().back().accuracy(), done.wanted,
                    done.pulses, 100.0 * done.share_moved(), joules(done.write_energy));
  }
  const auto last = last_five(study.runs());
  text += fmt::format("mean of the last five subsets: {:.2f} +- {:.2f} % over {} seed{}\n",
                      100.0 * last.mean, 100.0 * last.deviation, options.seeds,
                      options.seeds == 1 ? "" : "s");
  for (const auto& run : study.runs()) {
    if (run->accuracies().empty()) continue;
    if (prices.tiles) text += device_lines(*run, *prices.tiles);
    if (prices.architecture) text += digital_lines(*run, prices);
  }
  if (!prices.architecture) text += digital_lines(*study.runs().front(), prices);
  return text;
}

std::string learning_json(const LearningStudy& study, const LearningStudyOptions& options,
                          const LearningPrices& prices) {
  nlohmann::ordered_json result;
  result["version"] = kVersion;
  for (const auto& [key, value] : named_values(options.rule)) result["rule"][key] = value;
  for (const auto& [key, value] : options.devices) result["rule"][key] = value;
  const auto last = last_five(study.runs());
  result["last_five_mean"] = last.mean;
  result["last_five_deviation"] = last.deviation;
  for (const auto& run : study.runs()) result["runs"].push_back(json_of(*run, prices));
  result["priced_by"] = prices.architecture ? nlohmann::ordered_json(prices.architecture->name)
                                            : nlohmann::ordered_json();
  return result.dump(2) + '\n';
}

std::string wear_csv(const LearningStudy& study) {
  std::string text = "seed,pulses,devices\n";
  for (const auto& run : study.runs()) {
    std::map<std::uint32_t, std::size_t> histogram;
    for (const auto pulses : wear_of(*run)) ++histogram[pulses];
    for (const auto& [pulses, devices] : histogram) {
      text += fmt::format("{},{},{}\n", run->seed(), pulses, devices);
    }
  }
  return text;
}

}  // namespace dwmtj
