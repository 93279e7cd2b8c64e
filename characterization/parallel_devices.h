// SPDX-License-Identifier: Apache-2.0
// Many devices on several threads, handed on in the order of their index.
#pragma once

#include <cstdint>
#include <functional>

#include "characterization/pulse_record.h"

namespace dwmtj {

// Calls `measure` for devices 0 .. devices-1 and `take` with each result in order. Stops after a
// finished block when the run is interrupted; returns how many devices were taken.
std::uint64_t for_each_device(std::uint64_t devices, int threads,
                              const std::function<DeviceRecord(std::uint64_t)>& measure,
                              const std::function<void(const DeviceRecord&)>& take);

}  // namespace dwmtj
