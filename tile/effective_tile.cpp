// SPDX-License-Identifier: Apache-2.0
#include "tile/effective_tile.h"

#include "common/effective_file.h"

namespace dwmtj {

std::map<std::string, std::string> effective_tile(const TileParameters& tile,
                                                  const DeviceParameters& device) {
  return {{kEffectiveTile,
           effective_file(tile.effective_text, tile.file, {{"device", kEffectiveDevice}})},
          {kEffectiveDevice, effective_file(device.effective_text, device.file)}};
}

}  // namespace dwmtj
