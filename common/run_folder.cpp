// SPDX-License-Identifier: Apache-2.0
#include "common/run_folder.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <fstream>
#include <optional>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "common/complain.h"
#include "common/disk_full_error.h"
#include "common/file_text.h"
#include "common/input_error.h"
#include "common/last_results.h"
#include "common/output_file.h"
#include "common/version.h"
#include "common/write_lock.h"

namespace dwmtj {
namespace {

namespace fs = std::filesystem;

const char* const kRunFile = "run.yaml";
const char* const kAside = ".unfinished";
const std::string kFilesKey = "files:\n";

fs::path& last_folder() {
  static fs::path folder;
  return folder;
}

// A word as a shell reads it back, and as YAML does but for the quote: 'it'\''s'.
std::string in_quotes(const std::string& word, const char* quote) {
  std::string result = "'";
  for (const char c : word) result += c == '\'' ? std::string(quote) : std::string(1, c);
  return result + "'";
}

// What stands between the quotes of listed(), as it was.
std::string without_quotes(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    result += text[i];
    if (text[i] == '\'') ++i;  // of two, one
  }
  return result;
}

// Of something in a folder: no path, and neither the folder itself nor the one above it.
bool can_be_a_result(const std::string& name) {
  return !name.empty() && name != "." && name != ".." && name != kAside &&
         name.find('/') == std::string::npos;
}

std::string quoted(const std::string& word) {
  const auto* const plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./,:=+@%";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  return in_quotes(word, "'\\''");
}

// Text as it stands in a YAML block scalar that is indented by two.
std::string indented(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '\n' ? std::string("\n  ") : std::string(1, c);
  return result;
}

// In pieces: a trace may be larger than memory.
void copy_into(OutputFile& copy, const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::array<char, 65536> piece{};
  while (stream.read(piece.data(), piece.size()), stream.gcount() > 0) {
    copy.write({piece.data(), static_cast<std::size_t>(stream.gcount())});
  }
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text = kFilesKey;
  for (const auto& name : names) text += fmt::format("- {}\n", in_quotes(name, "''"));
  return text;
}

// What an earlier run says it has put here: names as listed() writes them, no paths.
std::vector<std::string> results_of(const fs::path& run_file) {
  const auto text = text_of_file(run_file);
  const auto start = text.find('\n' + kFilesKey);
  std::vector<std::string> names;
  if (start == std::string::npos) return names;
  std::istringstream lines(text.substr(start + 1 + kFilesKey.size()));
  for (std::string line; std::getline(lines, line) && line.rfind("- '", 0) == 0;) {
    const auto name = without_quotes(line.substr(3, line.size() - 4));
    if (can_be_a_result(name)) names.push_back(name);
  }
  return names;
}

// The folder, made if need be; true if it was.
bool make_folder(const fs::path& folder) {
  std::error_code error;
  const bool made = fs::create_directories(folder, error);
  std::error_code not_there;
  if (error || !fs::is_directory(folder, not_there)) {
    throw InputError(fmt::format("{}: cannot create this output folder: {}", folder.string(),
                                 error ? error.message() : "it is not a folder"));
  }
  if (access(folder.c_str(), W_OK | X_OK) != 0) {
    throw InputError(fmt::format("{}: cannot write into this output folder", folder.string()));
  }
  return made;
}

}  // namespace

fs::path last_results() { return last_folder(); }

std::string shell_line(const std::vector<std::string>& words) {
  std::string line;
  for (const auto& word : words) line += (line.empty() ? "" : " ") + quoted(word);
  return line;
}

struct RunFolder::State {
  State(fs::path path, bool write_aside)
      : folder(std::move(path)),
        made(make_folder(folder)),
        lock(folder, folder),
        aside(write_aside ? folder / kAside : folder),
        committed(!write_aside) {
    std::error_code error;
    fs::remove_all(folder / kAside, error);  // of a run that was killed
    if (write_aside && !fs::create_directory(aside, error)) {
      throw DiskFullError(
          fmt::format("{}: cannot be written: {}", aside.string(), error.message()));
    }
  }

