// SPDX-License-Identifier: Apache-2.0
#include "inference/ranges_file.h"

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "common/file_text.h"
#include "common/index.h"
#include "common/input_error.h"
#include "common/name_text.h"

namespace dwmtj {
namespace {

const nlohmann::json& value_of(const std::filesystem::path& file, const nlohmann::json& json,
                               const char* key) {
  if (!json.is_object() || !json.contains(key)) {
    throw InputError(fmt::format("{}: expected a calibration: missing '{}'", file.string(), key));
  }
  return json[key];
}

double number_of(const std::filesystem::path& file, const nlohmann::json& json, const char* key) {
  const auto& value = value_of(file, json, key);
  if (!value.is_number() || !std::isfinite(value.get<double>())) {
    throw InputError(fmt::format("{}: {}: expected a number", file.string(), key));
  }
  return value.get<double>();
}

LayerRange::Ends ends_of(const std::filesystem::path& file, const std::string& layer,
                         const nlohmann::json& low, const nlohmann::json& high) {
  if (!low.is_number() || !high.is_number()) {
    throw InputError(fmt::format("{}: layer '{}': expected numbers", file.string(), layer));
  }
  const LayerRange::Ends ends{low.get<double>(), high.get<double>()};
  if (!std::isfinite(ends.low) || !std::isfinite(ends.high) || !(ends.high > ends.low)) {
    throw InputError(
        fmt::format("{}: layer '{}': expected ranges from low to high", file.string(), layer));
  }
  return ends;
}

std::vector<LayerRange::Ends> columns_of(const std::filesystem::path& file,
                                         const nlohmann::json& json, const Layer& layer,
                                         std::int64_t rows) {
  const auto name = printable(layer.name);
  const auto& columns = value_of(file, json, "columns");
  const auto splits = (layer.weights.inputs + rows - 1) / rows;
  if (!columns.is_array() || columns.size() != index(splits * layer.weights.outputs)) {
    throw InputError(fmt::format("{}: layer '{}': expected {} ranges of columns", file.string(),
                                 name, splits * layer.weights.outputs));
  }
  std::vector<LayerRange::Ends> ends;
  for (const auto& column : columns) {
    const bool pair = column.is_array() && column.size() == 2;
    ends.push_back(ends_of(file, name, pair ? column[0] : column, pair ? column[1] : column));
  }
  return ends;
}

NamedRange layer_from(const std::filesystem::path& file, const nlohmann::json& json,
                      const Layer& layer, std::int64_t rows) {
  NamedRange result{printable(layer.name), layer.weights.count(), {}};
  const auto ends = [&](const char* low, const char* high) {
    return ends_of(file, result.name, value_of(file, json, low), value_of(file, json, high));
  };
  const auto input = ends("input_low", "input_high");
  const auto sum = ends("sum_low", "sum_high");
  result.range = {input.low, input.high, sum.low, sum.high, columns_of(file, json, layer, rows)};
  return result;
}

std::string text_of(const std::filesystem::path& file) {
  auto text = read_file(file);
  if (!text) throw InputError(fmt::format("{}: cannot be read", file.string()));
  return std::move(*text);
}

// What the calibration was of.
void check_use(const std::filesystem::path& file, const nlohmann::json& json,
               const Network& network, std::int64_t rows, std::optional<int> serial_bits) {
  const auto& digest = value_of(file, json, "weights_digest");
  if (digest != fmt::format("{:016x}", weights_digest(network))) {
    throw InputError(fmt::format("{}: a calibration of another network than '{}'", file.string(),
                                 printable(network.name)));
  }
  if (number_of(file, json, "rows") != static_cast<double>(rows)) {
    throw InputError(fmt::format("{}: a calibration for arrays of {} rows, not of {}",
                                 file.string(), number_of(file, json, "rows"), rows));
  }
  const auto way = [](double bits) {
    return bits > 0 ? fmt::format("{} bits, one after the other", bits) : "one level";
  };
  const double driven = number_of(file, json, "serial_bits");
  if (driven != serial_bits.value_or(0)) {
    throw InputError(fmt::format("{}: a calibration for inputs driven as {}, not as {}",
                                 file.string(), way(driven), way(serial_bits.value_or(0))));
  }
}

}  // namespace

std::string ranges_json(const ActivationRanges& calibration) {
  nlohmann::ordered_json json;
  json["network"] = printable(calibration.network);
  json["weights_digest"] = fmt::format("{:016x}", calibration.weights_digest);
  json["data"] = printable(calibration.data);
  json["images"] = calibration.settings.images;
  json["rows"] = calibration.settings.rows;
  json["serial_bits"] = calibration.settings.serial_bits.value_or(0);
  for (const auto& layer : calibration.layers) {
    auto columns = nlohmann::json::array();
    for (const auto& ends : layer.range.columns) columns.push_back({ends.low, ends.high});
    json["layers"].push_back({{"name", layer.name},
                              {"weights", layer.weights},
                              {"input_low", layer.range.input_low},
                              {"input_high", layer.range.input_high},
                              {"sum_low", layer.range.sum_low},
                              {"sum_high", layer.range.sum_high},
                              {"columns", columns}});
  }
  return json.dump(1) + "\n";
}

ActivationRanges parse_ranges(const std::filesystem::path& file, const std::string& text,
                              const Network& network, std::int64_t rows,
                              std::optional<int> serial_bits) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_discarded()) {
    throw InputError(
        fmt::format("{}: expected a calibration, as --save-calibration writes it", file.string()));
  }
  check_use(file, json, network, rows, serial_bits);
  const auto& layers = value_of(file, json, "layers");
  ActivationRanges result;
  for (const auto& layer : network.layers) {
    if (!layer.has_weights()) continue;
    const auto i = result.layers.size();
    if (!layers.is_array() || i >= layers.size()) {
      throw InputError(fmt::format("{}: expected a range for each layer", file.string()));
    }
    result.layers.push_back(layer_from(file, layers[i], layer, rows));
  }
  return result;
}

ActivationRanges load_ranges(const std::filesystem::path& file, const Network& network,
                             std::int64_t rows, std::optional<int> serial_bits) {
  return parse_ranges(file, text_of(file), network, rows, serial_bits);
}

}  // namespace dwmtj
