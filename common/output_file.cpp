// SPDX-License-Identifier: Apache-2.0
#include "common/output_file.h"

#include <system_error>

#include <fmt/format.h>

#include "common/input_error.h"

namespace dwmtj {

OutputFile::OutputFile(std::filesystem::path target) : target_(std::move(target)), part_(target_) {
  part_ += ".part";
  stream_.open(part_, std::ios::binary);
  if (!stream_) throw InputError(fmt::format("{}: cannot be written", target_.string()));
}

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
    throw InputError(fmt::format("{}: cannot be written (disk full?)", target_.string()));
  }
  committed_ = true;
}

}  // namespace dwmtj
