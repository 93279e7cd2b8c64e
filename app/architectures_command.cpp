// SPDX-License-Identifier: Apache-2.0
// `dwmtj architectures`: what the catalog holds, what a core and a chip add up to, and where every
// number comes from.
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/constants_table.h"
#include "app/set_option.h"
#include "architecture/architecture.h"
#include "architecture/chip_catalog.h"

namespace dwmtj {
namespace {

// "245.8 GOPS", "41.3 TOPS"
std::string operations(double a_second) {
  const double giga = a_second * 1e-9;
  return giga < 1e3 ? fmt::format("{:.4g} GOPS", giga) : fmt::format("{:.4g} TOPS", 1e-3 * giga);
}

std::string efficiency(const Figures& figures) {
  return fmt::format("{:.4g} TOPS/W", 1e-12 * figures.operations_per_joule());
}

std::string density(const Figures& figures) {
  return fmt::format("{:.4g} TOPS/mm^2", 1e-18 * figures.operations_per_area());
}

JsonObject json_of(const Figures& figures) {
  JsonObject json;
  json.set("area_m2", in_si(figures.area))
      .set("leakage_W", in_si(figures.leakage))
      .set("peak_power_W", in_si(figures.peak_power))
      .set("operations_per_second", figures.operations)
      .set("operations_per_joule", figures.operations_per_joule())
      .set("operations_per_second_m2", figures.operations_per_area())
      .set("weights", figures.weights);
  return json;
}

void list_architectures(JsonObject& found) {
  std::vector<JsonObject> rows;
  fmt::print("{:<18} {:>6} {:>14} {:>12} {:>13} {:>15} {}\n", "name", "cores", "chip area", "power",
             "throughput", "efficiency", "title");
  for (const auto& name : chip_names(ChipKind::cores)) {
    const auto architecture = Architecture::load(find_chip(name));
    const auto chip = architecture.chip_figures();
    fmt::print("{:<18} {:>6} {:>14} {:>12} {:>13} {:>15} {}\n", architecture.name,
               architecture.cores, format_quantity(chip.area), format_quantity(chip.peak_power),
               operations(chip.operations), efficiency(chip), architecture.title);
    rows.emplace_back()
        .set("name", architecture.name)
        .set("title", architecture.title)
        .set("cores", architecture.cores)
        .set("chip", json_of(chip));
  }
  found.set("architectures", rows);
}

void print_shape(const CoreParameters& core) {
  const auto& shape = core.shape;
  fmt::print("\ncore: {}\n", core.description);
  fmt::print("{} arrays of {} x {} cells with {} levels, {} columns a weight; {} nm\n",
             shape.arrays, shape.rows, shape.columns, shape.levels, shape.columns_per_weight,
             1e9 * in_si(core.technology_node));
  fmt::print("weights of {} bits x inputs of {} bits, {} a step of {}; read by {}\n",
             shape.weight_bits, shape.input_bits, shape.input_bits_per_step,
             format_quantity(shape.step_time),
             shape.readout == Readout::adc ? "ADCs" : "comparators");
  if (core.synapse) fmt::print("circuits of the tile '{}'\n", core.synapse->tile.name);
}

void print_prices(const ComponentParameters& component) {
  for (const auto& price : component.actions) {
    fmt::print("  {} {}", name_of(price.action), format_quantity(price.energy));
  }
  fmt::print("\n");
}

void print_inventory(const std::string& title, const std::vector<ComponentParameters>& components) {
  if (components.empty()) return;
  fmt::print("\n{:<22} {:>8} {:>14} {:>14} {:>11} {:>11}  {}\n", title, "count", "area each",
             "area", "leakage", "peak power", "energy of an action");
  for (const auto& component : components) {
    const double count = component.count;
    fmt::print("{:<22} {:>8} {:>14} {:>14} {:>11} {:>11}", component.name,
               fmt::format("{:g}", count), format_quantity(component.area),
               format_quantity(count * component.area), format_quantity(count * component.leakage),
               format_quantity(count * (component.peak_power() + component.leakage)));
    print_prices(component);
  }
}

void print_figures(const Architecture& architecture) {
  fmt::print("\n{:<14} {:>14} {:>11} {:>11} {:>13} {:>16} {:>17} {:>12}\n", "", "area", "leakage",
             "peak power", "throughput", "efficiency", "density", "weights");
  const auto row = [](const std::string& name, const Figures& figures) {
    fmt::print("{:<14} {:>14} {:>11} {:>11} {:>13} {:>16} {:>17} {:>12}\n", name,
               format_quantity(figures.area), format_quantity(figures.leakage),
               format_quantity(figures.peak_power), operations(figures.operations),
               efficiency(figures), density(figures), fmt::format("{:.0f}", figures.weights));
  };
  row("core", architecture.core_figures());
  row(fmt::format("chip of {}", architecture.cores), architecture.chip_figures());
}

void print_published(const Architecture& architecture) {
  if (architecture.published.empty()) return;
  fmt::print("\n{:<34} {:>16} {:>16} {:>8}  {:<4} {}\n", "published", "value", "ours", "off",
             "match", "source");
  for (const auto& row : architecture.published) {
    const auto comparison = architecture.compare(row);
    fmt::print("{:<34} {:>16} {:>16} {:>6.1f} %  {:<5} {}\n", row.label,
               format_figure(row.figure, comparison.published),
               format_figure(row.figure, comparison.ours), 100.0 * comparison.deviation(),
               comparison.matches() ? "yes" : "no", row.source);
    if (!row.note.empty()) fmt::print("  {}\n", row.note);
  }
  fmt::print("a row matches within {:g} %\n", 100.0 * kMatch);
}

void explain_architecture(const Architecture& architecture) {
  fmt::print("{}: {}\n{}\n", architecture.name, architecture.title, architecture.file.string());
  print_shape(architecture.core);
  print_inventory("of a core", architecture.core.components);
  print_inventory("of the chip", architecture.chip);
  print_figures(architecture);
  print_published(architecture);
  print_constants(architecture.constants);
}

std::vector<JsonObject> json_of(const std::vector<ComponentParameters>& components) {
  std::vector<JsonObject> rows;
  for (const auto& component : components) {
    JsonObject energies;
    for (const auto& price : component.actions) {
      energies.set(std::string(name_of(price.action)) + "_J", in_si(price.energy));
    }
    rows.emplace_back()
        .set("name", component.name)
        .set("count", static_cast<double>(component.count))
        .set("area_m2", in_si(component.area))
        .set("leakage_W", in_si(component.leakage))
        .set("peak_power_W", in_si(component.peak_power()))
        .set("actions", energies);
  }
  return rows;
}

std::vector<JsonObject> published_json(const Architecture& architecture) {
  std::vector<JsonObject> rows;
  for (const auto& row : architecture.published) {
    const auto comparison = architecture.compare(row);
    rows.emplace_back()
        .set("figure", row.label)
        .set("published", comparison.published)
        .set("ours", comparison.ours)
        .set("matches", comparison.matches())
        .set("source", row.source);
  }
  return rows;
}

JsonObject json_of(const Architecture& architecture) {
  JsonObject json;
  json.set("name", architecture.name)
      .set("title", architecture.title)
      .set("cores", architecture.cores)
      .set("core", json_of(architecture.core_figures()))
      .set("chip", json_of(architecture.chip_figures()))
      .set("of_a_core", json_of(architecture.core.components))
      .set("of_the_chip", json_of(architecture.chip))
      .set("published", published_json(architecture))
      .set("constants", constants_json(architecture.constants));
  return json;
}

}  // namespace

void add_architectures_command(CLI::App& app, const CommandLine& line) {
  auto* const command = app.add_subcommand(
      "architectures", "List the architectures, or add one up with the source of each number.");
  const auto name = std::make_shared<std::string>();
  const auto yaml = std::make_shared<bool>(false);
  const auto overrides = std::make_shared<std::vector<std::string>>();
  auto* const argument = command->add_option(
      "architecture", *name,
      "An architecture of the catalog (see dwmtj architectures) or a .yaml file");
  command->add_flag("--yaml", *yaml, "Print its file instead, with all layers and parts in it")
      ->needs(argument);
  add_set_option(*command, *overrides, "architecture")->needs(argument);
  command->footer(
      "Examples:\n  dwmtj architectures\n  dwmtj architectures isaac-ce\n"
      "  dwmtj architectures my-architecture.yaml --yaml");
  command->callback([name, yaml, overrides, line] {
    if (name->empty()) return list_architectures(*line.found);
    const auto architecture = Architecture::load(find_chip(*name), ParameterOverrides(*overrides));
    *line.found = json_of(architecture);
    if (*yaml) {
      fmt::print("{}", architecture.effective_text);
    } else {
      explain_architecture(architecture);
    }
  });
}

}  // namespace dwmtj
