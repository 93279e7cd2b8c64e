// SPDX-License-Identifier: Apache-2.0
// A network with values on a chip: weights written by commands, images in, labels out, with time
// and energy of every transaction (docs/simulation/chip_inference.md).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "chip/chip.h"
#include "inference/tile_pass.h"
#include "simulation/chip_life.h"
#include "simulation/host_lane.h"
#include "simulation/image_lane.h"
#include "simulation/stage_recorder.h"
#include "simulation/tile_lane.h"
#include "traces/trace_writer.h"

namespace dwmtj {

struct ChipInferenceOptions {
  ChipOptions chip;
  Picoseconds quantum = 10'000'000;  // loosely timed: how far a thread runs ahead
  std::int64_t images = 1;
  std::size_t in_flight = 0;     // images; 0: as many as layers with weights and one, if they fit
  TraceWriter* trace = nullptr;  // of all commands
  ChipLife life;
  SumsProbe probe;
  LayerWatch watch;
};

class ChipInference {
 public:
  // Builds a module `name`. Keeps references to all of them. Throws InputError: the scratch memory
  // or the buffer is too small.
  ChipInference(const std::string& name, const ChipParameters& parameters, const TileSet& tiles,
                const TiledNetwork& network, const ImageSource& source,
                const ChipInferenceOptions& options);
  ~ChipInference() = default;
  ChipInference(const ChipInference&) = delete;
  ChipInference& operator=(const ChipInference&) = delete;

  // Once in a process. False: Ctrl-C was pressed.
  bool run();

  [[nodiscard]] const std::vector<ImageOutcome>& images() const { return shared_.outcomes; }
  [[nodiscard]] std::vector<int> labels() const;
  [[nodiscard]] const Chip& chip() const { return chip_; }
  [[nodiscard]] const Ledger& ledger() const { return ledger_; }
  [[nodiscard]] Ledger& ledger() { return ledger_; }
  [[nodiscard]] const InferenceAccounts& accounts() const { return accounts_; }
  [[nodiscard]] const std::deque<TileLane>& tiles() const { return tile_lanes_; }
  [[nodiscard]] Picoseconds written() const { return shared_.first.done_at; }
  [[nodiscard]] std::size_t walls_moved() const { return walls_moved_; }  // while it was held
  [[nodiscard]] bool writes() const { return shared_.writes; }            // before they were held
  [[nodiscard]] bool refreshes() const { return shared_.refreshes; }
  // How long that took.
  [[nodiscard]] Picoseconds refreshed() const {
    return shared_.second.done_at - shared_.first.done_at;
  }
  [[nodiscard]] std::size_t in_flight() const { return shared_.layout.in_flight; }
  // How long the first image took to be brought in, for each step, for its label, and until that
  // was out: together its latency.
  [[nodiscard]] std::vector<Picoseconds> parts_of_first_image() const;
  [[nodiscard]] const TileActivity& activity() const { return shared_.activity; }
  [[nodiscard]] Picoseconds digital_busy() const { return digital_busy_; }

 private:
  void written_first(const Holding* holding);
  void record_stages(Recording& recording, const std::string& name);

  Ledger ledger_;
  const TiledNetwork& network_;
  Chip chip_;
  InitiatorPort port_;  // of the program, beside the digital unit
  ScratchLayout layout_;
  InferenceAccounts accounts_;
  InferenceShared shared_;
  HostLane host_;
  std::deque<TileLane> tile_lanes_;
  std::deque<ImageLane> image_lanes_;
  std::optional<StageRecorder> stages_;
  std::size_t walls_moved_ = 0;
  Picoseconds digital_busy_ = 0;
};

}  // namespace dwmtj
