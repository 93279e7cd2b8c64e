// SPDX-License-Identifier: Apache-2.0
// Power over time: postings spread over equal windows. Its integral is the ledger's posted energy.
#pragma once

#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace dwmtj {

class PowerTrace {
 public:
  // Listens to `ledger`, which must not outlive it in use. `window` > 0. Throws InputError from
  // within a posting: ten million windows are not enough.
  PowerTrace(Ledger& ledger, Picoseconds window);

  [[nodiscard]] Picoseconds window() const { return window_; }
  [[nodiscard]] const std::vector<double>& joules() const { return joules_; }  // one a window
  [[nodiscard]] Energy integral() const;
  // time_s,posted_W,leakage_W: a line a window, at its beginning.
  [[nodiscard]] std::string csv(Power leakage) const;

 private:
  void add(const Posting& posting);

  Picoseconds window_;
  std::vector<double> joules_;
};

}  // namespace dwmtj
