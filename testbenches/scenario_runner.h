// SPDX-License-Identifier: Apache-2.0
// Runs a scenario on a pin-level tile. A process has one SystemC kernel, so it can run one.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "ledger/ledger.h"
#include "testbenches/scenario.h"
#include "testbenches/scenario_result.h"

namespace dwmtj {

struct WaveformOptions {
  std::filesystem::path file;
  std::vector<std::string> globs = {"*"};
  Picoseconds from = 0;  // the window, both ends included
  Picoseconds to = std::numeric_limits<Picoseconds>::max();
};

class ScenarioRunner {
 public:
  // Keeps a reference to `scenario`.
  ScenarioRunner(const Scenario& scenario, std::optional<WaveformOptions> waveforms);

  // Runs until the last command is answered, Ctrl-C or an error of the simulation, and checks what
  // was expected. The waveform is complete in every case. Throws InputError when the waveform
  // cannot be written.
  ScenarioResult run();

  [[nodiscard]] const Ledger& ledger() const { return ledger_; }

 private:
  const Scenario& scenario_;
  std::optional<WaveformOptions> waveforms_;
  Ledger ledger_;
};

}  // namespace dwmtj
