// SPDX-License-Identifier: Apache-2.0
#include "networks/onnx_external_data.h"

#include <charconv>
#include <fstream>

#include <fmt/format.h>

#include "common/input_error.h"

namespace dwmtj {
namespace {

namespace fs = std::filesystem;

std::uint64_t number(const std::string& text, std::uint64_t otherwise) {
  if (text.empty()) return otherwise;
  std::uint64_t value = 0;
  const auto* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || rest != end) {
    throw InputError(fmt::format("external data: '{}': expected a number of bytes", text));
  }
  return value;
}

// Links are followed first, so that none leads out of the folder.
fs::path confined(const fs::path& folder, const std::string& location) {
  std::error_code error;
  const auto home = fs::canonical(folder.empty() ? "." : folder, error);
  auto file = error ? fs::path() : fs::canonical(home / location, error);
  if (error || !fs::is_regular_file(file, error)) {
    throw InputError(fmt::format("external data '{}' is missing", location));
  }
  const auto inside = file.lexically_relative(home);
  if (inside.empty() || *inside.begin() == "..") {
    throw InputError(fmt::format("external data '{}' is outside of the model's folder", location));
  }
  return file;
}

}  // namespace

std::string read_external_data(const fs::path& folder, const OnnxExternalData& data,
                               std::uint64_t most) {
  const auto file = confined(folder, data.location);
  const std::uint64_t size = fs::file_size(file);
  const auto offset = number(data.offset, 0);
  const auto length = number(data.length, size - std::min(offset, size));
  if (offset > size || length > size - offset) {
    throw InputError(fmt::format("external data '{}' ends too early", data.location));
  }
  if (length > most) {
    throw InputError(fmt::format("external data '{}' is longer than its tensor", data.location));
  }
  std::string bytes(length, '\0');
  std::ifstream stream(file, std::ios::binary);
  stream.seekg(static_cast<std::streamoff>(offset));
  if (!stream.read(bytes.data(), static_cast<std::streamsize>(length))) {
    throw InputError(fmt::format("external data '{}' cannot be read", data.location));
  }
  return bytes;
}

}  // namespace dwmtj
