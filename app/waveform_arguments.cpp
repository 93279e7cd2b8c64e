// SPDX-License-Identifier: Apache-2.0
#include "app/waveform_arguments.h"

#include <CLI/CLI.hpp>

#include "app/quantity_option.h"
#include "common/input_error.h"
#include "common/output_file.h"
#include "common/picoseconds.h"

namespace dwmtj {
namespace {

void check_window(const WaveformArguments& arguments) {
  const auto fits = [](Time time) { return time >= 0.0 * si::seconds && time < 1e6 * si::seconds; };
  if (!fits(arguments.from)) throw InputError("--trace-from: expected 0 s to 1000000 s");
  if (!arguments.to) return;
  if (!fits(*arguments.to)) throw InputError("--trace-to: expected 0 s to 1000000 s");
  if (*arguments.to < arguments.from) throw InputError("--trace-to: before --trace-from");
}

}  // namespace

bool WaveformArguments::any() const {
  return !file().empty() || text_states || !globs.empty() || to || from > 0.0 * si::seconds;
}

void add_waveform_options(CLI::App& command, WaveformArguments& arguments) {
  const CLI::Validator named(
      [](const std::string& file) { return file.empty() ? "expected the name of a file" : ""; },
      "");
  auto* const vcd =
      command.add_option("--vcd", arguments.vcd, "Write waveforms to this file, or FIFO")
          ->check(named);
  command.add_option("--fst", arguments.fst, "The same in GTKWave's compressed format")
      ->check(named)
      ->excludes(vcd);
  command.add_flag("--text-states", arguments.text_states,
                   "States and commands as texts, which GTKWave alone reads in a VCD");
  command.add_option("--trace", arguments.globs,
                     "Only signals that match one of these shell patterns ['*']");
  add_quantity(command, "--trace-from", arguments.from, "Waveforms from this time on [0 s]");
  add_quantity_option(
      command, "--trace-to", Dimension::time,
      [&arguments](double value) { arguments.to = from_si<Time>(value); },
      "Waveforms up to this time [the end]");
}

WaveformOptions waveform_options(const WaveformArguments& arguments) {
  check_window(arguments);
  WaveformOptions options;
  if (!arguments.fst.empty()) options.format = WaveformFormat::fst;
  options.text_labels = arguments.text_states;
  if (!arguments.globs.empty()) options.globs = arguments.globs;
  options.from_ps = to_picoseconds(arguments.from);
  if (arguments.to) options.to_ps = to_picoseconds(*arguments.to);
  return options;
}

std::FILE* console_beside(const std::filesystem::path& waveforms) {
  const bool taken =
      is_same_file(waveforms, "/dev/stdout") && !is_same_file(waveforms, "/dev/null");
  return taken ? stderr : stdout;
}

}  // namespace dwmtj
