// SPDX-License-Identifier: Apache-2.0
#include "app/replay_views.h"

#include "replay/bulk_replay.h"
#include "replay/patience.h"
#include "replay/watchdog.h"

namespace dwmtj {

ReplayViews::ReplayViews(const ReplayOptions& options, const ReplayInput& input,
                         Recording* recording, WaveformWriter* waveforms)
    : options_(options), input_(input) {
  // Only side by side do modules need a prefix; without, the ledger names plain tiles.
  if (wanted("pins")) pins_.emplace(input.tiles(), options.view == "all" ? "pins_" : "");
  if (wanted("tlm")) build_tlm(recording, waveforms);
}

void ReplayViews::build_tlm(Recording* recording, WaveformWriter* waveforms) {
  const TlmReplayOptions tlm = {options_.timing == "lt" ? TlmTiming::lt : TlmTiming::at,
                                options_.quantum, options_.view == "all" ? "tlm_" : "", recording};
  if (input_.chip()) {
    // Beside the pins of all tiles, those of one have its numbers.
    const Zoom zoom = {zoomed_tiles(options_.zoom, input_.chip()->tiles.count),
                       {waveforms, pins_.has_value()}};
    chip_.emplace("chip", *input_.chip(), input_.tiles(), tlm, zoom);
  } else {
    tlm_.emplace(input_.tiles(), tlm);
  }
  if (options_.power_window) {
    power_.emplace(chip_->ledger(), to_picoseconds(*options_.power_window));
  }
}

std::vector<const ReplayHost*> ReplayViews::hosts() const {
  std::vector<const ReplayHost*> all;
  const auto add = [&](const auto& view) {
    if (!view) return;
    for (const auto* const host : view->hosts()) all.push_back(host);
  };
  add(pins_);
  add(tlm_);
  add(chip_);
  return all;
}

std::vector<ViewOutcome> ReplayViews::run() {
  const auto* const chip = input_.chip() ? &*input_.chip() : nullptr;
  run_to_the_end(hosts(), patience_with(input_.parameters(), input_.device().parameters(), chip));
  std::vector<ViewOutcome> outcomes;
  if (wanted("bulk")) outcomes.push_back({"bulk", replay_bulk(input_.tiles())});
  if (tlm_) outcomes.push_back({"tlm", tlm_->take_outcome()});
  if (pins_) outcomes.push_back({"pins", pins_->take_outcome()});
  if (chip_) outcomes.push_back({"chip", chip_->take_outcome()});
  return outcomes;
}

std::string ReplayViews::power_csv() {
  return power_ ? power_->csv(chip_->ledger().leakage()) : "";
}

}  // namespace dwmtj
