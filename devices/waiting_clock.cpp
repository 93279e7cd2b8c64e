// SPDX-License-Identifier: Apache-2.0
#include "devices/waiting_clock.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace dwmtj {
namespace {

// What bounds a bin, and with it the error of the tables (docs/devices/transition_table.md).
constexpr double kLeastBins = 200.0;     // of a pulse
constexpr double kMostRateChange = 0.5;  // of ln(rate) on an edge ...
constexpr double kLeastExposure = 1e-9;  // ... where a longest bin exposes to more than this
constexpr double kMostExposure = 0.2;    // as long as a wall may stay to the end ...
constexpr double kSurelyLeft = 200.0;    // ... which it does not with this exposure to come
constexpr double kSameTime = 1e-11;      // of a pulse: rounding

}  // namespace

WaitingClock::WaitingClock(const SwitchingLaw& law, const Pulse& pulse)
    : law_(law),
      pulse_(pulse),
      direction_(in_si(pulse.amplitude) >= 0.0 ? Direction::forward : Direction::reverse),
      length_(in_si(pulse.shape.foot_to_foot())),
      longest_bin_(length_ / kLeastBins),
      to_come_(static_cast<std::size_t>(law.sites()), 0.0) {
  fill_offsets();
  fill_bins();
}

int WaitingClock::site(int place) const {
  return direction_ == Direction::forward ? place : places() - 1 - place;
}

// A flight longer than the pulse ends after it, whatever its length: capped, so that sums of
// flights keep the digits of the pulse.
void WaitingClock::fill_offsets() {
  offsets_.assign(static_cast<std::size_t>(law_.sites()), 0.0);
  for (int place = 0; place + 1 < places(); ++place) {
    const auto i = static_cast<std::size_t>(place);
    const double flight = in_si(law_.flight_time(site(place), direction_));
    offsets_[i + 1] = offsets_[i] + std::min(flight, 2.0 * length_);
  }
}

WaitingClock::Part WaitingClock::part(double time) const {
  if (time < in_si(pulse_.shape.rise)) return Part::rise;
  return length_ - time < in_si(pulse_.shape.fall) ? Part::fall : Part::flat;
}

double WaitingClock::rate(int place, double time) const {
  const double level = pulse_.shape.level(from_si<Time>(time));
  return law_.escape_rate(site(place), direction_, pulse_.amplitude * level, pulse_.bias);
}

double WaitingClock::level_of_rate(int place, double rate) const {
  return law_.current_at_rate(site(place), direction_, rate, pulse_.bias) / pulse_.amplitude;
}

double WaitingClock::time_of_level(double level, Part edge) const {
  return edge == Part::rise ? level * in_si(pulse_.shape.rise)
                            : length_ - level * in_si(pulse_.shape.fall);
}

// Where the rate of a place has a kink, begins to count, or ends to be finite.
void WaitingClock::add_marks(int place, std::vector<double>& marks) const {
  const double offset = offsets_[static_cast<std::size_t>(place)];
  for (const double time :
       {0.0, in_si(pulse_.shape.rise), length_ - in_si(pulse_.shape.fall), length_}) {
    marks.push_back(time - offset);
  }
  for (const double rate : {kLeastExposure / longest_bin_, law_.attempt_rate()}) {
    const double level = level_of_rate(place, rate);
    if (!(level > 0.0 && level < 1.0)) continue;
    marks.push_back(time_of_level(level, Part::rise) - offset);
    marks.push_back(time_of_level(level, Part::fall) - offset);
  }
}

std::vector<double> WaitingClock::marks() const {
  std::vector<double> marks;
  for (int place = 0; place + 1 < places(); ++place) add_marks(place, marks);
  std::sort(marks.begin(), marks.end(), std::greater<>());
  const double same = kSameTime * length_;
  const auto end =
      std::unique(marks.begin(), marks.end(), [same](double a, double b) { return a - b < same; });
  marks.erase(end, marks.end());
  return marks;
}

// From the end of the pulse back to its start, as the chances to end somewhere are worked out.
void WaitingClock::fill_bins() {
  const auto marks = this->marks();
  int first = 0;
  int last = -1;
  for (std::size_t i = 0; i + 1 < marks.size(); ++i) {
    const double middle = 0.5 * (marks[i] + marks[i + 1]);
    while (last + 2 < places() && pulse_time(last + 1, middle) < length_) ++last;
    while (first <= last && pulse_time(first, middle) < 0.0) ++first;
    if (first > last) continue;  // all in flight
    for (double end = marks[i]; end > marks[i + 1];) {
      const double step = step_before(end, first, last);
      const double start = end - marks[i + 1] < 1.01 * step ? marks[i + 1] : end - step;
      add_bin(start, end, first, last);
      end = start;
    }
  }
}

void WaitingClock::add_bin(double start, double end, int first, int last) {
  bins_.push_back({start, end, first, last, exposures_.size()});
  for (int place = first; place <= last; ++place) {
    const Exposure exposure =
        exposure_between(place, pulse_time(place, start), pulse_time(place, end));
    exposures_.push_back(exposure);
    to_come_[static_cast<std::size_t>(place)] += exposure.total();
  }
}

Exposure WaitingClock::exposure_between(int place, double start, double end) const {
  const double middle = 0.5 * (start + end);
  const double length = end - start;
  const double exposure = length * rate(place, middle);
  if (std::isinf(exposure) || part(middle) == Part::flat) return {exposure, exposure, exposure};
  // The ends as seen from within: rates may jump there, or cease to be finite.
  const double most = length * law_.attempt_rate();
  const double inside = 1e-9 * length;
  return {std::min(length * rate(place, start + inside), most), exposure,
          std::min(length * rate(place, end - inside), most)};
}

double WaitingClock::step_before(double end, int first, int last) const {
  double step = longest_bin_;
  for (int place = first; place <= last; ++place) step = std::min(step, step_of(place, end));
  return std::max(step, 1e-7 * length_);
}

double WaitingClock::step_of(int place, double end) const {
  const double time = pulse_time(place, end) - 1e-9 * length_;  // on this side of a kink
  const double now = rate(place, time);
  double step = longest_bin_;
  if (std::isinf(now)) return step;
  if (to_come_[static_cast<std::size_t>(place)] < kSurelyLeft && now > 0.0) {
    step = std::min(step, kMostExposure / now);
  }
  if (part(time) != Part::flat && now * longest_bin_ >= kLeastExposure) {
    step = std::min(step, even_rate_step(place, time, now));
  }
  return step;
}

// How far back ln(rate) has changed by kMostRateChange.
double WaitingClock::even_rate_step(int place, double time, double rate) const {
  const Part edge = part(time);
  const double change = edge == Part::rise ? -kMostRateChange : kMostRateChange;
  const double other = rate * std::exp(change);
  if (other >= law_.attempt_rate()) return longest_bin_;  // ends at a mark
  const double level = level_of_rate(place, other);
  if (!(level > 0.0 && level < 1.0)) return longest_bin_;
  return time - time_of_level(level, edge);
}

}  // namespace dwmtj
