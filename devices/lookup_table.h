// SPDX-License-Identifier: Apache-2.0
// What one pulse does to a conductance, as a table in the form of CrossSim: a title; the
// conductances; points of a cumulative distribution; then for each point a row of changes, one for
// each conductance. Numbers in S, joined by commas.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "devices/device_model.h"

namespace dwmtj {

struct LookupTable {
  std::string title;
  std::vector<double> conductances;          // S, ascending
  std::vector<double> points;                // of the distribution, 0 to 1
  std::vector<std::vector<double>> changes;  // S, [point][conductance]

  // Of the changes from a conductance: the area under its inverse distribution.
  [[nodiscard]] double mean_change(std::size_t conductance) const;
  // At a point of the distribution, from a conductance within the table's: between two of its own
  // in proportion.
  [[nodiscard]] double change(std::size_t point, double conductance) const;
};

// Of the levels of a device, with as many points; the spread over arrivals is left out.
LookupTable lookup_table(const DeviceModel& model, const Pulse& pulse, int points);

std::string to_text(const LookupTable& table);

// Throws InputError: file:line, what was expected.
LookupTable read_lookup_table(const std::filesystem::path& file);

}  // namespace dwmtj
