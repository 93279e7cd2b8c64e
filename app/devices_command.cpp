// SPDX-License-Identifier: Apache-2.0
// `dwmtj devices`: what the catalog holds, and where every number of a device comes from.
#include <algorithm>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/constants_table.h"
#include "app/device_argument.h"
#include "app/pulse_lines.h"
#include "app/set_option.h"
#include "devices/catalog.h"
#include "devices/device_model.h"

namespace dwmtj {
namespace {

void list_devices(JsonObject& found) {
  std::vector<JsonObject> rows;
  fmt::print("{:<21} {:>6}  {:<10} {}\n", "name", "sites", "update", "title");
  for (const auto& name : device_names()) {
    const auto device = DeviceParameters::load(find_device(name));
    fmt::print("{:<21} {:>6}  {:<10} {}\n", device.name, device.sites.size(),
               fmt::format("{:.4g} pJ", 1e12 * in_si(device.operating_point.update_energy)),
               device.title);
    rows.emplace_back()
        .set("name", device.name)
        .set("title", device.title)
        .set("sites", device.sites.size())
        .set("update_energy_J", in_si(device.operating_point.update_energy));
  }
  found.set("devices", rows);
}

// The critical amplitudes at the pads: what follows from depth, width and field.
std::optional<Voltage> critical_at_pads(const DeviceModel& model, int site, Direction direction) {
  const bool last = site == (direction == Direction::forward ? model.sites() - 1 : 0);
  if (last) return std::nullopt;
  const auto& parameters = model.parameters();
  const auto bias =
      direction == Direction::forward ? parameters.fields.write : parameters.fields.reset;
  const auto current = model.switching().critical_current(site, direction, bias);
  return parameters.operating_point.pads_from_current(current);
}

std::string critical_text(const std::optional<Voltage>& voltage) {
  return voltage ? fmt::format("{:.3g} V", in_si(*voltage)) : "-";
}

std::vector<JsonObject> sites_json(const DeviceModel& model) {
  std::vector<JsonObject> rows;
  for (int i = 0; i < model.sites(); ++i) {
    const auto& site = model.parameters().sites[static_cast<std::size_t>(i)];
    const auto& readout = model.readout();
    auto& row = rows.emplace_back();
    row.set("name", site.name)
        .set("level_ohm", in_si(readout.level(i)))
        .set("spread_ohm", in_si(readout.spread(i)))
        .set("level_S", in_si(readout.level_conductance(i)))
        .set("spread_S", in_si(readout.spread_conductance(i)));
    if (model.parameters().pulses) continue;  // no track
    row.set("position_m", in_si(site.position))
        .set("width_m", in_si(model.parameters().geometry.width(site.position)))
        .set("depth_m", in_si(site.depth))
        .set("barrier_kT", site.barrier);
    const auto write = critical_at_pads(model, i, Direction::forward);
    const auto reset = critical_at_pads(model, i, Direction::reverse);
    if (write) row.set("critical_write_V", in_si(*write));
    if (reset) row.set("critical_reset_V", in_si(*reset));
  }
  return rows;
}

void print_sites(const DeviceModel& model) {
  const auto& parameters = model.parameters();
  fmt::print("\n{:<8} {:>10} {:>9} {:>8} {:>9} {:>18} {:>20} {:>10} {:>10}\n", "site", "position",
             "width", "depth", "barrier", "resistance", "conductance", "V_c write", "V_c reset");
  for (int i = 0; i < model.sites(); ++i) {
    const auto& site = parameters.sites[static_cast<std::size_t>(i)];
    const auto& readout = model.readout();
    fmt::print(
        "{:<8} {:>10} {:>9} {:>8} {:>6.4g} kT {:>18} {:>20} {:>10} {:>10}\n", site.name,
        format_quantity(site.position), format_quantity(parameters.geometry.width(site.position)),
        format_quantity(site.depth), site.barrier,
        fmt::format("{:.1f} +- {:.1f} ohm", in_si(readout.level(i)), in_si(readout.spread(i))),
        fmt::format("{:.4g} mS +- {:.3g} uS", 1e3 * in_si(readout.level_conductance(i)),
                    1e6 * in_si(readout.spread_conductance(i))),
        critical_text(critical_at_pads(model, i, Direction::forward)),
        critical_text(critical_at_pads(model, i, Direction::reverse)));
  }
  const auto passed = parameters.fabricated.size() - parameters.sites.size();
  if (passed > 0) fmt::print("{} shallower notches are passed over\n", passed);
}

void explain_device(const std::string& name, const std::vector<std::string>& overrides,
                    JsonObject& found) {
  const DeviceModel model(load_device(name, overrides));
  const auto& parameters = model.parameters();
  fmt::print("{}: {}\n{}\n", parameters.name, parameters.title, parameters.file.string());
  if (parameters.pulses) {
    for (const auto& line : describe_pulses(model)) fmt::print("{}\n", line);
  } else {
    print_sites(model);
  }
  print_constants(parameters.constants);
  found.set("name", parameters.name)
      .set("title", parameters.title)
      .set("file", parameters.file.string())
      .set("sites", sites_json(model))
      .set("constants", constants_json(parameters.constants));
}

}  // namespace

void add_devices_command(CLI::App& app, const CommandLine& line) {
  auto* const command =
      app.add_subcommand("devices", "List the devices, or explain one with its sources.");
  const auto device = std::make_shared<std::string>();
  const auto overrides = std::make_shared<std::vector<std::string>>();
  auto* const argument = add_device_argument(*command, *device);
  add_set_option(*command, *overrides, "device")->needs(argument);
  command->footer(
      "Examples:\n  dwmtj devices\n  dwmtj devices trapezoidal\n"
      "  dwmtj devices my-device.yaml");
  command->callback([device, overrides, line] {
    if (device->empty()) {
      list_devices(*line.found);
    } else {
      explain_device(*device, *overrides, *line.found);
    }
  });
}

}  // namespace dwmtj
