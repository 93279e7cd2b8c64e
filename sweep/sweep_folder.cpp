// SPDX-License-Identifier: Apache-2.0
#include "sweep/sweep_folder.h"

#include <algorithm>
#include <system_error>
#include <unordered_map>

namespace dwmtj {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> folders_in(const fs::path& folder) {
  std::vector<fs::path> folders;
  std::error_code not_there;
  for (const auto& entry : fs::directory_iterator(folder, not_there)) {
    folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

std::string hash_in(const std::string& name) { return name.substr(name.find('-') + 1); }

}  // namespace

SweepFolder::SweepFolder(fs::path path, const Expansion& expansion, const PointNames& names)
    : path_(std::move(path)), expansion_(expansion), names_(names) {}

fs::path SweepFolder::done(std::size_t point) const {
  return path_ / "points" / names_.name(point);
}

fs::path SweepFolder::failed(std::size_t point) const {
  return path_ / "failed" / names_.name(point);
}

fs::path SweepFolder::unfinished(std::size_t point) const {
  return path_ / "unfinished" / names_.name(point);
}

bool SweepFolder::is_point(const fs::path& folder) const {
  const auto name = folder.filename().string();
  const auto index = index_in_name(name);
  return index && *index < expansion_.size() && names_.name(*index) == name;
}

SweepFolder::Content SweepFolder::scan() const {
  Content content{std::vector<State>(expansion_.size(), State::missing), {}};
  const auto mark = [&](const fs::path& folder, State state) {
    content.states[*index_in_name(folder.filename().string())] = state;
  };
  for (const auto& folder : folders_in(path_ / "failed")) {
    if (is_point(folder)) mark(folder, State::failed);
  }
  for (const auto& folder : folders_in(path_ / "points")) {
    if (is_point(folder)) {
      mark(folder, State::done);
    } else {
      content.foreign.push_back(folder);
    }
  }
  if (!content.foreign.empty()) renumber(content);
  return content;
}

void SweepFolder::renumber(Content& content) const {
  std::unordered_map<std::string, std::size_t> wanted;
  for (std::size_t point = 0; point < expansion_.size(); ++point) {
    if (content.states[point] != State::done) wanted[hash_in(names_.name(point))] = point;
  }
  std::vector<fs::path> foreign;
  for (const auto& folder : content.foreign) {
    const auto found = wanted.find(hash_in(folder.filename().string()));
    std::error_code error;
    if (found != wanted.end()) fs::rename(folder, done(found->second), error);
    if (found == wanted.end() || error) {
      foreign.push_back(folder);
    } else {
      content.states[found->second] = State::done;
      wanted.erase(found);
    }
  }
  content.foreign = std::move(foreign);
}

void SweepFolder::clear_away() const {
  std::error_code ignored;
  for (const char* const kind : {"failed", "unfinished"}) {
    for (const auto& folder : folders_in(path_ / kind)) {
      if (!is_point(folder)) fs::remove_all(folder, ignored);
    }
  }
}

void SweepFolder::remove_empty() const {
  std::error_code ignored;
  for (const char* const kind : {"failed", "unfinished"}) fs::remove(path_ / kind, ignored);
}

}  // namespace dwmtj
