// SPDX-License-Identifier: Apache-2.0
#include "devices/spread_scale.h"

#include <fmt/format.h>

#include "common/input_error.h"
#include "devices/readout_law.h"

namespace dwmtj {

void scale_spreads(DeviceParameters& device, double scale) {
  for (auto& site : device.sites) {
    site.spread *= scale;
    site.conductance_spread *= scale;
  }
  const ReadoutLaw readout(device);
  for (int site = 0; site < readout.sites(); ++site) {
    if (readout.smallest_draw(site) > 0.0) continue;
    throw InputError(
        fmt::format("{:g} times the spread of '{}' of the device '{}' could draw less "
                    "than 0",
                    scale, device.sites[static_cast<std::size_t>(site)].name, device.name));
  }
}

}  // namespace dwmtj
