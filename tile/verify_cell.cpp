// SPDX-License-Identifier: Apache-2.0
#include "tile/verify_cell.h"

namespace dwmtj {

void VerifyCell::verified(Found found) {
  const int first_code = parameters_->first_codes[static_cast<std::size_t>(target_)];
  if (parameters_->strategy == VerifyStrategy::step_and_reset) {
    next_step(*parameters_, first_code, found, state_);
  } else {
    next_nudge(*parameters_, first_code, found, state_);
  }
  finished_ = state_.pulse == 0;
  flagged_ = finished_ && found != Found::at_level;
}

}  // namespace dwmtj
