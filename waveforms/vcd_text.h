// SPDX-License-Identifier: Apache-2.0
// How a VCD file (IEEE 1364-2005, clause 18) spells things; texts are GTKWave's extension.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dwmtj::vcd {

// Throws InputError unless `name` is a dotted path of letters, digits and underscores.
void check_name(const std::string& name);

// "tile0.row3.site" as {"tile0", "row3", "site"}.
std::vector<std::string_view> split(std::string_view name);

// What closes and opens scopes between two names that follow each other in sorted order. An empty
// name stands for the top.
std::string scope_change(std::string_view from, std::string_view to);

// A block that cannot be ended by its own content.
std::string comment_block(std::string text);

// The code of a signal: printable ASCII, short for small indices.
void append_identifier(std::string& line, std::uint32_t index);

// A value as it stands before the code of its signal.
void append_real(std::string& line, double value);  // reads back as the same double
void append_integer(std::string& line, std::int64_t value, int bits);
void append_unknown(std::string& line, int bits);
void append_text(std::string& line, std::string_view text);

}  // namespace dwmtj::vcd
