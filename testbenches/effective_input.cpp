// SPDX-License-Identifier: Apache-2.0
#include "testbenches/effective_input.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

namespace dwmtj {
namespace {

const char* const kTileFile = "tile.yaml";
const char* const kDeviceFile = "device.yaml";

void write(const RunFolder& folder, const std::string& name, const YAML::Node& content,
           const std::filesystem::path& source) {
  YAML::Emitter text;
  text << content;
  folder.write(name, fmt::format("# From {}\n{}\n", source.string(), text.c_str()));
}

}  // namespace

void write_effective_input(const RunFolder& folder, const Scenario& scenario) {
  auto device = YAML::Load(scenario.device.effective_text);
  write(folder, kDeviceFile, device, scenario.device.file);
  auto tile = YAML::Load(scenario.tile.effective_text);
  tile["device"] = kDeviceFile;
  write(folder, kTileFile, tile, scenario.tile.file);
  auto commands = YAML::Load(scenario.effective_text);
  commands["tile"] = kTileFile;
  commands["seed"] = scenario.seed;
  write(folder, "scenario.yaml", commands, scenario.file);
}

}  // namespace dwmtj
