// SPDX-License-Identifier: Apache-2.0
#include "sweep/figures.h"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "common/any_quantity.h"
#include "common/input_error.h"

namespace dwmtj {
namespace {

using Json = nlohmann::ordered_json;

// Names of columns have no spaces.
std::string under(const std::string& path, std::string key) {
  std::replace(key.begin(), key.end(), ' ', '_');
  return path.empty() ? key : path + '_' + key;
}

// `all`: the elements of long lists as well.
void flatten(const Json& json, const std::string& path, bool all, std::vector<Figure>& figures) {
  if (path == "schema") return;  // of the file, not of what was run
  if (json.is_number() || json.is_boolean()) figures.push_back({path, json.dump()});
  if (json.is_object()) {
    for (const auto& [key, value] : json.items()) flatten(value, under(path, key), all, figures);
  }
  if (!json.is_array()) return;
  if (json.size() == 1 && !all) flatten(json[0], path, all, figures);
  for (std::size_t i = 0; all && i < json.size(); ++i) {
    flatten(json[i], under(path, std::to_string(i)), all, figures);
  }
}

std::vector<Figure> figures_of_json(std::ifstream& stream, const std::string& file,
                                    const std::vector<std::string>& wanted) {
  std::vector<Figure> figures;
  std::vector<Figure> all;
  try {
    const auto json = Json::parse(stream);
    flatten(json, "", false, figures);
    if (!wanted.empty()) flatten(json, "", true, all);
  } catch (const Json::exception& error) {
    throw InputError(fmt::format("{}: {}", file, error.what()));
  }
  figures.insert(figures.end(), all.begin(), all.end());
  return figures;
}

// Our own tables have no quotes where they have numbers.
std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    if (c == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

std::vector<Figure> figures_of_csv(std::ifstream& stream) {
  std::string head;
  std::string row;
  std::string another;
  if (!std::getline(stream, head) || !std::getline(stream, row)) return {};
  if (std::getline(stream, another)) return {};
  const auto names = fields_of(head);
  const auto values = fields_of(row);
  std::vector<Figure> figures;
  for (std::size_t i = 0; i < std::min(names.size(), values.size()); ++i) {
    const auto number = read_quantity(values[i]);
    if (number && number->unit.empty()) figures.push_back({names[i], values[i]});
  }
  return figures;
}

std::vector<Figure> chosen(const std::vector<Figure>& figures,
                           const std::vector<std::string>& wanted, const std::string& file) {
  std::vector<Figure> result;
  for (const auto& name : wanted) {
    const auto found = std::find_if(figures.begin(), figures.end(),
                                    [&](const auto& figure) { return figure.name == name; });
    if (found == figures.end()) throw InputError(fmt::format("{}: no figure '{}'", file, name));
    result.push_back(*found);
  }
  return result;
}

}  // namespace

std::vector<Figure> read_figures(const std::filesystem::path& file,
                                 const std::vector<std::string>& wanted) {
  std::ifstream stream(file);
  if (!stream) return {};
  const auto figures = file.extension() == ".csv" ? figures_of_csv(stream)
                                                  : figures_of_json(stream, file.string(), wanted);
  return wanted.empty() ? figures : chosen(figures, wanted, file.filename().string());
}

}  // namespace dwmtj
