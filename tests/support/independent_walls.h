// SPDX-License-Identifier: Apache-2.0
// Walls that a pulse moves by the switching law, drawn one after the other and with nothing of the
// transition table: once stepped in time, once from event to event.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "devices/pulse.h"
#include "devices/switching_law.h"

namespace dwmtj::test {

struct Walk {
  int end = 0;
  std::vector<double> left;  // s, one a hop
};

class PulsedWall {
 public:
  PulsedWall(const SwitchingLaw& law, const Pulse& pulse)
      : law_(law),
        pulse_(pulse),
        direction_(in_si(pulse.amplitude) >= 0.0 ? Direction::forward : Direction::reverse),
        length_(in_si(pulse.shape.foot_to_foot())) {}
  virtual ~PulsedWall() = default;

  Walk walk(int from, std::mt19937_64& random) const {
    Walk walk{from, {}};
    const int last = direction_ == Direction::forward ? law_.sites() - 1 : 0;
    for (double now = 0.0; walk.end != last;) {
      const double left = leaves(walk.end, now, random);
      if (!(left < length_)) break;
      walk.left.push_back(left);
      now = left + in_si(law_.flight_time(walk.end, direction_));
      walk.end += static_cast<int>(direction_);
      if (now > length_ * (1.0 - 1e-9)) break;  // it lands after the pulse
    }
    return walk;
  }

 protected:
  // When a wall leaves that is at `site` at `now`; not before the end of the pulse if it stays.
  [[nodiscard]] virtual double leaves(int site, double now, std::mt19937_64& random) const = 0;

  [[nodiscard]] double rate(int site, double time) const {
    const double level = pulse_.shape.level(from_si<Time>(time));
    return law_.escape_rate(site, direction_, level * pulse_.amplitude, pulse_.bias);
  }
  [[nodiscard]] const SwitchingLaw& law() const { return law_; }
  [[nodiscard]] const PulseShape& shape() const { return pulse_.shape; }
  [[nodiscard]] double length() const { return length_; }
  static double uniform(std::mt19937_64& random) {
    return (static_cast<double>(random() >> 11U) + 0.5) * 0x1p-53;
  }

 private:
  const SwitchingLaw& law_;
  Pulse pulse_;
  Direction direction_;
  double length_;
};

// In each small step the wall leaves with the chance of the rate in its middle.
class SteppedWall : public PulsedWall {
 public:
  SteppedWall(const SwitchingLaw& law, const Pulse& pulse, int steps)
      : PulsedWall(law, pulse), steps_(steps), step_(length() / steps) {
    for (int site = 0; site < law.sites(); ++site) {
      for (int i = 0; i < steps; ++i) rates_.push_back(rate(site, (i + 0.5) * step_));
    }
  }

 protected:
  double leaves(int site, double now, std::mt19937_64& random) const override {
    const double* const rates = &rates_[static_cast<std::size_t>(site) * index(steps_)];
    for (auto i = static_cast<int>(now / step_); i < steps_; ++i) {
      const double left = std::max((i + 1) * step_ - now, 0.0);
      const double exposure = rates[i] * left;
      if (exposure > kNever) {
        const double wait = -std::log(uniform(random));
        if (wait < exposure) return now + (std::isinf(exposure) ? 0.0 : wait / rates[i]);
      }
      now = (i + 1) * step_;
    }
    return length();
  }

 private:
  static constexpr double kNever = 1e-12;  // not worth a draw
  static std::size_t index(int i) { return static_cast<std::size_t>(i); }

  int steps_;
  double step_;
  std::vector<double> rates_;  // [site][step]
};

// Thinning: events at a rate that bounds the law's over a stretch of the pulse, each kept in
// proportion.
class EventWall : public PulsedWall {
 public:
  using PulsedWall::PulsedWall;

 protected:
  double leaves(int site, double now, std::mt19937_64& random) const override {
    while (now < length()) {
      const double end = stretch(site, now);
      const double bound = std::max(inside(site, now, end, 0.0), inside(site, now, end, 1.0));
      if (std::isinf(bound)) return now;
      const double wait = -std::log(uniform(random)) / bound;
      if (now + wait >= end) {
        now = end;
        continue;
      }
      now += wait;
      if (uniform(random) * bound < rate(site, now)) return now;
    }
    return length();
  }

 private:
  // Up to a kink of the pulse, and short enough for the rate to change little, where there is one.
  [[nodiscard]] double stretch(int site, double now) const {
    double end = std::min(length(), now + length() / 50.0);
    for (const double kink : {in_si(shape().rise), length() - in_si(shape().fall)}) {
      if (kink > now * (1.0 + 1e-12) && kink < end) end = kink;
    }
    while (end - now > 1e-13 * length()) {
      const double here = inside(site, now, end, 0.0);
      const double there = inside(site, now, end, 1.0);
      const double most = std::max(here, there);
      if (most * (end - now) < 1e-3 || most < 2.0 * std::min(here, there)) break;
      if (std::isinf(here) && std::isinf(there)) break;
      end = now + 0.5 * (end - now);
    }
    return end;
  }
  // At a share of the way from `start` to `end`; the ends as seen from between them.
  [[nodiscard]] double inside(int site, double start, double end, double share) const {
    return rate(site, start + std::clamp(share, 1e-6, 1.0 - 1e-6) * (end - start));
  }
};

}  // namespace dwmtj::test
