// SPDX-License-Identifier: Apache-2.0
#include "characterization/pulse_record.h"

namespace dwmtj {

DeviceRecord record_of(const Measurement& measurement, std::uint64_t device) {
  DeviceRecord record;
  measurement(device, Rows::all, [&](const PulseRecord& row) { record.push_back(row); });
  return record;
}

}  // namespace dwmtj
