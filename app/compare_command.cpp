// SPDX-License-Identifier: Apache-2.0
// `dwmtj compare`: results of several estimates side by side (docs/app/compare.md).
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/figures.h"
#include "app/figures_option.h"
#include "app/simulator.h"
#include "common/input_error.h"
#include "common/name_text.h"
#include "common/quantity_text.h"
#include "common/run_folder.h"

namespace dwmtj {
namespace {

using Json = nlohmann::json;

struct CompareOptions {
  std::vector<std::string> folders;
  std::string out;
  bool figures = true;
};

struct Result {
  std::string folder;
  std::string network;
  std::string architecture;
  double bits;
  double arrays;
  double latency;   // s
  double interval;  // s
  double energy;    // J
  double efficiency;
  double area;                        // m^2
  std::optional<double> programming;  // J; none: not priced
  double batch;
  double simulated;
  bool settled;
  std::string unpriced;  // actions that cost nothing
};

Result read_result(const std::string& folder) {
  const auto file = std::filesystem::path(folder) / "estimate.json";
  std::ifstream stream(file);
  if (!stream)
    throw InputError(
        fmt::format("{}: no such file: expected results of dwmtj estimate --out", file.string()));
  try {
    const auto json = Json::parse(stream);
    const auto number = [&](const char* key) { return json.at(key).get<double>(); };
    const auto& programming = json.at("programming");
    return {folder,
            json.at("network").get<std::string>(),
            json.at("architecture").get<std::string>(),
            number("weight_bits"),
            number("arrays_used"),
            number("latency_s"),
            number("interval_s"),
            number("energy_J"),
            number("operations_per_joule"),
            number("area_m2"),
            programming.empty() ? std::nullopt
                                : std::optional(programming.at(0).at("energy_J").get<double>()),
            number("batch"),
            number("simulated"),
            json.at("settled").get<bool>(),
            json.at("unpriced").get<std::string>()};
  } catch (const Json::exception& error) {
    throw InputError(fmt::format("{}: not an estimate: {}", file.string(), error.what()));
  }
}

std::string table(const std::vector<Result>& results) {
  std::string text = fmt::format(
      "{:<28} {:<18} {:<18} {:>4} {:>8} {:>10} {:>10} {:>10} {:>9} {:>11} {:>11} {:>8} {:>9} {:>7} "
      " {}\n",
      "result", "network", "architecture", "bits", "arrays", "latency", "interval", "energy",
      "TOPS/W", "area", "programming", "batch", "simulated", "settled", "no price");
  for (const auto& row : results) {
    text += fmt::format(
        "{:<28} {:<18} {:<18} {:>4} {:>8} {:>10} {:>10} {:>10} {:>9.4g} {:>11} {:>11} {:>8} {:>9} "
        "{:>7}  {}\n",
        row.folder, row.network, row.architecture, row.bits, row.arrays,
        format_quantity(row.latency, Dimension::time),
        format_quantity(row.interval, Dimension::time),
        format_quantity(row.energy, Dimension::energy), 1e-12 * row.efficiency,
        format_quantity(row.area, Dimension::area),
        row.programming ? format_quantity(*row.programming, Dimension::energy) : "-", row.batch,
        row.simulated, row.settled ? "yes" : "no", row.unpriced.empty() ? "-" : row.unpriced);
  }
  return text;
}

std::string csv(const std::vector<Result>& results) {
  std::string text =
      "result,network,architecture,bits,arrays,latency_s,interval_s,energy_J,operations_per_joule,"
      "area_m2,programming_J,batch,simulated,settled,unpriced\n";
  for (const auto& row : results) {
    text +=
        fmt::format("{},{},{},{},{},{:.9g},{:.9g},{:.17g},{:.9g},{:.9g},{},{},{},{},{}\n",
                    csv_field(row.folder), csv_field(row.network), csv_field(row.architecture),
                    row.bits, row.arrays, row.latency, row.interval, row.energy, row.efficiency,
                    row.area, row.programming ? fmt::format("{:.17g}", *row.programming) : "",
                    row.batch, row.simulated, row.settled ? "yes" : "no", csv_field(row.unpriced));
  }
  return text;
}

std::vector<JsonObject> json_of(const std::vector<Result>& results) {
  std::vector<JsonObject> rows;
  for (const auto& row : results) {
    auto& json = rows.emplace_back();
    json.set("result", row.folder)
        .set("network", row.network)
        .set("architecture", row.architecture)
        .set("bits", row.bits)
        .set("arrays", row.arrays)
        .set("latency_s", row.latency)
        .set("interval_s", row.interval)
        .set("energy_J", row.energy)
        .set("operations_per_joule", row.efficiency)
        .set("area_m2", row.area)
        .set("batch", row.batch)
        .set("simulated", row.simulated)
        .set("settled", row.settled)
        .set("unpriced", row.unpriced);
    if (row.programming) json.set("programming_J", *row.programming);
  }
  return rows;
}

void write_results(const CompareOptions& options, const std::vector<Result>& results,
                   const std::vector<std::string>& command) {
  for (const auto& input : options.folders) {
    std::error_code not_there;
    if (!std::filesystem::equivalent(input, options.out, not_there)) continue;
    throw InputError(fmt::format("--out: {}: holds a result that is compared", options.out));
  }
  RunFolder folder(options.out);
  folder.record_run(command, 0);
  folder.write("compare.csv", csv(results));
  folder.write("compare.txt", table(results));
  if (options.figures) draw_figures("compare.py", folder.path());
  folder.commit();
}

int run_compare(const CompareOptions& options, const CommandLine& line) {
  std::vector<Result> results;
  for (const auto& folder : options.folders) results.push_back(read_result(folder));
  if (!options.out.empty()) write_results(options, results, line.words);
  fmt::print("{}", table(results));
  if (!options.out.empty()) fmt::print("results in {}\n", options.out);
  line.found->set("estimates", json_of(results));
  return 0;
}

}  // namespace

void add_compare_command(CLI::App& app, const CommandLine& line) {
  auto* const command = app.add_subcommand("compare", kCompareDescription);
  const auto options = std::make_shared<CompareOptions>();
  command->add_option("results", options->folders, "Output folders of dwmtj estimate")
      ->required()
      ->expected(1, 64);
  command->add_option("--out", options->out, "Output folder for the table and a figure");
  add_figures_option(*command, options->figures);
  command->footer("Example:\n  dwmtj compare results/a results/b --out results/compare");
  command->callback([options, line] { *line.status = run_compare(*options, line); });
}

}  // namespace dwmtj
