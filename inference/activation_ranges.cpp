// SPDX-License-Identifier: Apache-2.0
#include "inference/activation_ranges.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <mutex>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "common/fnv_digest.h"
#include "common/index.h"
#include "common/input_error.h"
#include "common/name_text.h"
#include "inference/classification.h"
#include "inference/float_products.h"
#include "mapping/tiling.h"

namespace dwmtj {
namespace {

constexpr std::size_t kSampled = 1 << 17;  // values of a layer, about

std::uint64_t digest_of(const Network& network) {
  FnvDigest digest;
  for (const auto& layer : network.layers) {
    if (layer.has_weights()) digest.add(*layer.weights.values);
  }
  return digest.value();
}

// Values of a layer, by chunk, so in order of images: the same on any number of threads.
struct Sample {
  std::vector<std::vector<float>> inputs;  // every so many
  std::vector<std::vector<float>> sums;    // of some positions: [position][block][output]
};

std::vector<float> together(const std::vector<std::vector<float>>& parts) {
  std::vector<float> all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

// The mean magnitude of what a converter over [low, high] gets wrong.
double error_of(const std::vector<float>& values, double low, double high, double steps) {
  if (!(high > low)) return HUGE_VAL;
  const double step = (high - low) / steps;
  double sum = 0;
  for (const double value : values) {
    const double inside = std::clamp(value, low, high);
    sum += std::abs(low + step * std::nearbyint((inside - low) / step) - value);
  }
  return sum;
}

// Symmetric where both signs occur, from 0 where only one does.
LayerRange::Ends best_range(std::vector<float> values, int bits) {
  if (values.empty()) return {0, 1};
  std::sort(values.begin(), values.end());
  const auto& sorted = values;
  const auto at = [&](double share) {
    return double{sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))]};
  };
  LayerRange::Ends best{0, 1};
  double least = HUGE_VAL;
  for (const double left_out : {0.0, 0.0001, 0.001, 0.005, 0.01, 0.02}) {
    const double largest = std::max(std::abs(at(left_out / 2)), std::abs(at(1 - left_out / 2)));
    const LayerRange::Ends range{sorted.front() < 0 ? -largest : 0.0, largest};
    const double error = error_of(sorted, range.low, range.high, std::ldexp(1.0, bits) - 1);
    if (error < least) {
      least = error;
      best = range;
    }
  }
  return best;
}

// A layer's products of some of its rows alone: what one column of arrays is read for.
class BlockSums {
 public:
  BlockSums(const Layer& layer, int images, std::int64_t rows) {
    const auto inputs = layer.weights.inputs;
    Layer bare = layer;
    bare.weights.bias.clear();
    for (std::int64_t first = 0; first < inputs; first += rows) {
      auto weights = *layer.weights.values;
      for (std::size_t i = 0; i < weights.size(); ++i) {
        const auto row = static_cast<std::int64_t>(i) % inputs;
        if (row < first || row >= first + rows) weights[i] = 0;
      }
      blocks_.emplace_back(bare, images, weights.data());
    }
  }
  [[nodiscard]] std::size_t blocks() const { return blocks_.size(); }
  // Appends those of every `stride`-th position of the chunk, all blocks and outputs.
  void sample(const Chunk& chunk, const float* in, const Layer& layer, std::size_t stride,
              int images, std::vector<float>& to) const {
    const auto outputs = index(layer.weights.outputs);
    const auto each = index(layer.output.elements());
    Workspace workspace;
    std::vector<std::vector<float>> sums(blocks_.size());
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      sums[b].resize(each * index(images));
      blocks_[b].run(chunk, in, sums[b].data(), workspace);
    }
    for (std::size_t at = 0; at < each * index(chunk.count); at += stride * outputs) {
      for (const auto& block : sums) {
        const auto first = block.begin() + static_cast<std::ptrdiff_t>(at);
        to.insert(to.end(), first, first + static_cast<std::ptrdiff_t>(outputs));
      }
    }
  }

 private:
  std::vector<FloatProduct> blocks_;
};

std::vector<float> every(const float* values, std::size_t count, std::size_t stride) {
  std::vector<float> some;
  for (std::size_t i = 0; i < count; i += stride) some.push_back(values[i]);
  return some;
}

std::size_t stride_for(std::int64_t elements, std::int64_t images) {
  return std::max<std::size_t>(1, index(elements * images) / kSampled) | 1U;  // odd: all channels
}

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

// Looks at what the layers of a network meet.
class Measurement {
 public:
  Measurement(const ForwardPlan& plan, const ImageSource& source,
              const CalibrationSettings& settings)
      : plan_(plan),
        source_(source),
        settings_(settings),
        chunk_(chunk_of(plan)),
        products_(float_products(plan)),
        samples_(plan.steps.size()),
        ranges_(plan.steps.size()) {}

  ActivationRanges ranges(const Network& network);

