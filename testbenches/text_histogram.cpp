// SPDX-License-Identifier: Apache-2.0
#include "testbenches/text_histogram.h"

#include <algorithm>

#include <fmt/format.h>

namespace dwmtj {
namespace {

constexpr std::size_t kLongestBar = 50;

std::string range_text(long first, long last) {
  return first == last ? fmt::format("{}", first) : fmt::format("{}..{}", first, last);
}

// A bin that holds anything shows at least one mark.
std::size_t bar_length(std::size_t count, std::size_t largest) {
  return std::max<std::size_t>(1, kLongestBar * count / largest);
}

}  // namespace

std::string text_histogram(const std::vector<long>& values, std::size_t most_bins) {
  if (values.empty()) return {};
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  const long bins = static_cast<long>(most_bins);
  const long width = (*most - *least) / bins + 1;
  std::vector<std::size_t> counts(static_cast<std::size_t>((*most - *least) / width + 1), 0);
  for (const long value : values) ++counts[static_cast<std::size_t>((value - *least) / width)];
  const auto largest = *std::max_element(counts.begin(), counts.end());
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const long first = *least + static_cast<long>(i) * width;
    text += fmt::format("  {:<12} {:>7}", range_text(first, first + width - 1), counts[i]);
    text += counts[i] > 0 ? fmt::format("  {:#<{}}\n", "", bar_length(counts[i], largest)) : "\n";
  }
  return text;
}

}  // namespace dwmtj
