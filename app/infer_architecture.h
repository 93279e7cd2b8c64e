// SPDX-License-Identifier: Apache-2.0
// The architecture of a `dwmtj infer`: its arrays hold the weights, and one of cores says what a
// run costs.
#pragma once

#include <string>

#include "app/infer_options.h"
#include "deployment/mapped_network.h"

namespace dwmtj {

// What is set over the files of a device, and of its tile, that the study names.
void take_overrides(const InferOptions& options, StudyOptions& study);

// Whether the tiles of a chip are to hold the weights, not its cores.
bool is_chip_of_tiles(const InferOptions& options);
// Makes tiles, their number and shape, and device of the study those of the chip; the chip's file
// as it took effect.
std::string take_tiles(const InferOptions& options, StudyOptions& study);

Architecture load_cores(const InferOptions& options);
// Maps the network, and makes rows, columns, bits, tile and device of the study those of the
// mapping. Throws InputError: weights on single cells, a device named apart.
MappedNetwork map_study(const InferOptions& options, Network network, StudyOptions& study);

// What the costs are of, where values do not show it.
std::string cost_note(const MappedNetwork& mapped);

}  // namespace dwmtj
