// SPDX-License-Identifier: Apache-2.0
// A window of waveforms by what happens in it: "image 3, layer 2" or "image 3".
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "simulation/inference_shared.h"
#include "waveforms/waveform_writer.h"

namespace dwmtj {

struct TraceWindow {
  std::int64_t image = 0;
  std::optional<std::size_t> step;  // none: all of the image
};

// Layers are those on tiles, by number from 1 on or by name. Throws InputError: another form, an
// image that does not run, a layer that is not there, or of which no zoomed tile has a part.
TraceWindow trace_window(const std::string& text, const TiledNetwork& network, std::int64_t images,
                         const std::set<std::size_t>& zoomed);

// Opens the window of `waveforms` when it begins, and closes it at its end.
LayerWatch watch_for(const TraceWindow& window, WaveformWriter& waveforms);

}  // namespace dwmtj
