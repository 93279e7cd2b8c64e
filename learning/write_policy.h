// SPDX-License-Identifier: Apache-2.0
// How steps of hidden weights become pulses on pairs of devices: every choice that the architecture
// has.
#pragma once

#include "learning/learning_rule.h"

namespace dwmtj {

enum class UpdateMode : std::uint8_t {
  drawn,        // a digital draw decides, then one pulse that almost surely hops once
  accumulated,  // steps are summed up digitally; a pulse when they are a level
  gated,        // a digital draw lets a pulse through that moves a wall with `pulse_chance`
  all           // a pulse to every weight, at the code whose chance to hop is nearest the wanted
};

// What one weight is.
enum class PairUse : std::uint8_t {
  refresh,  // down is the other side forward; a side at its end: both are rewritten
  two_way   // down is a reverse pulse under the reset field, by the full law
};

enum class CodeChoice : std::uint8_t {
  site,  // the wall's own site, which has to be read first
  mean,  // one for all, by the mean over the sites
  first  // one for all, that of the first site
};

struct WritePolicy {
  UpdateMode mode = UpdateMode::drawn;
  PairUse pair = PairUse::refresh;
  CodeChoice codes = CodeChoice::site;
  double least_chance = 1e-5;  // all: nothing is sent below it
  double pulse_chance = 0.1;   // gated: of a pulse that is let through
  int tile_size = 64;          // rows, and columns of pairs, of a tile
};

NamedValues named_values(const WritePolicy& policy);

}  // namespace dwmtj
