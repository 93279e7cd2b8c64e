// SPDX-License-Identifier: Apache-2.0
// Numbers that lie around a few levels, told apart: the partition of a line with the least squares
// about the means of its parts (Jenks, or k-means in one dimension, exact on a histogram).
#pragma once

#include <cstddef>
#include <vector>

namespace dwmtj {

// The upper ends of all parts but the last, ascending; a value belongs to the first part whose end
// is not below it. Throws InputError where there are fewer different values than parts.
std::vector<double> split_into_levels(std::vector<double> values, std::size_t parts);

}  // namespace dwmtj
