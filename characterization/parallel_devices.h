// SPDX-License-Identifier: Apache-2.0
// A measurement of many devices on several threads. What comes out does not depend on the threads:
// devices count in the order of their index.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <vector>

#include "characterization/pulse_record.h"
#include "characterization/sweep.h"
#include "common/interrupt.h"
#include "common/on_threads.h"
#include "common/parallel_for.h"

namespace dwmtj {

// What a run looks at, as it comes in: rows of one device after the other, and ends of devices.
struct DeviceSink {
  RowSink row;
  std::function<void()> device_done;
};

// Hands on all rows. As many devices are in flight as fit into a bounded memory; one that alone
// does not is measured as its rows are taken. Returns how many devices were done; when the run is
// interrupted, rows of one more may have been taken.
std::uint64_t measure_rows(const Sweep& sweep, std::uint64_t rows_of_device,
                           const Measurement& measurement, const DeviceSink& sink);

// How many devices one thread takes at a time.
std::uint64_t devices_at_once(const Sweep& sweep);

// Adds up rows that change something into `total`, and no row is kept. A Tally has add(row),
// finish_device(), add(tally of later devices) and fresh(), an empty one of its kind. `progress` is
// told of devices done; returns how many there were.
template <typename Tally, typename Progress>
std::uint64_t tally_devices(const Sweep& sweep, const Measurement& measurement, Tally& total,
                            const Progress& progress) {
  return on_threads(sweep.threads, [&] {
    const std::uint64_t at_once = devices_at_once(sweep);
    constexpr std::uint64_t kParts = 16;
    std::uint64_t done = 0;
    while (done < sweep.devices && !interrupted()) {
      const std::uint64_t count = std::min(at_once * kParts, sweep.devices - done);
      std::vector<Tally> parts((count + at_once - 1) / at_once, total.fresh());
      parallel_for(parts.size(), [&](std::size_t part) {
        const std::uint64_t first = done + part * at_once;
        const std::uint64_t end = std::min(first + at_once, done + count);
        for (std::uint64_t device = first; device < end && !interrupted(); ++device) {
          measurement(device, Rows::changes, [&](const PulseRecord& row) { parts[part].add(row); });
          parts[part].finish_device();
        }
      });
      if (interrupted()) break;
      for (const auto& part : parts) total.add(part);
      done += count;
      progress(count);
    }
    return done;
  });
}

}  // namespace dwmtj
