// SPDX-License-Identifier: Apache-2.0
// Write-verify of one device as a pure state machine: fed with what the comparator found, it says
// which pulse comes next. The same object runs in all three views.
#pragma once

#include <cstdint>

#include "tile/tile_parameters.h"

namespace dwmtj {

enum class Found : std::uint8_t { below, at_level, beyond };  // the target, in the write direction

class VerifyCell {
 public:
  VerifyCell(const VerifyParameters& parameters, int target)
      : parameters_(&parameters),
        target_(target),
        code_(parameters.first_codes[static_cast<std::size_t>(target)]) {}

  // Takes the outcome of a verify; `code()` is then the pulse to give, 0 when finished.
  void verified(Found found);

  [[nodiscard]] int target() const { return target_; }
  [[nodiscard]] bool finished() const { return done_ || flagged_; }
  [[nodiscard]] bool flagged() const { return flagged_; }
  [[nodiscard]] int code() const { return pulse_; }
  [[nodiscard]] int pulses() const { return pulses_; }
  [[nodiscard]] int attempts() const { return attempts_; }

 private:
  void step_and_reset(Found found);
  void nudge(Found found);
  void give(int code);
  bool next_attempt();
  void start_over();

  const VerifyParameters* parameters_;
  int target_;
  int code_;       // the next code of the ramp or run, unsigned
  int pulse_ = 0;  // signed code of the pulse to give now
  int direction_ = 0;
  int pulses_ = 0;
  int attempts_ = 1;
  bool done_ = false;
  bool flagged_ = false;
};

}  // namespace dwmtj
