// SPDX-License-Identifier: Apache-2.0
// The transition tables of one pulse, one for each grade of devices, worked out at first use.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "devices/transition_table.h"

namespace dwmtj {

struct MeasuredPulse;  // devices/measured_pulses.h

class PulseTables {
 public:
  // One law for each grade; they outlive the tables.
  PulseTables(const std::vector<SwitchingLaw>& laws, Pulse pulse)
      : laws_(&laws), measured_(nullptr), pulse_(std::move(pulse)), slots_(laws.size()) {}
  // Of a measured pulse: the same for all grades.
  PulseTables(const MeasuredPulse& measured, Pulse pulse, int grades)
      : laws_(nullptr),
        measured_(&measured),
        pulse_(std::move(pulse)),
        slots_(static_cast<std::size_t>(grades)) {}

  [[nodiscard]] const Pulse& pulse() const { return pulse_; }
  // The reference stays valid. Thread-safe.
  [[nodiscard]] const TransitionTable& of(int grade) const {
    const auto i = static_cast<std::size_t>(grade);
    auto& slot = slots_[i];
    std::call_once(slot.once, [&] { slot.table = make(i); });
    return *slot.table;
  }

 private:
  struct Slot {
    std::once_flag once;
    std::unique_ptr<const TransitionTable> table;
  };

  [[nodiscard]] std::unique_ptr<const TransitionTable> make(std::size_t grade) const;

  const std::vector<SwitchingLaw>* laws_;
  const MeasuredPulse* measured_;
  Pulse pulse_;
  mutable std::vector<Slot> slots_;
};

}  // namespace dwmtj
