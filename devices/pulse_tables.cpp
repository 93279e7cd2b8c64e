// SPDX-License-Identifier: Apache-2.0
#include "devices/pulse_tables.h"

#include "devices/measured_pulses.h"

namespace dwmtj {

std::unique_ptr<const TransitionTable> PulseTables::make(std::size_t grade) const {
  if (measured_ != nullptr) {
    return std::make_unique<const TransitionTable>(measured_->chances, pulse_);
  }
  return std::make_unique<const TransitionTable>((*laws_)[grade], pulse_);
}

}  // namespace dwmtj
