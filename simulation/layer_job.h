// SPDX-License-Identifier: Apache-2.0
// A layer of one image, for the tiles that hold it: what image and tiles have to tell each other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include <systemc>

#include "common/picoseconds.h"

namespace dwmtj {

inline constexpr std::int64_t kNoImage = -1;

struct LayerJob {
  std::int64_t image = kNoImage;  // whose inputs stand
  Picoseconds ready = 0;          // since when
  const std::int16_t* codes = nullptr;
  std::int32_t* sums = nullptr;
  std::size_t open = 0;  // tiles that have not answered yet
  Picoseconds done = 0;  // when the last one had
  sc_core::sc_event finished;
};

// Of one layer: a job for each image in flight.
struct LayerJobs {
  explicit LayerJobs(std::size_t in_flight) : jobs(in_flight) {}
  [[nodiscard]] LayerJob& of(std::int64_t image) {
    return jobs[static_cast<std::size_t>(image) % jobs.size()];
  }
  std::deque<LayerJob> jobs;
  sc_core::sc_event published;
};

}  // namespace dwmtj
