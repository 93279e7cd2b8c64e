// SPDX-License-Identifier: Apache-2.0
// The chances to end a pulse at certain places, for a wall that comes to each place: known at the
// end of the pulse, and worked back bin by bin of the waiting clock.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "devices/waiting_clock.h"

namespace dwmtj {

class EndChances {
 public:
  // Of the ends first_end, ..., first_end + ends - 1, when the pulse is over.
  EndChances(int places, int first_end, int ends);

  // From walls that come at the end of the bin to those that come at its start.
  void step_back(const WaitingClock& clock, const WaitingClock::Bin& bin);

  [[nodiscard]] double chance(int place, int end) const {
    return chances_[row(place) + static_cast<std::size_t>(end - first_end_)];
  }

 private:
  [[nodiscard]] std::size_t row(int place) const {
    return static_cast<std::size_t>(place) * static_cast<std::size_t>(ends_);
  }
  void start_from(int place);
  void follow(double* row, const Exposure& exposure, std::ptrdiff_t first, std::ptrdiff_t last);
  void settle(double* row, const Exposure& exposure, std::ptrdiff_t first, std::ptrdiff_t last);

  int first_end_;
  int ends_;
  std::vector<double> chances_;  // [place][end]
  std::array<std::vector<double>, 4>
      stages_;                // [end]: of the next place, at the stages of Runge-Kutta
  std::vector<double> next_;  // [end]: of the next place, at the start of the bin
};

}  // namespace dwmtj
