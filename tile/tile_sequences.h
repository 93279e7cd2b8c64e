// SPDX-License-Identifier: Apache-2.0
// The controller's sequences, written once for all views: single-shot reset, write-verify, update,
// read and binary matrix-vector product.
#pragma once

#include "tile/tile_circuits.h"
#include "tile/tile_command.h"

namespace dwmtj {

// Carries out `command`. A command that is wrong for this tile changes nothing and returns the
// status that says why, after the decode cycle.
TileResult execute(const TileCommand& command, TileCircuits& circuits);

// The check of `execute`, alone: ok, or what is wrong.
TileStatus check(const TileCommand& command, const TileCircuits& circuits);

}  // namespace dwmtj
