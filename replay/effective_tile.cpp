// SPDX-License-Identifier: Apache-2.0
#include "replay/effective_tile.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

namespace dwmtj {
namespace {

const char* const kTileFile = "tile.yaml";
const char* const kDeviceFile = "device.yaml";

std::string text_of(const YAML::Node& content, const std::filesystem::path& source) {
  YAML::Emitter text;
  text << content;
  return fmt::format("# From {}\n{}\n", source.string(), text.c_str());
}

}  // namespace

std::map<std::string, std::string> effective_tile(const TileParameters& tile,
                                                  const DeviceParameters& device) {
  auto content = YAML::Load(tile.effective_text);
  content["device"] = kDeviceFile;
  return {{kTileFile, text_of(content, tile.file)},
          {kDeviceFile, text_of(YAML::Load(device.effective_text), device.file)}};
}

std::string effective_architecture(const ChipParameters& chip) {
  auto content = YAML::Load(chip.effective);
  content["tiles"]["tile"] = kTileFile;
  return text_of(content, chip.file);
}

void write_effective_tile(const RunFolder& folder, const TileParameters& tile,
                          const DeviceParameters& device) {
  for (const auto& [name, text] : effective_tile(tile, device)) folder.write(name, text);
}

}  // namespace dwmtj
