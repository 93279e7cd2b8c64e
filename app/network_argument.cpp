// SPDX-License-Identifier: Apache-2.0
#include "app/network_argument.h"

#include <CLI/CLI.hpp>

#include "app/set_option.h"
#include "architecture/chip_catalog.h"

namespace dwmtj {

void add_network_argument(CLI::App& command, NetworkArgument& argument) {
  add_onnx_argument(command, argument.file);
  command
      .add_option("--arch", argument.architecture,
                  "A chip of cores, of the catalog or a .yaml file")
      ->required();
  add_set_option(command, argument.overrides,
                 "architecture (tile.KEY, device.KEY: of --tile, its device)");
}

void add_cell_options(CLI::App& command, MappingChoices& choices) {
  command.add_option("--bits", choices.bits, "Of a weight [as the core says]")
      ->check(CLI::Range(2, 16));
  command.add_option("--tile", choices.tile,
                     "A tile of the catalog or a .yaml file: its device holds the weights");
  command.add_option_function<std::string>(
      "--layers",
      [&choices](const std::string& file) { choices.layers = load_layer_choices(file); },
      "A .yaml file with bits and copies of single layers");
  command.add_flag_callback(
      "--no-copies", [&choices] { choices.replicate = false; },
      "Do not replicate layers on arrays left over");
  command
      .add_option("--activation-bits", choices.activation_bits,
                  "Of a value between layers [as the core's inputs]")
      ->check(CLI::Range(1, 32));
}

namespace {

Architecture load_architecture(const NetworkArgument& argument) {
  return Architecture::load(find_chip(argument.architecture),
                            ParameterOverrides(SetParts(argument.overrides).named));
}

}  // namespace

void check_network(const NetworkArgument& argument) {
  load_network(argument.file);
  load_architecture(argument);
}

MappedNetwork map_argument(const NetworkArgument& argument, MappingChoices choices) {
  const SetParts set(argument.overrides);
  choices.over_tile = ParameterOverrides(set.tile);
  choices.over_device = ParameterOverrides(set.device);
  auto architecture = load_architecture(argument);
  return map_onto(load_network(argument.file), std::move(architecture), choices);
}

}  // namespace dwmtj