  // Where a result of this name is written. Throws as RunFolder::write() says.
  [[nodiscard]] OutputFile open(const std::string& name) const;
  [[nodiscard]] bool is_input(const fs::path& file) const {
    return std::any_of(inputs.begin(), inputs.end(),
                       [&](const auto& input) { return is_same_file(input, file); });
  }
  void check_place(const std::string& name) const;
  void put_in_place(const std::string& name) const;
  void remove_earlier(const std::vector<std::string>& names) const;
  void discard() const;

  fs::path folder;
  bool made;
  WriteLock lock;
  fs::path aside;
  std::vector<fs::path> inputs;
  std::vector<std::string> copies;  // names of those that are copied in
  int exceptions = std::uncaught_exceptions();
  bool committed;
};

// What must not give way to a result: an input, or a folder to a file.
void RunFolder::State::check_place(const std::string& name) const {
  for (const auto& input : inputs) check_not_input(folder / name, input);
  std::error_code not_there;
  if (fs::is_directory(folder / name, not_there) && !fs::is_directory(aside / name, not_there)) {
    throw InputError(
        fmt::format("{}: cannot be written: it is a folder", (folder / name).string()));
  }
}

OutputFile RunFolder::State::open(const std::string& name) const {
  check_place(name);
  if (std::find(copies.begin(), copies.end(), name) != copies.end()) {
    throw InputError(
        fmt::format("{}: an input and a result have this name; rename the input", name));
  }
  return OutputFile(aside / name);
}

void RunFolder::State::put_in_place(const std::string& name) const {
  std::error_code error;
  if (fs::is_directory(aside / name, error)) fs::remove_all(folder / name, error);
  fs::rename(aside / name, folder / name, error);
  if (error) {
    throw DiskFullError(
        fmt::format("{}: cannot be written: {}", (folder / name).string(), error.message()));
  }
}

void RunFolder::State::remove_earlier(const std::vector<std::string>& names) const {
  for (const auto& name : results_of(folder / kRunFile)) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    if (is_input(folder / name)) continue;
    std::error_code ignored;
    fs::remove_all(folder / name, ignored);
  }
}

void RunFolder::State::discard() const {
  std::error_code ignored;
  fs::remove_all(aside, ignored);
  if (made && !committed) fs::remove(folder, ignored);  // only if empty
}

RunFolder::RunFolder(fs::path folder, bool aside)
    : state_(std::make_unique<State>(std::move(folder), aside)) {}

RunFolder::RunFolder(fs::path folder) : RunFolder(std::move(folder), true) {}

RunFolder RunFolder::in_place(fs::path folder) {
  last_folder() = folder;
  return {std::move(folder), false};
}

RunFolder::RunFolder(RunFolder&&) noexcept = default;

RunFolder::~RunFolder() {
  if (!state_ || state_->committed) return;
  try {
    if (std::uncaught_exceptions() == state_->exceptions) commit();
  } catch (const std::exception& error) {
    complain(error.what());
  }
  state_->discard();
}

const fs::path& RunFolder::path() const {
  return state_->committed ? state_->folder : state_->aside;
}

void RunFolder::write(const std::string& name, const std::string& content) const {
  auto file = state_->open(name);
  file.write(content);
  file.commit();
}

void RunFolder::protect(const fs::path& file) const { state_->inputs.push_back(file); }

void RunFolder::keep_copy(const fs::path& file) const {
  const auto name = file.filename().string();
  // What lies in the folder already is its own copy.
  if (!is_same_file(file, state_->folder / name)) {
    auto copy = state_->open(name);
    copy_into(copy, file);
    copy.commit();
    state_->copies.push_back(name);
  }
  protect(file);
}

void RunFolder::record_run(const std::vector<std::string>& command, std::uint64_t seed) const {
  write(kRunFile,
        fmt::format("# How to run this again.\ncommand: |-\n  {}\nversion: {}\nseed: {}\n",
                    indented(shell_line(command)), kVersion, seed));
}

void RunFolder::commit() {
  if (state_->committed) return;
  const auto names = names_in(state_->aside);
  for (const auto& name : names) state_->check_place(name);
  const auto run_file = state_->aside / kRunFile;
  if (std::find(names.begin(), names.end(), kRunFile) != names.end()) {
    write_file(run_file, text_of_file(run_file) + listed(names));
  }
  state_->remove_earlier(names);
  for (const auto& name : names) state_->put_in_place(name);
  state_->committed = true;
  last_folder() = state_->folder;
  state_->discard();
}

}  // namespace dwmtj
