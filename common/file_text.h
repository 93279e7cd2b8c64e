// SPDX-License-Identifier: Apache-2.0
// A file as one text. For those larger than memory there is common/line_source.h.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace dwmtj {

// Its bytes; none where it cannot be read.
std::optional<std::string> read_file(const std::filesystem::path& file);

// The same, empty where it cannot be read.
std::string text_of_file(const std::filesystem::path& file);

// Whole or not at all. Throws as OutputFile does.
void write_file(const std::filesystem::path& file, std::string_view text);

}  // namespace dwmtj
