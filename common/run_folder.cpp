// SPDX-License-Identifier: Apache-2.0
#include "common/run_folder.h"

#include <fstream>
#include <sstream>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "common/input_error.h"
#include "common/output_file.h"
#include "common/version.h"

namespace dwmtj {
namespace {

// A word as a shell reads it back: 'it'\''s'.
std::string quoted(const std::string& word) {
  const auto* const plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./,:=+@%";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string result = "'";
  for (const char c : word) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

// Text as it stands in a YAML block scalar that is indented by two.
std::string indented(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '\n' ? std::string("\n  ") : std::string(1, c);
  return result;
}

}  // namespace

std::string shell_line(const std::vector<std::string>& words) {
  std::string line;
  for (const auto& word : words) line += (line.empty() ? "" : " ") + quoted(word);
  return line;
}

RunFolder::RunFolder(std::filesystem::path folder) : folder_(std::move(folder)) {
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  std::error_code not_there;
  if (error || !std::filesystem::is_directory(folder_, not_there)) {
    throw InputError(fmt::format("{}: cannot create this output folder: {}", folder_.string(),
                                 error ? error.message() : "it is not a folder"));
  }
  if (access(folder_.c_str(), W_OK | X_OK) != 0) {
    throw InputError(fmt::format("{}: cannot write into this output folder", folder_.string()));
  }
}

void RunFolder::write(const std::string& name, const std::string& content) const {
  OutputFile file(folder_ / name);
  file.write(content);
  file.commit();
}

void RunFolder::remove(const std::string& name) const {
  std::error_code ignored;
  std::filesystem::remove(folder_ / name, ignored);
}

void RunFolder::keep_copy(const std::filesystem::path& file) const {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  write(file.filename().string(), content.str());
}

void RunFolder::record_run(const std::vector<std::string>& command, std::uint64_t seed) const {
  write("run.yaml",
        fmt::format("# How to run this again.\ncommand: |-\n  {}\nversion: {}\nseed: {}\n",
                    indented(shell_line(command)), kVersion, seed));
}

}  // namespace dwmtj
