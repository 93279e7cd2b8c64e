// SPDX-License-Identifier: Apache-2.0
// How often which count came up, as lines of text with bars.
#pragma once

#include <string>
#include <vector>

namespace dwmtj {

// Bins of equal width, at most `most_bins`, from the smallest value to the largest; one line each:
// "  3..4        12  ####". Empty for no values.
std::string text_histogram(const std::vector<long>& values, std::size_t most_bins = 12);

}  // namespace dwmtj