 private:
  void measure_inputs();
  void measure_sums();
  void add_sums(const BlockSums& sums, std::size_t step, const Chunk& chunk, const float* in);
  void choose_sums(std::size_t step, std::size_t blocks);
  void run(const ValueProbe<float>& probe) const {
    classify<float>(ForwardPass<float>(plan_, products_), source_, settings_.images, {}, probe);
  }
  [[nodiscard]] std::size_t chunks() const {
    return index((settings_.images + chunk_ - 1) / chunk_);
  }

  const ForwardPlan& plan_;
  const ImageSource& source_;
  CalibrationSettings settings_;
  int chunk_;
  ForwardPass<float>::Products products_;
  std::vector<Sample> samples_;
  std::vector<LayerRange> ranges_;
};

void Measurement::measure_inputs() {
  for (auto& sample : samples_) sample.inputs.resize(chunks());
  run([&](std::size_t step, const Chunk& chunk, const float* in, const float*) {
    const auto inputs = plan_.steps[step].layer->input.elements();
    samples_[step].inputs[index(chunk.first / chunk_)] =
        every(in, index(inputs * chunk.count), stride_for(inputs, settings_.images));
  });
  for (std::size_t i = 0; i < products_.size(); ++i) {
    if (!products_[i]) continue;
    const auto input = best_range(together(samples_[i].inputs), settings_.converter_bits);
    ranges_[i].input_low = input.low;
    ranges_[i].input_high = input.high;
  }
}

// Of inputs as they are, or of one bit after the other at full drive.
void Measurement::add_sums(const BlockSums& sums, std::size_t step, const Chunk& chunk,
                           const float* in) {
  const auto& layer = *plan_.steps[step].layer;
  const auto& range = ranges_[step];
  auto& to = samples_[step].sums[index(chunk.first / chunk_)];
  const auto bits = settings_.serial_bits ? range.magnitude_bits(*settings_.serial_bits) : 0;
  const auto stride = stride_for(
      layer.output.elements() * static_cast<std::int64_t>(sums.blocks()) * std::max(bits, 1),
      settings_.images);
  if (!settings_.serial_bits) return sums.sample(chunk, in, layer, stride, chunk_, to);
  const double largest = (1 << bits) - 1;
  const auto count = index(layer.input.elements() * chunk_);
  std::vector<float> driven(count);
  for (int bit = 0; bit < bits; ++bit) {
    for (std::size_t i = 0; i < count; ++i) {
      const double share = std::min(std::abs(in[i]) / range.largest_input(), 1.0);
      const auto code = static_cast<int>(std::nearbyint(share * largest));
      const bool below = in[i] < 0 && !range.has_signed_input();
      const double full = ((code >> bit) & 1) != 0 && !below ? range.largest_input() : 0.0;
      driven[i] = static_cast<float>(std::copysign(full, in[i]));
    }
    sums.sample(chunk, driven.data(), layer, stride, chunk_, to);
  }
}

void Measurement::choose_sums(std::size_t step, std::size_t blocks) {
  const auto all = together(samples_[step].sums);
  samples_[step].sums.clear();
  auto& range = ranges_[step];
  const auto whole = best_range(all, settings_.converter_bits);
  range.sum_low = whole.low;
  range.sum_high = whole.high;
  const auto columns = blocks * index(plan_.steps[step].layer->weights.outputs);
  for (std::size_t column = 0; column < columns; ++column) {
    range.columns.push_back(best_range(every(all.data() + column, all.size() - column, columns),
                                       settings_.converter_bits));
  }
}

void Measurement::measure_sums() {
  std::vector<std::unique_ptr<BlockSums>> blocks(products_.size());
  for (std::size_t i = 0; i < products_.size(); ++i) {
    samples_[i].sums.resize(chunks());
    if (!products_[i]) continue;
    blocks[i] = std::make_unique<BlockSums>(*plan_.steps[i].layer, chunk_, settings_.rows);
  }
  run([&](std::size_t step, const Chunk& chunk, const float* in, const float*) {
    add_sums(*blocks[step], step, chunk, in);
  });
  for (std::size_t i = 0; i < products_.size(); ++i) {
    if (products_[i]) choose_sums(i, blocks[i]->blocks());
  }
}

ActivationRanges Measurement::ranges(const Network& network) {
  measure_inputs();
  measure_sums();
  ActivationRanges result{network.name, digest_of(network), source_.data().name, settings_, {}};
  for (std::size_t i = 0; i < products_.size(); ++i) {
    if (!products_[i]) continue;
    const auto& layer = *plan_.steps[i].layer;
    result.layers.push_back({printable(layer.name), layer.weights.count(), ranges_[i]});
  }
  return result;
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) throw InputError(fmt::format("{}: cannot be read", file.string()));
  return {std::istreambuf_iterator<char>(stream), {}};
}

// What the calibration was of.
void check_use(const std::filesystem::path& file, const nlohmann::json& json,
               const Network& network, std::int64_t rows, std::optional<int> serial_bits) {
  const auto& digest = value_of(file, json, "weights_digest");
  if (digest != fmt::format("{:016x}", digest_of(network))) {
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

ActivationRanges measure_ranges(const Network& network, const ForwardPlan& plan,
                                const ImageSource& source, const CalibrationSettings& settings) {
  return Measurement(plan, source, settings).ranges(network);
}

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
