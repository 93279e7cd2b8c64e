// SPDX-License-Identifier: Apache-2.0
#include "common/output_file.h"

#include <system_error>

#include <fmt/format.h>
#include <sys/stat.h>

#include "common/disk_full_error.h"
#include "common/input_error.h"

namespace dwmtj {
namespace {

std::filesystem::path part_of(const std::filesystem::path& target) {
  std::error_code not_there;
  if (std::filesystem::is_directory(target, not_there)) {
    throw InputError(fmt::format("{}: cannot be written: it is a folder", target.string()));
  }
  auto part = target;
  return part += ".part";
}

}  // namespace

// std::filesystem::equivalent() does not compare pipes.
bool is_same_file(const std::filesystem::path& one, const std::filesystem::path& other) {
  struct stat a {};
  struct stat b {};
  return ::stat(one.c_str(), &a) == 0 && ::stat(other.c_str(), &b) == 0 && a.st_dev == b.st_dev &&
         a.st_ino == b.st_ino;
}

void check_not_input(const std::filesystem::path& output, const std::filesystem::path& input) {
  if (!is_same_file(output, input)) return;
  throw InputError(fmt::format("{}: is an input, and would be overwritten", output.string()));
}

OutputFile::OutputFile(std::filesystem::path target)
    : target_(std::move(target)),
      part_(part_of(target_)),
      lock_(part_, target_),
      stream_(part_, std::ios::binary) {}

OutputFile::~OutputFile() {
  if (committed_) return;
  stream_.close();
  std::error_code ignored;
  std::filesystem::remove(part_, ignored);
}

void OutputFile::write(std::string_view text) {
  stream_.write(text.data(), static_cast<std::streamsize>(text.size()));
}

void OutputFile::commit() {
  stream_.close();
  std::error_code error;
  if (stream_) std::filesystem::rename(part_, target_, error);
  if (!stream_ || error) {
    throw DiskFullError(fmt::format("{}: cannot be written (disk full?)", target_.string()));
  }
  committed_ = true;
}

}  // namespace dwmtj
