// SPDX-License-Identifier: Apache-2.0
// The input of a run in one folder: `dwmtj run FOLDER/scenario.yaml` does the same again.
#pragma once

#include "common/run_folder.h"
#include "testbenches/scenario.h"

namespace dwmtj {

// scenario.yaml with the seed in use, tile.yaml and device.yaml, which name each other.
void write_effective_input(const RunFolder& folder, const Scenario& scenario);

}  // namespace dwmtj
