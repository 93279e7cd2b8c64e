// SPDX-License-Identifier: Apache-2.0
// `dwmtj export`: a device for other simulators.
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/device_argument.h"
#include "app/seed_option.h"
#include "app/set_option.h"
#include "common/run_folder.h"
#include "compact_models/compact_text.h"
#include "devices/lookup_table.h"

namespace dwmtj {
namespace {

constexpr int kPoints = 501;  // of a distribution, as in the tables that come with CrossSim

struct Options {
  std::string device;
  std::string form;
  std::string out;
  std::vector<std::string> overrides;
  std::uint64_t seed = 1;
};

using Files = std::map<std::string, std::string>;  // texts by name

Files lookup_tables(const DeviceModel& model) {
  const auto table = [&](Direction direction) {
    return to_text(lookup_table(model, model.nominal_pulse(direction), kPoints));
  };
  const auto& name = model.parameters().name;
  return {{name + "_dG_increasing.txt", table(Direction::forward)},
          {name + "_dG_decreasing.txt", table(Direction::reverse)}};
}

Files files_of(const DeviceModel& model, const Options& options) {
  if (options.form == "crosssim") return lookup_tables(model);
  const auto& name = model.parameters().name;
  const auto law = device_law(model);
  if (options.form == "spice") return {{name + ".cir", spice_subcircuit(law)}};
  return {{name + ".va", verilog_a_module(law, options.seed)}};
}

void export_device(const Options& options, JsonObject& found) {
  const DeviceModel model(load_device(options.device, options.overrides));
  const auto& name = model.parameters().name;
  RunFolder folder(options.out.empty() ? std::filesystem::path("results") / name
                                       : std::filesystem::path(options.out));
  const auto files = files_of(model, options);
  for (const auto& [file, text] : files) folder.write(file, text);
  folder.commit();
  std::vector<std::string> written;
  for (const auto& [file, text] : files) {
    written.push_back((folder.path() / file).string());
    fmt::print("{}\n", written.back());
  }
  found.set("files", written);
}

}  // namespace

void add_export_command(CLI::App& app, const CommandLine& line) {
  auto* const command = app.add_subcommand(
      "export", "Write a device as a SPICE subcircuit, in Verilog-A or as tables for CrossSim.");
  const auto options = std::make_shared<Options>();
  add_device_argument(*command, options->device)->required();
  command->add_option("--as", options->form, "spice, verilog-a or crosssim")
      ->check(CLI::IsMember({"spice", "verilog-a", "crosssim"}))
      ->required();
  command->add_option("--out", options->out, "Folder (default: results/NAME)");
  add_set_option(*command, options->overrides, "device");
  add_seed_option(*command, options->seed);
  command->footer(
      "Examples:\n  dwmtj export straight --as spice\n"
      "  dwmtj export my-device.yaml --as crosssim --out tables");
  line.tell_sweeps(*command, {"", [options] { load_device(options->device, options->overrides); }});
  command->callback([options, line] { export_device(*options, *line.found); });
}

}  // namespace dwmtj
