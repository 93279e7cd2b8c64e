// SPDX-License-Identifier: Apache-2.0
#include "tile/verify_cell.h"

#include <algorithm>

namespace dwmtj {

void VerifyCell::verified(Found found) {
  pulse_ = 0;
  if (found == Found::at_level) {
    done_ = true;
  } else if (pulses_ >= parameters_->pulses) {
    flagged_ = true;
  } else if (parameters_->strategy == VerifyStrategy::step_and_reset) {
    step_and_reset(found);
  } else {
    nudge(found);
  }
}

void VerifyCell::give(int code) {
  pulse_ = code;
  ++pulses_;
}

// False when none is left: the device is flagged.
bool VerifyCell::next_attempt() {
  flagged_ = attempts_ >= parameters_->attempts;
  if (!flagged_) ++attempts_;
  return !flagged_;
}

// The ramp has failed: reset, and climb again if attempts are left.
void VerifyCell::start_over() {
  // Resetting a device that has not been pulsed yet is part of the first attempt.
  if (pulses_ > 0 && !next_attempt()) return;
  code_ = parameters_->first_codes[static_cast<std::size_t>(target_)];
  give(-parameters_->reset_code);
}

// The trapezoid: only forward steps are graded; whatever went too far goes all the way back.
void VerifyCell::step_and_reset(Found found) {
  if (found == Found::beyond || code_ > parameters_->last_code) {
    start_over();
    return;
  }
  give(code_);
  code_ += parameters_->step;
}

// The straight device: small steps both ways, growing while they show no effect.
void VerifyCell::nudge(Found found) {
  const int direction = found == Found::below ? 1 : -1;
  if (direction != direction_) {
    if (direction_ != 0 && !next_attempt()) return;
    direction_ = direction;
    code_ = parameters_->first_codes[static_cast<std::size_t>(target_)];
  }
  give(direction * code_);
  code_ = std::min(code_ + parameters_->step, parameters_->last_code);
}

}  // namespace dwmtj
