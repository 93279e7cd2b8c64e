// SPDX-License-Identifier: Apache-2.0
// What bounds a pipeline from below: the busiest array, digital part, port and channel, as if
// nothing ever waited.
#pragma once

#include <algorithm>

#include "architecture/architecture.h"
#include "deployment/core_work.h"

namespace dwmtj {

struct PipelineBound {
  Picoseconds arrays;   // of one image: the job that takes longest
  Picoseconds digital;  // the core whose digital part has most to do
  Picoseconds traffic;  // the port or channel of most flits, answers included

  [[nodiscard]] Picoseconds interval() const { return std::max({arrays, digital, traffic}); }
};

// The architecture must have an interconnect.
PipelineBound bound_of(const Plan& plan, const CoreWork& work, const Architecture& architecture);

}  // namespace dwmtj
