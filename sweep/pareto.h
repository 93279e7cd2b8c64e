// SPDX-License-Identifier: Apache-2.0
// The points of a table that no other is better than: not worse in anything and better in
// something.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sweep/results_table.h"

namespace dwmtj {

struct Objective {
  std::size_t column;
  bool most;  // the more, the better
};

// "energy,latency,accuracy". What is wanted high by its name (accuracy, something per or a joule or
// a second, TOPS) is maximised, the rest minimised, unless min: or max: stands before. Throws
// InputError.
std::vector<Objective> parse_objectives(const ResultsTable& table, const std::string& text);

// The rows of the front, in the order of the first objective. Rows without all of the values are on
// no front.
std::vector<std::size_t> pareto_front(const ResultsTable& table,
                                      const std::vector<Objective>& objectives);

}  // namespace dwmtj
