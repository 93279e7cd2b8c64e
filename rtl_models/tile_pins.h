// SPDX-License-Identifier: Apache-2.0
// What the bundles on a tile's pins need to travel through sc_signal.
#pragma once

#include <string>

#include "tile/tile_command.h"

namespace sc_core {
class sc_trace_file;
}

namespace dwmtj {

// Waveforms go through Probe; sc_signal only wants these to exist.
inline void sc_trace(sc_core::sc_trace_file*, const TileCommand&, const std::string&) {}
inline void sc_trace(sc_core::sc_trace_file*, const TileResult&, const std::string&) {}

}  // namespace dwmtj
