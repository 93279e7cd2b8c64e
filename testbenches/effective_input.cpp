// SPDX-License-Identifier: Apache-2.0
#include "testbenches/effective_input.h"

#include "common/effective_file.h"
#include "tile/effective_tile.h"

namespace dwmtj {

void write_effective_input(const RunFolder& folder, const Scenario& scenario) {
  for (const auto& [name, text] : effective_tile(scenario.tile, scenario.device)) {
    folder.write(name, text);
  }
  folder.write("scenario.yaml",
               effective_file(scenario.effective_text, scenario.file,
                              {{"tile", kEffectiveTile}, {"seed", std::to_string(scenario.seed)}}));
}

}  // namespace dwmtj
