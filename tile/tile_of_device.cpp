// SPDX-License-Identifier: Apache-2.0
#include "tile/tile_of_device.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/input_error.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

std::filesystem::path find_tile_of_device(const std::string& device) {
  std::vector<std::string> found;
  for (const auto& name : tile_names()) {
    if (TileParameters::load(find_tile(name)).device == device) found.push_back(name);
  }
  if (std::find(found.begin(), found.end(), device) != found.end()) return find_tile(device);
  if (found.size() == 1) return find_tile(found.front());
  const auto which = found.empty() ? "no tile of the catalog has"
                                   : fmt::format("the tiles {} have", fmt::join(found, ", "));
  throw InputError(fmt::format("{} the device '{}': expected --tile", which, device));
}

}  // namespace dwmtj
