// SPDX-License-Identifier: Apache-2.0
// What a plan asks of each core: its jobs, and where the results of a stage go. Fixed before the
// simulation; positions count over all images, one after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "common/picoseconds.h"
#include "deployment/intake.h"

namespace dwmtj {

inline constexpr std::int64_t kBurstBytes = 64;  // of the host; assumption: as the DMA of a chip

struct Destination {
  int core = kHost;
  IndexSet positions;  // of an image, that go there

  // Whether any of so many positions does.
  [[nodiscard]] bool takes(std::int64_t first, std::int64_t count = 1) const {
    return count == 1 ? positions.contains(first)
                      : positions.below(first + count) > positions.below(first);
  }
};

// Results that several get, the same of each position.
struct Delivery {
  double bits = 0.0;  // of one position
  std::vector<Destination> destinations;

  // Of a message of so many positions.
  [[nodiscard]] std::int64_t bytes(std::int64_t positions) const;
};

// A fragment of a product or a digital stage, on one core.
struct Job {
  std::size_t stage = 0;
  std::int64_t first = 0;  // position in an image, and then every `stride`-th
  std::int64_t stride = 1;
  Picoseconds duration = 0;  // of one position
  ActionTable actions;       // of one position
  // Of a product: the core that adds up its copy, and what goes there.
  int head = 0;
  int parts = 1;  // fragments of the copy
  std::int64_t partial_bytes = 0;

  // In an image of so many positions.
  [[nodiscard]] std::int64_t count(std::int64_t positions) const {
    return positions > first ? (positions - first + stride - 1) / stride : 0;
  }
};

// What happens on the head, or at once in a digital stage, when a position is complete.
struct Finish {
  Picoseconds duration = 0;  // of the digital part
  ActionTable actions;
};

struct CoreWork {
  std::vector<std::vector<Job>> jobs;          // by core
  std::vector<Finish> finishes;                // by stage
  std::vector<std::vector<Delivery>> results;  // by stage
  std::vector<std::int64_t> together;          // by stage: positions in one message
};

// In which the inputs of a window are applied.
int steps_of(const Stage& stage, const CoreShape& shape);

// What one window of a fragment of the stage asks for.
ActionTable window_actions(const Stage& stage, const Fragment& fragment,
                           const CoreParameters& core);

// How often a second all that take part in a digital operation can do it; 0: none does.
double digital_rate(const CoreParameters& core);

// Of one window of a product; 0 for other stages.
Picoseconds duration_of(const CoreWork& work, std::size_t stage);

CoreWork divide_work(const Plan& plan, const CoreParameters& core, int cores);

}  // namespace dwmtj
