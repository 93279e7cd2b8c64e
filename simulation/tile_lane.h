// SPDX-License-Identifier: Apache-2.0
// The part of an inference that one tile has: its weights, then of every image, in their order, the
// products of its block, one command after the other.
#pragma once

#include <systemc>

#include "chip/message_extension.h"
#include "simulation/inference_shared.h"
#include "simulation/thread_time.h"

namespace dwmtj {

class TileLane : public sc_core::sc_module, private TransferWatcher {
 public:
  // Block `block` of the layer of step `step`.
  TileLane(sc_core::sc_module_name name, InferenceShared& shared, std::size_t step,
           std::size_t block);
  ~TileLane() override = default;
  TileLane(const TileLane&) = delete;
  TileLane& operator=(const TileLane&) = delete;

  [[nodiscard]] std::size_t tile() const { return tile_; }
  [[nodiscard]] std::size_t step() const { return step_; }
  [[nodiscard]] std::uint64_t commands() const { return commands_; }
  [[nodiscard]] Picoseconds busy() const { return busy_; }       // with multiply commands
  [[nodiscard]] Picoseconds on_the_way() const { return way_; }  // these and their results
  // When last written: devices of columns in use that are not at their level, columns in spare
  // ones.
  [[nodiscard]] const ColumnPlacement& columns() const { return columns_; }

 private:
  SC_HAS_PROCESS(TileLane);
  void waits_for(const char*) override {}
  void run();
  void write();
  void finish(WritingRound& round);
  void multiply(LayerJob& job, std::int64_t image);
  void book(Picoseconds sent, const CommandOutcome& answer);
  const CommandExtension& carry_out(InitiatorPort& port);

  InferenceShared& shared_;
  std::size_t step_;
  std::size_t block_;
  const TileLayer& layer_;
  ColumnPlacement columns_;
  std::size_t tile_;
  ThreadTime time_;
  TraceEntry entry_;  // the command under way
  CommandExtension answer_;
  MessageExtension message_;
  std::uint64_t commands_ = 0;
  Picoseconds busy_ = 0;
  Picoseconds way_ = 0;
};

}  // namespace dwmtj
