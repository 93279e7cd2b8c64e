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

// Values of a layer, every so many, in order of images: the same on any number of threads.
struct Sample {
  std::vector<std::vector<float>> inputs, sums;  // by chunk
};

std::vector<float> together(const std::vector<std::vector<float>>& parts) {
  std::vector<float> all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  std::sort(all.begin(), all.end());
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

struct Range {
  double low;
  double high;
};

// Symmetric where both signs occur and `two_sided`; from 0 where only one does.
Range best_range(const std::vector<float>& sorted, int bits) {
  if (sorted.empty()) return {0, 1};
  const auto at = [&](double share) {
    return double{sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))]};
  };
  Range best{0, 1};
  double least = HUGE_VAL;
  for (const double left_out : {0.0, 0.0001, 0.001, 0.005, 0.01, 0.02}) {
    const double largest = std::max(std::abs(at(left_out / 2)), std::abs(at(1 - left_out / 2)));
    const Range range{sorted.front() < 0 ? -largest : 0.0, largest};
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
  // The sums of all blocks, one after another.
  [[nodiscard]] std::vector<float> of(const Chunk& chunk, const float* in, std::size_t each,
                                      int images) const {
    std::vector<float> all;
    Workspace workspace;
    std::vector<float> sums(each * index(images));
    for (const auto& block : blocks_) {
      block.run(chunk, in, sums.data(), workspace);
      all.insert(all.end(), sums.begin(),
                 sums.begin() + static_cast<std::ptrdiff_t>(each * index(chunk.count)));
    }
    return all;
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

NamedRange layer_from(const std::filesystem::path& file, const nlohmann::json& json,
                      const Layer& layer) {
  NamedRange result{printable(layer.name), layer.weights.count(), {}};
  result.range = {number_of(file, json, "input_low"), number_of(file, json, "input_high"),
                  number_of(file, json, "sum_low"), number_of(file, json, "sum_high")};
  const auto& range = result.range;
  if (!(range.input_high > range.input_low) || !(range.sum_high > range.sum_low)) {
    throw InputError(fmt::format("{}: layer '{}': expected ranges from low to high", file.string(),
                                 result.name));
  }
  return result;
}

nlohmann::json parsed(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) throw InputError(fmt::format("{}: cannot be read", file.string()));
  auto json = nlohmann::json::parse(stream, nullptr, false);
  if (json.is_discarded()) {
    throw InputError(
        fmt::format("{}: expected a calibration, as --save-calibration writes it", file.string()));
  }
  return json;
}

}  // namespace

ActivationRanges measure_ranges(const Network& network, const ForwardPlan& plan,
                                const ImageSource& source, std::int64_t images, std::int64_t rows,
                                int bits) {
  const int chunk_size = chunk_of(plan);
  const auto chunks = index((images + chunk_size - 1) / chunk_size);
  const auto products = float_products(plan);
  std::vector<std::unique_ptr<BlockSums>> blocks(plan.steps.size());
  std::vector<Sample> samples(plan.steps.size());
  for (std::size_t i = 0; i < products.size(); ++i) {
    if (!products[i]) continue;
    blocks[i] = std::make_unique<BlockSums>(*plan.steps[i].layer, chunk_size, rows);
    samples[i].inputs.resize(chunks);
    samples[i].sums.resize(chunks);
  }
  const Probe<float> probe = [&](std::size_t step, const Chunk& chunk, const float* in,
                                 const float*) {
    const auto& layer = *plan.steps[step].layer;
    const auto at = index(chunk.first / chunk_size);
    const auto inputs = layer.input.elements();
    samples[step].inputs[at] = every(in, index(inputs * chunk.count), stride_for(inputs, images));
    const auto sums = blocks[step]->of(chunk, in, index(layer.output.elements()), chunk_size);
    samples[step].sums[at] =
        every(sums.data(), sums.size(), stride_for(layer.output.elements(), images));
  };
  classify<float>(ForwardPass<float>(plan, products), source, images, {}, probe);

  ActivationRanges result{network.name, digest_of(network), source.data().name, images, rows, {}};
  for (std::size_t i = 0; i < products.size(); ++i) {
    if (!products[i]) continue;
    const auto& layer = *plan.steps[i].layer;
    const auto input = best_range(together(samples[i].inputs), bits);
    const auto sum = best_range(together(samples[i].sums), bits);
    result.layers.push_back(
        {printable(layer.name), layer.weights.count(), {input.low, input.high, sum.low, sum.high}});
  }
  return result;
}

std::string ranges_json(const ActivationRanges& calibration) {
  nlohmann::ordered_json json;
  json["network"] = printable(calibration.network);
  json["weights_digest"] = fmt::format("{:016x}", calibration.weights_digest);
  json["data"] = printable(calibration.data);
  json["images"] = calibration.images;
  json["rows"] = calibration.rows;
  for (const auto& layer : calibration.layers) {
    json["layers"].push_back({{"name", layer.name},
                              {"weights", layer.weights},
                              {"input_low", layer.range.input_low},
                              {"input_high", layer.range.input_high},
                              {"sum_low", layer.range.sum_low},
                              {"sum_high", layer.range.sum_high}});
  }
  return json.dump(1) + "\n";
}

ActivationRanges load_ranges(const std::filesystem::path& file, const Network& network,
                             std::int64_t rows) {
  const auto json = parsed(file);
  const auto& digest = value_of(file, json, "weights_digest");
  if (digest != fmt::format("{:016x}", digest_of(network))) {
    throw InputError(fmt::format("{}: a calibration of another network than '{}'", file.string(),
                                 printable(network.name)));
  }
  if (number_of(file, json, "rows") != static_cast<double>(rows)) {
    throw InputError(fmt::format("{}: a calibration for arrays of {} rows, not of {}",
                                 file.string(), number_of(file, json, "rows"), rows));
  }
  const auto& layers = value_of(file, json, "layers");
  ActivationRanges result;
  for (const auto& layer : network.layers) {
    if (!layer.has_weights()) continue;
    const auto i = result.layers.size();
    if (!layers.is_array() || i >= layers.size()) {
      throw InputError(fmt::format("{}: expected a range for each layer", file.string()));
    }
    result.layers.push_back(layer_from(file, layers[i], layer));
  }
  return result;
}

}  // namespace dwmtj
