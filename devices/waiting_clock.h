// SPDX-License-Identifier: Apache-2.0
// A pulse on the waiting clock, which stands still while a wall flies. A hop takes no time on it,
// so flights are exact however they compare with the bins, and a pulse is a chain of places with a
// rate each. Places count the sites in the direction of motion, 0 the farthest behind.
#pragma once

#include <cstddef>
#include <vector>

#include "devices/pulse.h"
#include "devices/switching_law.h"

namespace dwmtj {

// The escape rate in a bin, times its length; infinite where the barrier has vanished.
struct Exposure {
  double at_start;
  double at_middle;
  double at_end;

  [[nodiscard]] double total() const { return (at_start + 4.0 * at_middle + at_end) / 6.0; }
};

class WaitingClock {
 public:
  // Walls at the places first to last are exposed to the pulse all through the bin; those behind
  // have not met it yet, for those ahead it is over.
  struct Bin {
    double start;  // s
    double end;
    int first;
    int last;
    std::size_t exposures;  // where those of its places begin
  };

  WaitingClock(const SwitchingLaw& law, const Pulse& pulse);

  [[nodiscard]] int places() const { return static_cast<int>(offsets_.size()); }
  [[nodiscard]] int site(int place) const;
  [[nodiscard]] int place(int site) const { return this->site(site); }  // its own inverse
  [[nodiscard]] const std::vector<Bin>& bins() const { return bins_; }  // the latest comes first
  [[nodiscard]] const Exposure& exposure(const Bin& bin, int place) const {
    return exposures_[bin.exposures + static_cast<std::size_t>(place - bin.first)];
  }
  // From the first foot of the pulse to when the waiting clock shows `waiting` at `place`.
  [[nodiscard]] double pulse_time(int place, double waiting) const {
    return waiting + offsets_[static_cast<std::size_t>(place)];
  }
  [[nodiscard]] double waiting_time(int place, double pulse_time) const {
    return pulse_time - offsets_[static_cast<std::size_t>(place)];
  }

 private:
  enum class Part { rise, flat, fall };

  void fill_offsets();
  void fill_bins();
  [[nodiscard]] std::vector<double> marks() const;
  void add_marks(int place, std::vector<double>& marks) const;
  void add_bin(double start, double end, int first, int last);
  [[nodiscard]] double step_before(double end, int first, int last) const;
  [[nodiscard]] double step_of(int place, double end) const;
  [[nodiscard]] double even_rate_step(int place, double time, double rate) const;
  [[nodiscard]] Part part(double time) const;
  [[nodiscard]] double rate(int place, double time) const;
  [[nodiscard]] double level_of_rate(int place, double rate) const;
  [[nodiscard]] double time_of_level(double level, Part edge) const;
  [[nodiscard]] Exposure exposure_between(int place, double start, double end) const;

  const SwitchingLaw& law_;
  const Pulse pulse_;
  Direction direction_;
  double length_;                // s, of the pulse from foot to foot
  double longest_bin_;           // s
  std::vector<double> offsets_;  // [place]: s of flights since place 0
  std::vector<double> to_come_;  // [place]: exposure from the bins made so far to the end
  std::vector<Bin> bins_;
  std::vector<Exposure> exposures_;  // [bin][first to last]
};

}  // namespace dwmtj
