// SPDX-License-Identifier: Apache-2.0
#include "sweep/point_record.h"

#include <array>
#include <fstream>
#include <unistd.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "common/file_text.h"
#include "common/input_error.h"
#include "common/version.h"

namespace dwmtj {
namespace {

using Json = nlohmann::ordered_json;

const char* const kFile = "point.json";

std::string host() {
  std::array<char, 256> name{};
  gethostname(name.data(), name.size() - 1);
  return name.data();
}

}  // namespace

// Bytes that are no UTF-8 (names of files may have them) are replaced.
void write_record(const std::filesystem::path& folder, const PointRecord& record) {
  Json figures = Json::object();
  for (const auto& figure : record.figures) figures[figure.name] = Json::parse(figure.value);
  const Json json = {{"status", record.error.empty() ? "done" : "failed"},
                     {"error", record.error},
                     {"figures", figures},
                     {"seconds", record.seconds},
                     {"processor_seconds", record.processor_seconds},
                     {"host", host()},
                     {"version", kVersion}};
  write_file(folder / kFile, json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

PointRecord read_record(const std::filesystem::path& folder) {
  const auto file = folder / kFile;
  std::ifstream stream(file);
  if (!stream) throw InputError(fmt::format("{}: no such file", file.string()));
  try {
    const auto json = Json::parse(stream);
    PointRecord record{json.at("error").get<std::string>(),
                       {},
                       json.at("seconds").get<double>(),
                       json.at("processor_seconds").get<double>()};
    for (const auto& [name, value] : json.at("figures").items()) {
      record.figures.push_back({name, value.dump()});
    }
    return record;
  } catch (const Json::exception& error) {
    throw InputError(fmt::format("{}: no record of a point: {}", file.string(), error.what()));
  }
}

}  // namespace dwmtj
