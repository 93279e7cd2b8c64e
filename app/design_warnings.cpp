// SPDX-License-Identifier: Apache-2.0
#include "app/design_warnings.h"

#include <fmt/format.h>

#include "common/complain.h"

namespace dwmtj {

void warn_of_design(const TileParameters& tile, const DeviceModel& device, TileSize size) {
  if (tile.as_measured) return;  // `dwmtj check` says it of prototypes, too
  for (const auto& [rule, text, fits] : check_design(tile, device, size)) {
    complain(fmt::format("warning: tile '{}': {}: {}{}", tile.name, rule, text,
                         fits.empty() ? "" : " (fits: " + changes_text(fits) + ")"));
  }
}

}  // namespace dwmtj
