// SPDX-License-Identifier: Apache-2.0
// The analog input of a column's comparator.
#pragma once

#include <cstdint>

#include <systemc>

#include "common/units.h"

namespace dwmtj {

class SenseLineIf : public virtual sc_core::sc_interface {
 public:
  // The voltage between the comparator's inputs, now. `decision` numbers those of the comparator.
  [[nodiscard]] virtual Voltage sense(std::uint32_t decision) = 0;
};

}  // namespace dwmtj
