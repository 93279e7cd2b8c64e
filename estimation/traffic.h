// SPDX-License-Identifier: Apache-2.0
// What bounds a pipeline from below: the busiest array and the busiest port, as if nothing ever
// waited.
#pragma once

#include "architecture/interconnect_parameters.h"
#include "estimation/core_work.h"

namespace dwmtj {

struct PipelineBound {
  Picoseconds arrays;  // of one image: the job that takes longest
  Picoseconds ports;   // the sender or receiver of most flits, answers included

  [[nodiscard]] Picoseconds interval() const { return arrays > ports ? arrays : ports; }
};

PipelineBound bound_of(const Plan& plan, const CoreWork& work,
                       const InterconnectParameters& interconnect);

}  // namespace dwmtj
