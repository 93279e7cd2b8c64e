// SPDX-License-Identifier: Apache-2.0
// Energy posted to one ledger since a moment, without the rounding of a difference of totals.
#pragma once

#include "ledger/ledger.h"

namespace dwmtj {

class JouleMeter {
 public:
  // Listens to `ledger`, which must not be posted to once this is gone.
  explicit JouleMeter(Ledger& ledger);
  ~JouleMeter() = default;
  JouleMeter(const JouleMeter&) = delete;
  JouleMeter& operator=(const JouleMeter&) = delete;

  void restart() { joules_ = 0.0; }
  [[nodiscard]] Energy energy() const { return from_si<Energy>(joules_); }

 private:
  double joules_ = 0.0;
};

}  // namespace dwmtj
