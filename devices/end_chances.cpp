// SPDX-License-Identifier: Apache-2.0
#include "devices/end_chances.h"

#include <algorithm>
#include <cmath>

#include "devices/leaving.h"

namespace dwmtj {
namespace {

constexpr double kMostOfRungeKutta = 0.5;  // exposure: fourth order, to 3e-4 of what changes

}  // namespace

EndChances::EndChances(int places, int first_end, int ends)
    : first_end_(first_end), ends_(ends), chances_(row(places), 0.0) {
  for (int end = first_end; end < first_end + ends; ++end) {
    chances_[row(end) + static_cast<std::size_t>(end - first_end)] = 1.0;
  }
  for (auto& stage : stages_) stage.assign(static_cast<std::size_t>(ends), 0.0);
  next_ = stages_[0];
}

// A place that the bin does not change.
void EndChances::start_from(int place) {
  const double* const from = &chances_[row(place)];
  for (auto& stage : stages_) std::copy_n(from, ends_, stage.begin());
  std::copy_n(from, ends_, next_.begin());
}

void EndChances::step_back(const WaitingClock& clock, const WaitingClock::Bin& bin) {
  const int highest = std::min(bin.last, first_end_ + ends_ - 1);
  if (highest < bin.first || highest + 1 < first_end_) return;  // no end is within reach
  start_from(highest + 1);
  const auto last = static_cast<std::ptrdiff_t>(std::min(highest + 2 - first_end_, ends_));
  for (int place = highest; place >= bin.first; --place) {
    const auto first = static_cast<std::ptrdiff_t>(std::max(place - first_end_, 0));
    const Exposure& exposure = clock.exposure(bin, place);
    if (std::isinf(exposure.at_middle)) {  // as the next place, all through the bin
      std::copy(next_.begin() + first, next_.begin() + last, &chances_[row(place)] + first);
    } else if (exposure.total() <= kMostOfRungeKutta) {
      follow(&chances_[row(place)], exposure, first, last);
    } else {
      settle(&chances_[row(place)], exposure, first, last);
    }
  }
}

// dP/dt = rate (P - P(next)) by Runge-Kutta, backwards; all places of a chain go through its stages
// together.
void EndChances::follow(double* row, const Exposure& exposure, std::ptrdiff_t first,
                        std::ptrdiff_t last) {
  auto* const s1 = stages_[0].data();
  auto* const s2 = stages_[1].data();
  auto* const s3 = stages_[2].data();
  auto* const s4 = stages_[3].data();
  auto* const next = next_.data();
  for (std::ptrdiff_t i = first; i < last; ++i) {
    const double start = row[i];
    const double k1 = exposure.at_end * (s1[i] - start);
    const double second = start + 0.5 * k1;
    const double k2 = exposure.at_middle * (s2[i] - second);
    const double third = start + 0.5 * k2;
    const double k3 = exposure.at_middle * (s3[i] - third);
    const double fourth = start + k3;
    const double k4 = exposure.at_start * (s4[i] - fourth);
    row[i] = start + (k1 + 2.0 * (k2 + k3) + k4) / 6.0;
    s1[i] = start;
    s2[i] = second;
    s3[i] = third;
    s4[i] = fourth;
    next[i] = row[i];
  }
}

// Where a wall hardly stays: exact for a next place that changes linearly over the bin, and stable
// for any exposure.
void EndChances::settle(double* row, const Exposure& exposure, std::ptrdiff_t first,
                        std::ptrdiff_t last) {
  const Leaving leaving(exposure.total());
  for (std::ptrdiff_t i = first; i < last; ++i) {
    const double start = row[i];
    row[i] = leaving.stay * start + leaving.early * next_[i] + leaving.late * stages_[0][i];
    next_[i] = row[i];
    stages_[0][i] = start;
    stages_[1][i] = stages_[2][i] = 0.5 * (start + row[i]);
    stages_[3][i] = row[i];
  }
}

}  // namespace dwmtj
