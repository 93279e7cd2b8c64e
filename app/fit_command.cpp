// SPDX-License-Identifier: Apache-2.0
// `dwmtj fit`: a device file from switching data (docs/app/fit.md).
#include <algorithm>
#include <cctype>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/commands.h"
#include "app/device_argument.h"
#include "app/figures.h"
#include "app/figures_option.h"
#include "characterization/calibration.h"
#include "characterization/fitted_file.h"
#include "common/input_error.h"
#include "common/run_folder.h"
#include "devices/catalog.h"

namespace dwmtj {
namespace {

struct FitOptions {
  std::vector<std::string> files;
  std::string like;
  std::optional<std::size_t> levels;
  std::string name = "fitted";
  std::string out;
  bool figures = true;
};

// Beside a fitted file there is the one that it lies over, unless that is in the catalog.
std::string base_in(const RunFolder& folder, const DeviceParameters& like,
                    const std::string& name) {
  if (std::filesystem::path(name).extension() != ".yaml") return name;
  folder.protect(like.file);
  folder.write("base.yaml", like.effective_text);
  return "base.yaml";
}

std::string fit_csv(const SwitchingFit& fit) {
  std::string text = "site,site_name,voltage_V,pulses,left,chance\n";
  for (const auto& point : fit.points) {
    text += fmt::format("{},{},{:.6g},{},{},{:.6g}\n", point.site,
                        fit.device.sites[static_cast<std::size_t>(point.site)].name,
                        in_si(point.voltage), point.trials.pulses, point.trials.left, point.chance);
  }
  return text;
}

void print_levels(const SwitchingFit& fit, const SwitchingData& data) {
  fmt::print("{:<6} {:>22} {:>8} {:>11} {:>22} {:>20} {:>14}\n", "site", "resistance", "visits",
             "position", "depth", "barrier", "chi square, p");
  for (std::size_t i = 0; i < fit.sites.size(); ++i) {
    const auto& site = fit.device.sites[i];
    const auto& how = fit.sites[i];
    const auto with_error = [&](double value, double error, const char* unit) {
      return how.fitted ? fmt::format("{:.4g} +- {:.2g} {}", value, error, unit)
                        : fmt::format("{:.4g} {} (as before)", value, unit);
    };
    fmt::print("{:<6} {:>22} {:>8} {:>11} {:>22} {:>20} {:>14}\n", site.name,
               fmt::format("{:.6g} +- {:.3g} ohm", data.levels[i], data.spreads[i]), data.visits[i],
               format_quantity(site.position),
               with_error(1e9 * in_si(site.depth), 1e9 * how.depth_error, "nm"),
               with_error(site.barrier, how.barrier_error, "kT"),
               how.freedom > 0
                   ? fmt::format("{:.1f}/{}, {:.2g}", how.chi_square, how.freedom, how.p)
                   : std::string("-"));
  }
}

// V_C,avg and var of the data, and what the fitted device is expected to show in the same protocol.
void print_switches(const SwitchingFit& fit, const SwitchingData& data) {
  fmt::print("\n{:<14} {:>9} {:>10} {:>10} {:>8} {:>8}\n", "left", "times", "V_C data", "V_C fit",
             "var data", "var fit");
  const auto print = [&](const CycleStatistics& statistics, Phase phase, int cycles) {
    const bool any = std::any_of(statistics.leaving().begin(), statistics.leaving().end(),
                                 [](const auto& row) { return row.mean.count() > 0; });
    if (!any) return;
    const auto expected =
        expected_switchings(fit.device, phase, std::max(cycles, 2), kRoomTemperature);
    for (std::size_t i = 0; i < fit.sites.size(); ++i) {
      const auto& row = statistics.leaving()[i];
      if (row.mean.count() == 0) continue;
      const auto percent = [](double var) { return fmt::format("{:.2f} %", 100.0 * var); };
      fmt::print("{:<14} {:>9} {:>8.3f} V {:>8.3f} V {:>8} {:>8}\n",
                 fit.device.sites[i].name + (phase == Phase::write ? ", forward" : ", reverse"),
                 row.voltages.count(), row.mean.mean(), in_si(expected[i].mean),
                 row.var.count() > 0 ? percent(row.var.mean()) : "-", percent(expected[i].var));
    }
  };
  print(data.write, Phase::write, static_cast<int>(data.protocol.ramp_cycles));
  print(data.reset, Phase::reset, static_cast<int>(data.protocol.reset_cycles));
}

// It names a file as well.
void check_name(const std::string& name) {
  const bool plain = std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
  });
  if (plain && !name.empty() && name.front() != '.') return;
  throw InputError(fmt::format("--name: '{}' is not made of letters, digits, - and _", name));
}

