// SPDX-License-Identifier: Apache-2.0
#include "common/file_text.h"

#include <fstream>
#include <sstream>

#include "common/output_file.h"

namespace dwmtj {

std::string text_of_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  return content.str();
}

void write_file(const std::filesystem::path& file, std::string_view text) {
  OutputFile output(file);
  output.write(text);
  output.commit();
}

}  // namespace dwmtj
