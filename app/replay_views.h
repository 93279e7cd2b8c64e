// SPDX-License-Identifier: Apache-2.0
// The views that one replay runs: they share the kernel's one elaboration and run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/replay_input.h"
#include "ledger/power_trace.h"
#include "replay/chip_replay.h"
#include "replay/pins_replay.h"

namespace dwmtj {

struct ViewOutcome {
  std::string view;  // "bulk", "tlm", "pins" or "chip"
  ReplayOutcome outcome;
};

class ReplayViews {
 public:
  // Builds the modules that the options ask for. Keeps references to all three.
  ReplayViews(const ReplayOptions& options, const ReplayInput& input, Recording* recording,
              WaveformWriter* waveforms);

  // Throws ReplayStuck.
  std::vector<ViewOutcome> run();
  // Of the chip, after run(); empty if it was not asked for.
  [[nodiscard]] std::string power_csv();

 private:
  [[nodiscard]] bool wanted(const char* view) const {
    return options_.view == view || options_.view == "all";
  }
  void build_tlm(Recording* recording, WaveformWriter* waveforms);
  [[nodiscard]] std::vector<const ReplayHost*> hosts() const;

  const ReplayOptions& options_;
  const ReplayInput& input_;
  std::optional<PinsReplay> pins_;
  std::optional<TlmReplay> tlm_;
  std::optional<ChipReplay> chip_;
  std::optional<PowerTrace> power_;
};

}  // namespace dwmtj
