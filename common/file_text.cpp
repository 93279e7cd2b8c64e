// SPDX-License-Identifier: Apache-2.0
#include "common/file_text.h"

#include <fstream>
#include <sstream>

#include "common/output_file.h"

namespace dwmtj {

std::optional<std::string> read_file(const std::filesystem::path& file) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) return std::nullopt;
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();  // fails for an empty file too, so that this says nothing
  if (!stream.is_open() || stream.bad()) return std::nullopt;
  return content.str();
}

std::string text_of_file(const std::filesystem::path& file) {
  return read_file(file).value_or(std::string());
}

void write_file(const std::filesystem::path& file, std::string_view text) {
  OutputFile output(file);
  output.write(text);
  output.commit();
}

}  // namespace dwmtj
