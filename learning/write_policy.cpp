// SPDX-License-Identifier: Apache-2.0
#include "learning/write_policy.h"

#include <fmt/format.h>

namespace dwmtj {

NamedValues named_values(const WritePolicy& policy) {
  const char* const modes[] = {"drawn", "accumulated", "gated", "all"};
  const char* const codes[] = {"site", "mean", "first"};
  return {{"mode", modes[static_cast<int>(policy.mode)]},
          {"pair", policy.pair == PairUse::refresh ? "refresh" : "two-way"},
          {"codes", codes[static_cast<int>(policy.codes)]},
          {"least-chance", fmt::format("{}", policy.least_chance)},
          {"pulse-chance", fmt::format("{}", policy.pulse_chance)},
          {"tile-size", std::to_string(policy.tile_size)}};
}

}  // namespace dwmtj
