// SPDX-License-Identifier: Apache-2.0
#include "testbenches/entries.h"

#include <charconv>
#include <system_error>

#include <fmt/format.h>

#include "tile/tile_command.h"

namespace dwmtj {
namespace {

std::int16_t read_entry(const ParameterNode& node) {
  const std::string text = node.text();
  if (text == kSkipWord) return kSkip;
  std::int16_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value == kSkip) {
    node.fail(
        fmt::format("'{}' is not a whole number from -32767 to 32767, nor '{}'", text, kSkipWord));
  }
  return value;
}

}  // namespace

std::vector<std::int16_t> read_entries(const ParameterNode& list) {
  std::vector<std::int16_t> entries;
  for (const auto& item : list.items()) entries.push_back(read_entry(item));
  return entries;
}

std::string entries_text(const std::vector<std::int16_t>& entries) {
  std::string text;
  for (const auto entry : entries) {
    text += text.empty() ? "" : ", ";
    text += entry == kSkip ? kSkipWord : fmt::format("{}", entry);
  }
  return "[" + text + "]";
}

}  // namespace dwmtj
