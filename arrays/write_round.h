// SPDX-License-Identifier: Apache-2.0
// One round of write-verify over the columns of a row, summed up: all that time and energy need.
#pragma once

#include <algorithm>
#include <cstdint>

#include "common/picoseconds.h"

namespace dwmtj {

struct ReadSum {
  int columns = 0;
  double devices = 0.0;     // S, together
  double references = 0.0;  // S
  Picoseconds slowest = 0;  // decision; 0 where all were clear

  void add(const ReadSum& other) {
    columns += other.columns;
    devices += other.devices;
    references += other.references;
    slowest = std::max(slowest, other.slowest);
  }
};

struct PulseSum {
  int pulses = 0;
  double track = 0.0;     // J
  double headroom = 0.0;  // J

  void add(const PulseSum& other) {
    pulses += other.pulses;
    track += other.track;
    headroom += other.headroom;
  }
};

struct WriteRound {
  ReadSum reached;  // the first comparison
  ReadSum passed;   // the second
  PulseSum forward;
  PulseSum reverse;

  void add(const WriteRound& other) {
    reached.add(other.reached);
    passed.add(other.passed);
    forward.add(other.forward);
    reverse.add(other.reverse);
  }
};

}  // namespace dwmtj