std::vector<JsonObject> sites_json(const SwitchingFit& fit, const SwitchingData& data) {
  std::vector<JsonObject> rows;
  for (std::size_t i = 0; i < fit.sites.size(); ++i) {
    const auto& site = fit.device.sites[i];
    const auto& how = fit.sites[i];
    rows.emplace_back()
        .set("name", site.name)
        .set("level_ohm", data.levels[i])
        .set("spread_ohm", data.spreads[i])
        .set("visits", data.visits[i])
        .set("position_m", in_si(site.position))
        .set("fitted", how.fitted)
        .set("depth_m", in_si(site.depth))
        .set("depth_error_m", how.depth_error)
        .set("barrier_kT", site.barrier)
        .set("barrier_error_kT", how.barrier_error)
        .set("chi_square", how.chi_square)
        .set("freedom", how.freedom)
        .set("p", how.p);
  }
  return rows;
}

void fit(const FitOptions& options, const CommandLine& line) {
  check_name(options.name);
  const auto like = load_device(options.like, {});
  if (like.pulses) {
    throw InputError(fmt::format(
        "--like: the device '{}' is known by its pulses alone: no law to fit", like.name));
  }
  const std::vector<std::filesystem::path> files(options.files.begin(), options.files.end());
  const auto data = read_switching_data(files, options.levels.value_or(like.sites.size()));
  const auto result = fit_device(like, data);
  RunFolder folder(options.out.empty() ? "results/" + options.name : options.out);
  folder.record_run(line.words, 0);
  for (const auto& file : files) folder.protect(file);
  std::vector<std::string> names;
  names.reserve(files.size());
  for (const auto& file : files) names.push_back(file.filename().string());
  const FittedFile file{base_in(folder, like, options.like), options.name,
                        fmt::format("{}", fmt::join(names, ", "))};
  const auto device_file = options.name + ".yaml";
  folder.write(device_file, fitted_file(result, data, like, file));
  folder.write("fit.csv", fit_csv(result));
  // What was written can be read.
  static_cast<void>(DeviceParameters::load(folder.path() / device_file));
  if (options.figures) draw_figures("fit.py", folder.path());
  folder.commit();
  fmt::print("{} fitted to {}, like {}\n\n", options.name, file.source, like.name);
  print_levels(result, data);
  print_switches(result, data);
  fmt::print("\ndevice in {}\n", (folder.path() / device_file).string());
  line.found->set("device", (folder.path() / device_file).string())
      .set("sites", sites_json(result, data));
}

}  // namespace

void add_fit_command(CLI::App& app, const CommandLine& line) {
  auto* const command =
      app.add_subcommand("fit", "A device file from switching data: levels, depths, barriers.");
  const auto options = std::make_shared<FitOptions>();
  command
      ->add_option("files", options->files,
                   "CSV files: voltage_V, resistance_ohm, pulse, cycle, device")
      ->required();
  command
      ->add_option("--like", options->like,
                   "Device whose track, film, pulse and fields it has: a name or a .yaml file")
      ->required();
  command
      ->add_option("--levels", options->levels, "Levels in the data [as many as that device has]")
      ->check(CLI::Range(std::size_t{2}, kMostSites));
  command->add_option("--name", options->name, "Of the fitted device")->capture_default_str();
  command->add_option("--out", options->out, "Output folder [results/NAME]");
  add_figures_option(*command, options->figures);
  command->footer(
      "Examples:\n"
      "  dwmtj characterize trapezoidal --protocol ramp,write-reset --devices 50\n"
      "  dwmtj fit results/trapezoidal/ramp.csv results/trapezoidal/write_reset.csv --like "
      "trapezoidal --name mine\n"
      "  dwmtj characterize results/mine/mine.yaml --check");
  command->callback([options, line] { fit(*options, line); });
}

}  // namespace dwmtj
