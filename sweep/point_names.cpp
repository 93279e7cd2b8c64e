// SPDX-License-Identifier: Apache-2.0
#include "sweep/point_names.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <numeric>

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid.hpp>
#include <fmt/format.h>

#include "common/file_text.h"

namespace dwmtj {
namespace {

constexpr std::size_t kHashBytes = 6;  // of a name: 12 digits

// SHA-1 by way of a name-based UUID (RFC 4122).
boost::uuids::uuid digest(const std::string& text) {
  static const boost::uuids::name_generator_sha1 kGenerator(boost::uuids::ns::oid());
  return kGenerator(text);
}

FilesHash number_of(const boost::uuids::uuid& uuid) {
  FilesHash number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i) number = number << 8U | uuid.data[i];
  return number;
}

// By its last name and its content: the same files elsewhere are the same configuration.
std::string identity(const std::filesystem::path& file) {
  return file.filename().string() + '\0' + text_of_file(file);
}

}  // namespace

FilesHash hash_of_files(const std::vector<std::string>& files) {
  FilesHash sum = 0;
  for (const auto& file : files) sum += number_of(digest(identity(file)));
  return sum;
}

PointNames::PointNames(const Expansion& expansion, FilesHash base,
                       std::vector<std::vector<FilesHash>> of_values)
    : expansion_(expansion),
      base_(base),
      of_values_(std::move(of_values)),
      order_(expansion.axes().size()) {
  for (const auto& word : expansion.plan().command) command_ += word + '\0';
  const auto& axes = expansion.axes();
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::sort(order_.begin(), order_.end(),
            [&](auto a, auto b) { return axes[a]->target < axes[b]->target; });
}

std::string PointNames::name(std::size_t point) const {
  auto text = command_;
  auto files = base_;
  const auto choices = expansion_.choices(point);
  const auto& axes = expansion_.axes();
  for (const auto i : order_) {
    text += axes[i]->target + '=' + axes[i]->values[choices[i]].text + '\0';
    if (!of_values_[i].empty()) files += of_values_[i][choices[i]];
  }
  const auto uuid = digest(text + std::to_string(files));
  std::string name = std::to_string(point) + '-';
  for (std::size_t i = 0; i < kHashBytes; ++i) name += fmt::format("{:02x}", uuid.data[i]);
  return name;
}

std::optional<std::size_t> index_in_name(const std::string& name) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
  const bool named = error == std::errc{} && end != name.data() + name.size() && *end == '-';
  return named ? std::optional(index) : std::nullopt;
}

}  // namespace dwmtj
