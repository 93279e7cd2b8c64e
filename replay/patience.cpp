// SPDX-License-Identifier: Apache-2.0
#include "replay/patience.h"

#include <algorithm>

#include "replay/watchdog.h"

namespace dwmtj {

Picoseconds patience_with(const TileParameters& tile, const DeviceParameters& device,
                          const ChipParameters* chip) {
  const auto& timing = tile.timing;
  Time longest = std::max({timing.clock_period, timing.select_settle, timing.field_settle,
                           timing.pulse_relax, timing.read_settle, tile.sum_reference.settle,
                           tile.comparator.window, device.operating_point.shape.foot_to_foot()});
  if (chip != nullptr) {
    longest = std::max({longest, chip->interconnect.cycle, chip->interconnect.hop_latency,
                        chip->registers.access_time, chip->buffer.latency, chip->buffer.cycle,
                        chip->digital.cycle});
  }
  constexpr std::int64_t kTimes = 1'000'000;
  const auto most = std::min(to_picoseconds(longest), kLongestDuration / kTimes);
  return std::max(kPatience, repeated(kTimes, most));
}

}  // namespace dwmtj
