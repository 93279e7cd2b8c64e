// SPDX-License-Identifier: Apache-2.0
// The layers without weights, as a digital unit computes them, in either arithmetic.
#pragma once

#include "arithmetic/arithmetic.h"
#include "inference/forward_plan.h"

namespace dwmtj {

// One image: its operands by the step's inputs, and where the results go.
template <typename Number>
void run_digital(const Step& step, const std::vector<const Number*>& in, Number* out);

extern template void run_digital(const Step&, const std::vector<const float*>&, float*);
extern template void run_digital(const Step&, const std::vector<const Fixed*>&, Fixed*);

}  // namespace dwmtj
