// SPDX-License-Identifier: Apache-2.0
// The states of tiles as a text file (format: docs/arrays/state_file.md): what one command has
// written, another takes up, in any view.
#pragma once

#include <filesystem>

#include "arrays/pair_array.h"
#include "arrays/tile_state.h"
#include "common/output_file.h"

namespace dwmtj {

// Whose states they are. A file is taken up only by its own: each value stands in its head.
struct StateOwner {
  const DeviceModel& device;
  ArrayShape shape;
  std::uint64_t seed = 0;
  std::size_t tiles = 0;
};

// Does not commit.
void write_states(const StateOwner& owner, const std::vector<TileState>& tiles, OutputFile& file);

// Plain or gzip. Throws InputError: file:line, what was expected.
std::vector<TileState> read_states(const std::filesystem::path& file, const StateOwner& owner);

}  // namespace dwmtj
