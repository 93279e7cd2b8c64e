// SPDX-License-Identifier: Apache-2.0
#include "app/zoom_options.h"

#include <fnmatch.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "common/input_error.h"
#include "common/sim_time.h"
#include "common/version.h"

namespace dwmtj {
namespace {

void check(const ZoomOptions& options) {
  if (!options.waveforms.any()) return;
  if (options.waveforms.file().empty()) {
    throw InputError("--trace, --trace-from, --trace-to: where to? give --vcd FILE or --fst FILE");
  }
  if (options.tiles.empty()) throw InputError("--vcd: only pins have waveforms: give --zoom TILE");
}

}  // namespace

void add_zoom_options(CLI::App& command, ZoomOptions& options) {
  command
      .add_option("--zoom", options.tiles,
                  "Tiles at their pins: tile3, or patterns such as 'tile1?' [none]")
      ->delimiter(',');
  add_waveform_options(command, options.waveforms);
}

std::set<std::size_t> zoomed_tiles(const ZoomOptions& options, int tiles) {
  check(options);
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

std::unique_ptr<WaveformWriter> waveforms_of(const ZoomOptions& options, std::uint64_t seed,
                                             bool window_later) {
  const auto file = options.waveforms.file();
  if (file.empty()) return nullptr;
  auto shown = waveform_options(options.waveforms);
  shown.comment = fmt::format("dwmtj {}, seed {}", kVersion, seed);
  if (window_later) shown.from_ps = shown.to_ps;
  shown.now_ps = [] { return now_ps(); };
  return std::make_unique<WaveformWriter>(file, std::move(shown));
}

}  // namespace dwmtj
