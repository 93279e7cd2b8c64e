// SPDX-License-Identifier: Apache-2.0
// The options of commands that show tiles of a chip at their pins: --zoom, and those of waveforms.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/waveform_arguments.h"

namespace CLI {
class App;
}

namespace dwmtj {

struct ZoomOptions {
  std::vector<std::string> tiles;  // shell patterns on "tile0", "tile1", ...
  WaveformArguments waveforms;
};

void add_zoom_options(CLI::App& command, ZoomOptions& options);

// Throws InputError: options that do not fit together, a pattern that no tile has.
std::set<std::size_t> zoomed_tiles(const ZoomOptions& options, int tiles);
// Null where none are asked for. To be closed at the end of the simulation. `window_later`: nothing
// is shown until the writer is given its window.
std::unique_ptr<WaveformWriter> waveforms_of(const ZoomOptions& options, std::uint64_t seed,
                                             bool window_later = false);

}  // namespace dwmtj
