// SPDX-License-Identifier: Apache-2.0
// Runs a scenario on a pin-level tile. A process has one SystemC kernel, so it can run one.
#pragma once

#include <filesystem>
#include <optional>

#include "ledger/ledger.h"
#include "testbenches/scenario.h"
#include "testbenches/scenario_result.h"
#include "waveforms/waveform_writer.h"

namespace dwmtj {

struct WaveformRequest {
  std::filesystem::path file;
  WaveformOptions options;  // comment and time are the runner's
};

class ScenarioRunner {
 public:
  // Keeps a reference to `scenario`.
  ScenarioRunner(const Scenario& scenario, std::optional<WaveformRequest> waveforms);

  // Runs until the last command is answered, Ctrl-C or an error of the simulation, and checks what
  // was expected. The waveform is complete in every case. Throws InputError when its file cannot
  // be made, and DiskFullError.
  ScenarioResult run();

  [[nodiscard]] const Ledger& ledger() const { return ledger_; }

 private:
  const Scenario& scenario_;
  std::optional<WaveformRequest> waveforms_;
  Ledger ledger_;
};

}  // namespace dwmtj
