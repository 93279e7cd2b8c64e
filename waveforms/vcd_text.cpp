// SPDX-License-Identifier: Apache-2.0
#include "waveforms/vcd_text.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "common/input_error.h"

namespace dwmtj::vcd {
namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

void check_name(const std::string& name) {
  for (const auto part : split(name)) {
    if (part.empty() || !std::all_of(part.begin(), part.end(), is_name_character)) {
      throw InputError(fmt::format(
          "'{}' cannot name a waveform: expected letters, digits and underscores, with dots "
          "between the levels",
          name));
    }
  }
}

std::vector<std::string_view> split(std::string_view name) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t dot = name.find('.');
    parts.push_back(name.substr(0, dot));
    if (dot == std::string_view::npos) return parts;
    name.remove_prefix(dot + 1);
  }
}

std::string scope_change(std::string_view from, std::string_view to) {
  auto left = split(from);
  auto entered = split(to);
  left.pop_back();  // the signal itself
  entered.pop_back();
  const auto [closed, opened] =
      std::mismatch(left.begin(), left.end(), entered.begin(), entered.end());
  std::string text;
  for (auto scope = closed; scope != left.end(); ++scope) text += "$upscope $end\n";
  for (auto scope = opened; scope != entered.end(); ++scope) {
    text += fmt::format("$scope module {} $end\n", *scope);
  }
  return text;
}

std::string comment_block(std::string text) {
  for (auto at = text.find("$end"); at != std::string::npos; at = text.find("$end", at)) {
    text.replace(at, 1, "$ ");
  }
  return fmt::format("$comment\n{}\n$end\n", text);
}

void append_identifier(std::string& line, std::uint32_t index) {
  constexpr std::uint32_t kCodes = '~' - '!' + 1;
  do {
    line += static_cast<char>('!' + index % kCodes);
    index /= kCodes;
  } while (index > 0);
}

void append_real(std::string& line, double value) {
  fmt::format_to(std::back_inserter(line), "r{} ", value);
}

void append_integer(std::string& line, std::int64_t value, int bits) {
  const auto mask = ~std::uint64_t{0} >> static_cast<unsigned>(64 - bits);
  const auto kept = static_cast<std::uint64_t>(value) & mask;
  if (bits == 1) {
    line += kept == 0 ? '0' : '1';
  } else {
    fmt::format_to(std::back_inserter(line), "b{:b} ", kept);
  }
}

void append_unknown(std::string& line, int bits) { line += bits == 1 ? "x" : "bx "; }

void append_text(std::string& line, std::string_view text) {
  line += 's';
  for (const char c : text) {
    if (c > ' ' && c <= '~' && c != '\\') {
      line += c;
    } else {
      fmt::format_to(std::back_inserter(line), "\\{:03o}", static_cast<unsigned char>(c));
    }
  }
  line += ' ';
}

}  // namespace dwmtj::vcd
