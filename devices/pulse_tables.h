// SPDX-License-Identifier: Apache-2.0
// The transition tables of one pulse, one for each grade of devices, worked out at first use.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "devices/transition_table.h"

namespace dwmtj {

class PulseTables {
 public:
  // One law for each grade; they outlive the tables.
  PulseTables(const std::vector<SwitchingLaw>& laws, const Pulse& pulse)
      : laws_(laws), pulse_(pulse), slots_(laws.size()) {}

  [[nodiscard]] const Pulse& pulse() const { return pulse_; }
  // The reference stays valid. Thread-safe.
  [[nodiscard]] const TransitionTable& of(int grade) const {
    const auto i = static_cast<std::size_t>(grade);
    auto& slot = slots_[i];
    std::call_once(slot.once,
                   [&] { slot.table = std::make_unique<const TransitionTable>(laws_[i], pulse_); });
    return *slot.table;
  }

 private:
  struct Slot {
    std::once_flag once;
    std::unique_ptr<const TransitionTable> table;
  };

  const std::vector<SwitchingLaw>& laws_;
  Pulse pulse_;
  mutable std::vector<Slot> slots_;
};

}  // namespace dwmtj
