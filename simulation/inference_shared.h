// SPDX-License-Identifier: Apache-2.0
// What the threads of an inference share: the network, where values lie in the scratch memory, and
// how far they are.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

#include "chip/chip.h"
#include "inference/tile_pass.h"
#include "simulation/inference_accounts.h"
#include "simulation/layer_job.h"
#include "simulation/tile_activity.h"
#include "traces/trace_writer.h"

namespace dwmtj {

// Words of the scratch memory, from the first of an image in flight on.
struct ScratchLayout {
  std::vector<std::size_t> buffers;  // of the plan
  std::size_t sums = 0;
  std::size_t codes = 0;  // two a word
  std::size_t label = 0;
  std::size_t words = 0;  // of an image
  std::size_t in_flight = 1;
};

struct ImageOutcome {
  int label = kNotRun;
  Picoseconds started = 0;
  Picoseconds ended = 0;

  static constexpr int kNotRun = -1;
};

// Told when a layer of an image begins, by step, and when it has ended; no step: all of the image.
// Loosely timed, `time` may lie ahead of the kernel's.
using LayerWatch = std::function<void(std::int64_t image, std::optional<std::size_t> step,
                                      Picoseconds time, bool ended)>;

// All tiles write their weights, or have them.
struct WritingRound {
  std::size_t open = 0;  // tiles
  Picoseconds done_at = 0;
  sc_core::sc_event done = {};
};

struct InferenceShared {
  const TiledNetwork& network;
  const ImageSource& source;
  InferenceAccounts& accounts;
  DigitalUnit& digital;
  InitiatorPort& port;
  InitiatorPort& host_port;
  TraceWriter* trace;
  SumsProbe probe;
  LayerWatch watch;
  Picoseconds quantum;
  std::int64_t images;
  int burst;  // bytes of a transfer of the host
  ScratchLayout layout;
  std::deque<LayerJobs> jobs = {};  // by step
  bool writes = true;               // weights, in the first round
  bool refreshes = false;           // and in the second
  WritingRound first = {};
  WritingRound second = {};
  std::function<void()> written_first = {};
  std::vector<ImageOutcome> outcomes = {};
  std::vector<Picoseconds> milestones = {};  // of the first image: in, step after step, label, out
  TileActivity activity = {};                // from the first image on

  // After which images run.
  [[nodiscard]] WritingRound& last_writing() { return refreshes ? second : first; }
  void tell(std::int64_t image, std::optional<std::size_t> step, Picoseconds time,
            bool ended) const {
    if (watch) watch(image, step, time, ended);
  }

  [[nodiscard]] std::int32_t* words(std::int64_t image, std::size_t offset) const {
    const auto slot = static_cast<std::size_t>(image) % layout.in_flight;
    return digital.scratch().data() + slot * layout.words + offset;
  }
  [[nodiscard]] Fixed* values(std::int64_t image, std::size_t buffer) const {
    static_assert(sizeof(Fixed) == sizeof(std::int32_t));
    return reinterpret_cast<Fixed*>(words(image, layout.buffers[buffer]));
  }
};

// Ends the simulation where Ctrl-C was pressed; the thread then does not go on.
void stop_if_interrupted();

}  // namespace dwmtj
