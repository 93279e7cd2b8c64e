// SPDX-License-Identifier: Apache-2.0
// How long a wall stays where it is: the switching law at rest, or under the small steady current
// of a read.
#pragma once

#include <cstdint>
#include <vector>

#include "devices/switching_law.h"

namespace dwmtj {

// Probability that a wall leaves `site`, either way, within `time` at the temperature of the law
// under a steady track current and field.
double leaving_probability(const SwitchingLaw& law, int site, Time time, Current current,
                           Field bias);

// [from][to]: the chance to rest at each site after that, hops there and back and on included.
// Throws InputError where a barrier is gone: the wall does not rest there.
std::vector<double> resting_chances(const SwitchingLaw& law, Time time, Current current,
                                    Field bias);

// Such chances summed up along each row, for drawn_end(): [from][to], to end at `to` or before it.
void sum_up_rows(std::vector<double>& chances, int sites);
// Where a random word leads a wall from `from`.
int drawn_end(const std::vector<double>& below, int sites, int from, std::uint32_t word);

}  // namespace dwmtj
