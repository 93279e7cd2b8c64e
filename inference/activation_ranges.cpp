// SPDX-License-Identifier: Apache-2.0
#include "inference/activation_ranges.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "common/fnv_digest.h"
#include "common/index.h"
#include "common/name_text.h"
#include "inference/block_sums.h"
#include "inference/classification.h"
#include "inference/converter_range.h"
#include "inference/float_products.h"

namespace dwmtj {
namespace {

constexpr std::size_t kSampled = 1 << 17;  // values of a layer, about

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

std::vector<float> every(const float* values, std::size_t count, std::size_t stride) {
  std::vector<float> some;
  for (std::size_t i = 0; i < count; i += stride) some.push_back(values[i]);
  return some;
}

std::size_t stride_for(std::int64_t elements, std::int64_t images) {
  return std::max<std::size_t>(1, index(elements * images) / kSampled) | 1U;  // odd: all channels
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
  if (!settings_.serial_bits) return sums.sample(chunk, in, stride, to);
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
    sums.sample(chunk, driven.data(), stride, to);
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
  ActivationRanges result{
      network.name, weights_digest(network), source_.data().name, settings_, {}};
  for (std::size_t i = 0; i < products_.size(); ++i) {
    if (!products_[i]) continue;
    const auto& layer = *plan_.steps[i].layer;
    result.layers.push_back({printable(layer.name), layer.weights.count(), ranges_[i]});
  }
  return result;
}

}  // namespace

std::uint64_t weights_digest(const Network& network) {
  FnvDigest digest;
  for (const auto& layer : network.layers) {
    if (layer.has_weights()) digest.add(*layer.weights.values);
  }
  return digest.value();
}

ActivationRanges measure_ranges(const Network& network, const ForwardPlan& plan,
                                const ImageSource& source, const CalibrationSettings& settings) {
  return Measurement(plan, source, settings).ranges(network);
}

}  // namespace dwmtj
