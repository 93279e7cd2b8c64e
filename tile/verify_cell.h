// SPDX-License-Identifier: Apache-2.0
// Write-verify of one device as a pure state machine: fed with what the comparator found, it says
// which pulse comes next. The same rule runs in all views, in the bulk view for many cells at once.
#pragma once

#include <algorithm>
#include <cstdint>

#include "tile/tile_parameters.h"

namespace dwmtj {

enum class Found : std::int32_t { below, at_level, beyond };  // the target, in the write direction

struct VerifyState {
  int code = 0;  // the next code of the ramp or run, unsigned; beyond the last it counts pushes
  int direction = 0;  // of the run; of a ramp: -1 after its reset, +1 after a step
  int pulses = 0;
  int attempts = 1;
  int pulse = 0;  // signed code of the pulse to give now; 0: none, the cell is finished
};

// NOLINTBEGIN(readability-implicit-bool-conversion): & and | of conditions are no branches.

// The trapezoid: only forward steps are graded; whatever went too far, or a ramp that has failed,
// is reset and climbs again. What a reset leaves beyond its target is at the start already: it has
// to come away and back to be drawn anew. Resetting a device that has not been pulsed yet is part
// of the first attempt. Without branches, as next_nudge(): loops over cells become vector code.
inline void next_step(const VerifyRule& rule, int first_code, Found found, VerifyState& cell) {
  const bool reset =
      ((found == Found::beyond) & (cell.direction >= 0)) | (cell.code > rule.last_code);
  const bool again = reset & (cell.pulses > 0);
  const bool stop = (found == Found::at_level) | (cell.pulses >= rule.pulses) |
                    (again & (cell.attempts >= rule.attempts));
  cell.pulse = stop ? 0 : reset ? -rule.reset_code : cell.code;
  cell.code = reset ? first_code : cell.code + rule.step;
  cell.direction = reset ? -1 : 1;
  cell.pulses += stop ? 0 : 1;
  cell.attempts += (!stop & again) ? 1 : 0;
}

// The straight device: small steps both ways, growing while they show no effect. What the strongest
// pushes do not move stands at an end of the track: it backs off and comes again, to be drawn anew.
inline void next_nudge(const VerifyRule& rule, int first_code, Found found, VerifyState& cell) {
  const int direction = found == Found::below ? 1 : -1;
  const bool turns = direction != cell.direction;
  const int code = turns ? first_code : cell.code;
  const bool back = !turns & (code >= rule.last_code + rule.pushes * rule.step);
  const bool again = back | (turns & (cell.direction != 0));
  const bool stop = (found == Found::at_level) | (cell.pulses >= rule.pulses) |
                    (again & (cell.attempts >= rule.attempts));
  const int push = std::min(back ? first_code : code, rule.last_code);
  cell.pulse = stop ? 0 : back ? -direction * push : direction * push;
  cell.code = back ? first_code : code + rule.step;
  cell.direction = direction;
  cell.pulses += stop ? 0 : 1;
  cell.attempts += (!stop & again) ? 1 : 0;
}

// NOLINTEND(readability-implicit-bool-conversion)

class VerifyCell {
 public:
  VerifyCell(const VerifyParameters& parameters, int target)
      : parameters_(&parameters),
        target_(target),
        state_{parameters.first_codes[static_cast<std::size_t>(target)]} {}

  // Takes the outcome of a verify; `code()` is then the pulse to give, 0 when finished.
  void verified(Found found);

  [[nodiscard]] int target() const { return target_; }
  [[nodiscard]] bool finished() const { return finished_; }
  [[nodiscard]] bool flagged() const { return flagged_; }
  [[nodiscard]] int code() const { return state_.pulse; }
  [[nodiscard]] int pulses() const { return state_.pulses; }
  [[nodiscard]] int attempts() const { return state_.attempts; }

 private:
  const VerifyParameters* parameters_;
  int target_;
  VerifyState state_;
  bool finished_ = false;
  bool flagged_ = false;
};

}  // namespace dwmtj
