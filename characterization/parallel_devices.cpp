// SPDX-License-Identifier: Apache-2.0
#include "characterization/parallel_devices.h"

namespace dwmtj {
namespace {

constexpr std::uint64_t kMostDevices = 64;      // in flight
constexpr std::uint64_t kMostRows = 1'000'000;  // in flight: 40 MB
constexpr std::uint64_t kCyclesAtOnce = 1000;   // worth a thread's while

}  // namespace

std::uint64_t devices_at_once(const Sweep& sweep) {
  return std::max<std::uint64_t>(1, kCyclesAtOnce / static_cast<std::uint64_t>(sweep.cycles));
}

std::uint64_t measure_rows(const Sweep& sweep, std::uint64_t rows_of_device,
                           const Measurement& measurement, const DeviceSink& sink) {
  return on_threads(sweep.threads, [&] {
    const std::uint64_t in_flight = std::min(kMostDevices, kMostRows / rows_of_device);
    std::uint64_t done = 0;
    while (done < sweep.devices && !interrupted()) {
      if (in_flight < 2) {
        measurement(done, Rows::all, sink.row);
        if (interrupted()) break;
        sink.device_done();
        ++done;
        continue;
      }
      const std::uint64_t count = std::min(in_flight, sweep.devices - done);
      std::vector<DeviceRecord> block(count);
      parallel_for(count, [&](std::uint64_t i) { block[i] = record_of(measurement, done + i); });
      if (interrupted()) break;
      for (const auto& record : block) {
        for (const auto& row : record) sink.row(row);
        sink.device_done();
      }
      done += count;
    }
    return done;
  });
}

}  // namespace dwmtj
