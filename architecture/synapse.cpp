// SPDX-License-Identifier: Apache-2.0
#include "architecture/synapse.h"

#include "devices/catalog.h"

namespace dwmtj {

std::shared_ptr<const Synapse> load_synapse(const std::string& tile_name_or_file,
                                            const ParameterOverrides& over_tile,
                                            const ParameterOverrides& over_device) {
  auto tile = TileParameters::load(find_tile(tile_name_or_file), over_tile);
  auto device = tile.load_device(over_device);
  return std::make_shared<const Synapse>(std::move(tile), std::move(device));
}

std::shared_ptr<const Synapse> read_synapse(const ParameterNode& node) {
  auto tile = TileParameters::from(node);
  const auto file = node.named_file("device", device_catalog());
  auto device = tile.cell.show(DeviceParameters::load(file));
  tile.device = file.string();
  return std::make_shared<const Synapse>(std::move(tile), std::move(device));
}

}  // namespace dwmtj
