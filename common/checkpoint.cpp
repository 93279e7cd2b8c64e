// SPDX-License-Identifier: Apache-2.0
#include "common/checkpoint.h"

#include <sstream>
#include <zlib.h>

#include <fmt/format.h>

#include "common/file_text.h"
#include "common/input_error.h"
#include "common/output_file.h"

namespace dwmtj {
namespace {

const std::string kFormat = "dwmtj checkpoint 1";
constexpr const char* kEnd = "state";

std::filesystem::path with_suffix(std::filesystem::path name, const char* suffix) {
  name += suffix;
  return name;
}

}  // namespace

std::string checksum_of(const std::string& text) {
  const auto* const bytes = reinterpret_cast<const Bytef*>(text.data());
  return fmt::format("{:08x}", crc32_z(0, bytes, text.size()));
}

Checkpoint::Checkpoint(std::filesystem::path name, NamedValues asked)
    : last_(with_suffix(name, ".checkpoint")),
      before_(with_suffix(name, ".checkpoint-before")),
      asked_(std::move(asked)) {}

std::string Checkpoint::header() const {
  std::string text = kFormat + '\n';
  for (const auto& [key, value] : asked_) text += fmt::format("{} {}\n", key, value);
  return text + kEnd + '\n';
}

// The last becomes the one before only when the new one is whole on the disk.
void Checkpoint::write(const std::string& state) const {
  OutputFile file(last_);
  const std::string head = header();
  file.write(head);
  file.write(state);
  file.write(checksum_of(head + state));
  std::error_code none_yet;
  std::filesystem::rename(last_, before_, none_yet);
  file.commit();
}

Checkpoint::Reading Checkpoint::read(const std::filesystem::path& file) const {
  const auto content = read_file(file);
  if (!content) return {false, "is missing"};
  const auto& text = *content;
  constexpr std::size_t kChecksum = 8;
  if (text.compare(0, kFormat.size() + 1, kFormat + '\n') != 0) {
    throw InputError(
        fmt::format("{}: no checkpoint of this version; expected it to begin with '{}'",
                    file.string(), kFormat));
  }
  if (text.size() < kChecksum || checksum_of(text.substr(0, text.size() - kChecksum)) !=
                                     text.substr(text.size() - kChecksum)) {
    return {false, "is not whole"};
  }
  std::istringstream lines(text.substr(kFormat.size() + 1, text.size() - kFormat.size() - 9));
  std::string line;
  for (const auto& [key, value] : asked_) {
    std::getline(lines, line);
    const auto expected = fmt::format("{} {}", key, value);
    if (line == expected) continue;
    throw InputError(fmt::format("{}: is of another run: it has '{}' where '{}' was asked for",
                                 file.string(), line, expected));
  }
  const std::size_t head = header().size();
  return {true, text.substr(head, text.size() - kChecksum - head)};
}

Checkpoint::Found Checkpoint::read() const {
  if (!std::filesystem::exists(last_) && !std::filesystem::exists(before_)) return {};
  const auto last = read(last_);
  if (last.whole) return {last.text, ""};
  const auto before = read(before_);
  const auto why = fmt::format("{}: {}", last_.string(), last.text);
  if (!before.whole) {
    throw InputError(fmt::format("{}, and the one before it {}; begin again without --resume", why,
                                 before.text));
  }
  return {before.text, why + "; going on from the one before"};
}

void Checkpoint::remove() const {
  std::error_code ignored;
  std::filesystem::remove(last_, ignored);
  std::filesystem::remove(before_, ignored);
}

}  // namespace dwmtj
