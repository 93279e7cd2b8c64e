// SPDX-License-Identifier: Apache-2.0
#include "app/zoom_options.h"

#include <fnmatch.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/quantity_option.h"
#include "common/input_error.h"
#include "common/sim_time.h"
#include "common/version.h"

namespace dwmtj {
namespace {

void check_window(const ZoomOptions& options) {
  const bool windowed = options.to || options.from > 0.0 * si::seconds || !options.globs.empty();
  if (options.vcd.empty()) {
    if (windowed) throw InputError("--trace, --trace-from, --trace-to: where to? give --vcd FILE");
    return;
  }
  if (options.tiles.empty()) throw InputError("--vcd: only pins have waveforms: give --zoom TILE");
  const auto fits = [](Time time) { return time >= 0.0 * si::seconds && time < 1e6 * si::seconds; };
  if (!fits(options.from)) throw InputError("--trace-from: expected 0 s to 1000000 s");
  if (options.to && !fits(*options.to)) throw InputError("--trace-to: expected 0 s to 1000000 s");
  if (options.to && *options.to < options.from) throw InputError("--trace-to: before --trace-from");
}

}  // namespace

void add_zoom_options(CLI::App& command, ZoomOptions& options) {
  command
      .add_option("--zoom", options.tiles,
                  "Tiles at their pins: tile3, or patterns such as 'tile1?' [none]")
      ->delimiter(',');
  command.add_option("--vcd", options.vcd, "Write their waveforms to this file, for GTKWave");
  command.add_option("--trace", options.globs,
                     "Only signals that match one of these shell patterns ['*']");
  add_quantity(command, "--trace-from", options.from, "Waveforms from this time on [0 s]");
  add_quantity_option(
      command, "--trace-to", Dimension::time,
      [&options](double value) { options.to = from_si<Time>(value); },
      "Waveforms up to this time [the end]");
}

std::set<std::size_t> zoomed_tiles(const ZoomOptions& options, int tiles) {
  check_window(options);
  std::set<std::size_t> found;
  for (const auto& pattern : options.tiles) {
    bool any = false;
    for (int i = 0; i < tiles; ++i) {
      if (fnmatch(pattern.c_str(), ("tile" + std::to_string(i)).c_str(), 0) != 0) continue;
      found.insert(static_cast<std::size_t>(i));
      any = true;
    }
    if (any) continue;
    throw InputError(
        fmt::format("--zoom {}: no such tile; the chip has tile0 to tile{}", pattern, tiles - 1));
  }
  return found;
}

std::unique_ptr<WaveformWriter> waveforms_of(const ZoomOptions& options, std::uint64_t seed) {
  if (options.vcd.empty()) return nullptr;
  WaveformOptions vcd;
  if (!options.globs.empty()) vcd.globs = options.globs;
  vcd.from_ps = to_picoseconds(options.from);
  if (options.to) vcd.to_ps = to_picoseconds(*options.to);
  vcd.comment = fmt::format("dwmtj {}, seed {}", kVersion, seed);
  vcd.now_ps = [] { return now_ps(); };
  return std::make_unique<WaveformWriter>(options.vcd, std::move(vcd));
}

}  // namespace dwmtj
