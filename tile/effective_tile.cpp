// SPDX-License-Identifier: Apache-2.0
#include "tile/effective_tile.h"

#include "common/effective_file.h"
#include "devices/measured_pulses.h"

namespace dwmtj {

std::map<std::string, std::string> effective_device(const DeviceParameters& device) {
  std::map<std::string, std::string> files = {
      {kEffectiveDevice, effective_file(device.effective_text, device.file)}};
  if (device.pulses) files.insert(device.pulses->files.begin(), device.pulses->files.end());
  return files;
}

std::map<std::string, std::string> effective_tile(const TileParameters& tile,
                                                  const DeviceParameters& device) {
  auto files = effective_device(device);
  files[kEffectiveTile] =
      effective_file(tile.effective_text, tile.file, {{"device", kEffectiveDevice}});
  return files;
}

}  // namespace dwmtj
