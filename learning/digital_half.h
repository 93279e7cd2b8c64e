// SPDX-License-Identifier: Apache-2.0
// What learning takes besides tiles: backward pass, optimiser, accumulators, batch normalisation,
// digitised sums; priced by the digital parts of an architecture, as far as it has a price.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "architecture/architecture.h"
#include "learning/learning_run.h"

namespace dwmtj {

// How much of it a run has done so far.
struct DigitalWork {
  std::string what;
  double operations = 0.0;  // on one value each: additions, multiplications
  double bytes = 0.0;       // read from memory, and as many written to it
  double conversions = 0.0;
};

struct DigitalKind {
  bool accumulators = false;  // a number a weight
  std::size_t tile_rows = 0;  // whose sums are digitised
};

std::vector<DigitalWork> digital_work(const LearningRun& run, const DigitalKind& kind);

// J; nothing where the architecture does not price one of its actions.
std::optional<double> energy_of(const DigitalWork& work, const Architecture& architecture);

}  // namespace dwmtj
