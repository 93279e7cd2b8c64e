// SPDX-License-Identifier: Apache-2.0
#include "learning/write_policy.h"

#include <array>

#include <fmt/format.h>

namespace dwmtj {

NamedValues named_values(const WritePolicy& policy) {
  constexpr std::array<const char*, 4> kModes = {"drawn", "accumulated", "gated", "all"};
  constexpr std::array<const char*, 3> kCodes = {"site", "mean", "first"};
  return {{"mode", kModes.at(static_cast<std::size_t>(policy.mode))},
          {"pair", policy.pair == PairUse::refresh ? "refresh" : "two-way"},
          {"codes", kCodes.at(static_cast<std::size_t>(policy.codes))},
          {"least-chance", fmt::format("{}", policy.least_chance)},
          {"pulse-chance", fmt::format("{}", policy.pulse_chance)},
          {"tile-size", std::to_string(policy.tile_size)}};
}

}  // namespace dwmtj
