// SPDX-License-Identifier: Apache-2.0
#include "common/effective_file.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

namespace dwmtj {
namespace {

void replace(YAML::Node parent, const std::string& path, const std::string& value) {
  const auto dot = path.find('.');
  if (dot == std::string::npos) {
    parent[path] = value;
  } else {
    replace(parent[path.substr(0, dot)], path.substr(dot + 1), value);
  }
}

}  // namespace

std::string effective_file(const std::string& text, const std::filesystem::path& source,
                           const std::map<std::string, std::string>& replaced) {
  const auto content = YAML::Load(text);
  for (const auto& [path, value] : replaced) replace(content, path, value);
  YAML::Emitter out;
  out << content;
  return fmt::format("# From {}\n{}\n", source.string(), out.c_str());
}

}  // namespace dwmtj
