// SPDX-License-Identifier: Apache-2.0
#include "characterization/parallel_devices.h"

#include <algorithm>
#include <vector>

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include "common/interrupt.h"

namespace dwmtj {
namespace {

constexpr std::uint64_t kBlock = 64;  // devices in flight: bounds the memory

}  // namespace

std::uint64_t for_each_device(std::uint64_t devices, int threads,
                              const std::function<DeviceRecord(std::uint64_t)>& measure,
                              const std::function<void(const DeviceRecord&)>& take) {
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(threads));
  std::vector<DeviceRecord> block;
  std::uint64_t done = 0;
  while (done < devices && !interrupted()) {
    const std::uint64_t count = std::min(kBlock, devices - done);
    block.assign(count, {});
    tbb::parallel_for(std::uint64_t{0}, count,
                      [&](std::uint64_t i) { block[i] = measure(done + i); });
    for (const auto& record : block) take(record);
    done += count;
  }
  return done;
}

}  // namespace dwmtj
