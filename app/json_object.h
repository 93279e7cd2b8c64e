// SPDX-License-Identifier: Apache-2.0
// JSON, key by key, of what a command found. Numbers are in SI; a key ends in the unit: energy_J.
#pragma once

#include <string>
#include <type_traits>
#include <vector>

#include <fmt/format.h>

namespace dwmtj {

class JsonObject {
 public:
  // Text, a number (one that is none is null), yes or no, or another object.
  template <typename Value>
  JsonObject& set(const std::string& key, const Value& value) {
    return set_json(key, json_of(value));
  }
  // A value that is JSON already.
  JsonObject& set_json(const std::string& key, const std::string& json);

  [[nodiscard]] bool empty() const { return members_.empty(); }
  [[nodiscard]] std::string text() const { return "{" + members_ + "}"; }

 private:
  static std::string json_of(const std::string& text);
  static std::string json_of(const char* text) { return json_of(std::string(text)); }
  static std::string json_of(double number);
  static std::string json_of(const JsonObject& object) { return object.text(); }
  template <typename Number>
  static std::enable_if_t<std::is_integral_v<Number>, std::string> json_of(Number number) {
    return fmt::format("{}", number);
  }
  template <typename Value>
  static std::string json_of(const std::vector<Value>& values) {
    std::string text;
    for (const auto& value : values) text += (text.empty() ? "" : ", ") + json_of(value);
    return "[" + text + "]";
  }

  std::string members_;
};

}  // namespace dwmtj
