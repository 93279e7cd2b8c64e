// SPDX-License-Identifier: Apache-2.0
#include "common/quantity_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "common/any_quantity.h"
#include "common/input_error.h"
#include "common/trimmed.h"

namespace dwmtj {
namespace {

struct Unit {
  std::string_view symbol;
  double scale;
};

struct DimensionInfo {
  std::string_view article_name;
  std::string_view example;
  std::vector<Unit> units;  // the first is the one used to print when no prefix fits better
};

constexpr double kYear = 365.25 * 86400.0;

const std::vector<DimensionInfo>& dimensions() {
  static const std::vector<DimensionInfo> kTable = {
      {"a number", "0.25 or 25 %", {{"", 1.0}, {"%", 1e-2}}},
      {"a time",
       "50 ns",
       {{"s", 1.0},
        {"ms", 1e-3},
        {"us", 1e-6},
        {"ns", 1e-9},
        {"ps", 1e-12},
        {"fs", 1e-15},
        {"h", 3600.0},
        {"d", 86400.0},
        {"y", kYear}}},
      {"a voltage", "0.2 V", {{"V", 1.0}, {"kV", 1e3}, {"mV", 1e-3}, {"uV", 1e-6}, {"nV", 1e-9}}},
      {"a current",
       "12.4 uA",
       {{"A", 1.0}, {"mA", 1e-3}, {"uA", 1e-6}, {"nA", 1e-9}, {"pA", 1e-12}}},
      {"a resistance", "1061 ohm", {{"ohm", 1.0}, {"Mohm", 1e6}, {"kohm", 1e3}, {"mohm", 1e-3}}},
      {"a conductance", "1.1 mS", {{"S", 1.0}, {"mS", 1e-3}, {"uS", 1e-6}, {"nS", 1e-9}}},
      {"a capacitance", "0.2 fF", {{"F", 1.0}, {"pF", 1e-12}, {"fF", 1e-15}, {"aF", 1e-18}}},
      {"an energy",
       "0.124 pJ",
       {{"J", 1.0},
        {"mJ", 1e-3},
        {"uJ", 1e-6},
        {"nJ", 1e-9},
        {"pJ", 1e-12},
        {"fJ", 1e-15},
        {"aJ", 1e-18}}},
      {"a power",
       "5 uW",
       {{"W", 1.0}, {"kW", 1e3}, {"mW", 1e-3}, {"uW", 1e-6}, {"nW", 1e-9}, {"pW", 1e-12}}},
      {"a length", "250 nm", {{"m", 1.0}, {"mm", 1e-3}, {"um", 1e-6}, {"nm", 1e-9}}},
      {"an area", "0.42 um^2", {{"m^2", 1.0}, {"mm^2", 1e-6}, {"um^2", 1e-12}, {"nm^2", 1e-18}}},
      {"a velocity", "500 m/s", {{"m/s", 1.0}}},
      {"a temperature", "300 K", {{"K", 1.0}}},
      {"a field", "-4 mT", {{"T", 1.0}, {"mT", 1e-3}, {"uT", 1e-6}}},
      {"a frequency", "1 GHz", {{"Hz", 1.0}, {"GHz", 1e9}, {"MHz", 1e6}, {"kHz", 1e3}}},
      {"a line current", "25.7 A/m", {{"A/m", 1.0}, {"kA/m", 1e3}, {"mA/m", 1e-3}}},
      {"a field coupling", "300 A/m/T", {{"A/m/T", 1.0}, {"kA/m/T", 1e3}}},
      {"a resistance-area product", "60 ohm um^2", {{"ohm m^2", 1.0}, {"ohm um^2", 1e-12}}},
      {"an energy per area",
       "4 fJ/um^2",
       {{"J/m^2", 1.0}, {"pJ/um^2", 1.0}, {"fJ/um^2", 1e-3}, {"aJ/um^2", 1e-6}}},
      {"a barrier", "88 kT", {{"kT", 1.0}}},
  };
  return kTable;
}

const DimensionInfo& info(Dimension dimension) {
  return dimensions()[static_cast<std::size_t>(dimension)];
}

// Splits "50 ns" into 50 and "ns"; false when there is no number in front.
bool split_number(std::string_view text, double& number, std::string_view& rest) {
  text = trimmed(text);
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || !std::isfinite(number)) return false;
  rest = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
  return true;
}

}  // namespace

std::string describe(Dimension dimension) {
  const auto& row = info(dimension);
  std::string units;
  for (const auto& unit : row.units) {
    if (unit.symbol.empty()) continue;
    units += (units.empty() ? "" : ", ") + std::string(unit.symbol);
  }
  return fmt::format("{} such as {} (units: {})", row.article_name, row.example, units);
}

double parse_quantity(std::string_view text, Dimension dimension) {
  double number = 0.0;
  std::string_view symbol;
  if (split_number(text, number, symbol)) {
    for (const auto& unit : info(dimension).units) {
      const double value = number * unit.scale;
      if (unit.symbol == symbol && std::isfinite(value)) return value;
    }
  }
  throw InputError(fmt::format("'{}' is not {}", text, describe(dimension)));
}

std::optional<AnyQuantity> read_quantity(std::string_view text) {
  double number = 0.0;
  std::string_view symbol;
  if (!split_number(text, number, symbol)) return std::nullopt;
  for (const auto& dimension : dimensions()) {
    for (const auto& unit : dimension.units) {
      const double value = number * unit.scale;
      if (unit.symbol != symbol || !std::isfinite(value)) continue;
      return AnyQuantity{number, std::string(symbol), value,
                         std::string(dimension.units.front().symbol)};
    }
  }
  return std::nullopt;
}

std::string format_quantity(double value, Dimension dimension, int digits) {
  const auto& units = info(dimension).units;
  if (dimension == Dimension::number || value == 0.0 || !std::isfinite(value)) {
    const auto symbol = units.front().symbol;
    return fmt::format("{:.{}g}{}{}", value, digits, symbol.empty() ? "" : " ", symbol);
  }
  // The largest unit that leaves a value of at least one (rounding included), else the smallest. Of
  // areas, whose units are a million apart, at least a hundredth: 0.6877 mm^2.
  const double least = dimension == Dimension::area ? 0.01 : 1.0;
  const double magnitude = std::abs(value) * (1.0 + 0.5 * std::pow(10.0, -digits)) / least;
  const Unit* best = nullptr;
  for (const auto& unit : units) {
    const bool fits = magnitude >= unit.scale;
    if (best == nullptr || (fits && (magnitude < best->scale || unit.scale > best->scale)) ||
        (!fits && magnitude < best->scale && unit.scale < best->scale)) {
      best = &unit;
    }
  }
  return fmt::format("{:.{}g} {}", value / best->scale, digits, best->symbol);
}

}  // namespace dwmtj
