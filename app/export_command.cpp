// SPDX-License-Identifier: Apache-2.0
// `dwmtj export`: a device for other simulators.
#include <filesystem>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/device_argument.h"
#include "app/seed_option.h"
#include "app/set_option.h"
#include "common/run_folder.h"
#include "compact_models/compact_text.h"
#include "compact_models/lookup_table.h"

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

void write_lookup_tables(const RunFolder& folder, const DeviceModel& model) {
  const auto& point = model.parameters().operating_point;
  const auto write = [&](const char* word, Voltage pads) {
    const auto name = fmt::format("{}_dG_{}.txt", model.parameters().name, word);
    folder.write(name, to_text(lookup_table(model, model.pad_pulse(pads), kPoints)));
    fmt::print("{}\n", (folder.path() / name).string());
  };
  write("increasing", point.pad_voltage);
  write("decreasing", -point.pad_voltage);
}

void write_text(const RunFolder& folder, const std::string& name, const std::string& text) {
  folder.write(name, text);
  fmt::print("{}\n", (folder.path() / name).string());
}

void export_device(const Options& options) {
  const DeviceModel model(load_device(options.device, options.overrides));
  const auto& name = model.parameters().name;
  const RunFolder folder(options.out.empty() ? std::filesystem::path("results") / name
                                             : std::filesystem::path(options.out));
  if (options.form == "crosssim") return write_lookup_tables(folder, model);
  const auto law = device_law(model);
  if (options.form == "spice") {
    write_text(folder, name + ".cir", spice_subcircuit(law));
  } else {
    write_text(folder, name + ".va", verilog_a_module(law, options.seed));
  }
}

}  // namespace

void add_export_command(CLI::App& app, const CommandLine&) {
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
  command->callback([options] { export_device(*options); });
}

}  // namespace dwmtj
