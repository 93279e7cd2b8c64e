// SPDX-License-Identifier: Apache-2.0
#include "app/json_object.h"

#include <cmath>

#include <nlohmann/json.hpp>

namespace dwmtj {
namespace {

// Names of files may be no UTF-8.
std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

JsonObject& JsonObject::set_json(const std::string& key, const std::string& json) {
  if (!members_.empty()) members_ += ", ";
  members_ += quoted(key) + ": " + json;
  return *this;
}

std::string JsonObject::json_of(const std::string& text) { return quoted(text); }

std::string JsonObject::json_of(double number) {
  return std::isfinite(number) ? fmt::format("{}", number) : "null";
}

}  // namespace dwmtj
