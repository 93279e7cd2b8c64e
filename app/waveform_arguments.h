// SPDX-License-Identifier: Apache-2.0
// The options of commands that show pins over time: --vcd, --fst, --text-states, --trace,
// --trace-from and --trace-to.
#pragma once

#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "common/units.h"
#include "waveforms/waveform_writer.h"

namespace CLI {
class App;
}

namespace dwmtj {

struct WaveformArguments {
  std::string vcd;
  std::string fst;
  bool text_states = false;
  std::vector<std::string> globs;
  Time from = 0.0 * si::seconds;
  std::optional<Time> to;

  [[nodiscard]] std::filesystem::path file() const { return fst.empty() ? vcd : fst; }
  [[nodiscard]] bool any() const;  // was given
};

void add_waveform_options(CLI::App& command, WaveformArguments& arguments);

// Format, signals and window; comment and time are for others to fill in. Throws InputError: a
// window that is none.
WaveformOptions waveform_options(const WaveformArguments& arguments);

// Where waveforms go to the standard output, what is told goes elsewhere.
std::FILE* console_beside(const std::filesystem::path& waveforms);

}  // namespace dwmtj
