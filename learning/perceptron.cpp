// SPDX-License-Identifier: Apache-2.0
#include "learning/perceptron.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "common/binary_stream.h"
#include "common/random_stream.h"
#include "learning/on_unit.h"

namespace dwmtj {
namespace {

constexpr float kPixelUnit = 1.0F / 255.0F;
// A ReLU hands on a byte, as the pixels are: normalised sums up to 8 in steps of 1/32.
constexpr float kReluUnit = 1.0F / 32.0F;
constexpr float kReluMost = 255.0F;
constexpr int kLargestInput = 255;

// The largest size of a gradient that keeps every sum over a batch within 32 bits.
int gradient_limit(std::size_t images) {
  constexpr auto kMost = std::numeric_limits<std::int32_t>::max();
  const auto limit = kMost / (kLargestInput * static_cast<int>(images));
  return std::min<int>(std::numeric_limits<std::int16_t>::max(), limit);
}

float input_unit(std::size_t layer, const LearningRule& rule) {
  if (layer == 0) return kPixelUnit;
  return rule.activation == HiddenActivation::sign ? 1.0F : kReluUnit;
}

// A sign is a byte of 0 or 2.
int input_offset(std::size_t layer, const LearningRule& rule) {
  return layer > 0 && rule.activation == HiddenActivation::sign ? 1 : 0;
}

DWMTJ_INLINE void sign_bytes(const float* z, std::size_t size, std::uint8_t* bytes) {
  for (std::size_t i = 0; i < size; ++i) bytes[i] = z[i] >= 0.0F ? 2 : 0;
}

DWMTJ_INLINE void relu_bytes(const float* z, std::size_t size, std::uint8_t* bytes) {
  for (std::size_t i = 0; i < size; ++i) {
    const float level = std::min(std::max(z[i] / kReluUnit, 0.0F), kReluMost);
    // NOLINTNEXTLINE(bugprone-incorrect-roundings): a level is at least 0
    bytes[i] = static_cast<std::uint8_t>(static_cast<std::int32_t>(level + 0.5F));
  }
}

// What comes through an activation that lets gradients pass between `least` and `most`.
DWMTJ_INLINE void slopes_of_inputs(const std::int32_t* sums, const float* z, std::size_t size,
                                   float unit, float least, float most, float* slope) {
  for (std::size_t i = 0; i < size; ++i) {
    const bool open = z[i] >= least && z[i] <= most;
    slope[i] = open ? static_cast<float>(sums[i]) * unit : 0.0F;
  }
}

}  // namespace

Perceptron::Perceptron(const LearningRule& rule, std::size_t pixels, std::size_t classes,
                       std::uint64_t seed, const MakeSynapses& synapses)
    : rule_(rule),
      classes_(classes),
      law_(rule, seed),
      multiplier_unit_(rule.binarised ? 1.0F : 1.0F / static_cast<float>(rule.grid.largest())) {
  std::vector<std::size_t> sizes = {pixels};
  for (const int size : rule.hidden) sizes.push_back(static_cast<std::size_t>(size));
  sizes.push_back(classes);
  const auto batch = static_cast<std::size_t>(rule.batch);
  std::uint64_t first_instance = 0;
  for (std::size_t i = 0; i + 1 < sizes.size(); ++i) {
    const LayerShape shape{sizes[i], sizes[i + 1]};
    const std::size_t size = batch * shape.columns();
    layers_.push_back(
        Stage{WeightLayer(shape, rule, synapses(i, shape, first_instance)),
              Normalisation(shape.outputs, shape.columns(), input_unit(i, rule) * multiplier_unit_),
              InputBatch(batch, shape.rows(), input_offset(i, rule)),
              GradientBatch(batch, shape.columns()),
              std::vector<std::int32_t>(batch * std::max(shape.rows(), shape.columns())),
              std::vector<float>(size), std::vector<float>(size)});
    first_instance += shape.weights();
  }
  begin_weights(seed);
}

void Perceptron::begin_weights(std::uint64_t seed) {
  const auto& grid = rule_.grid;
  const double shift = grid.zero ? 0.0 : 1.0;
  std::uint64_t instance = 0;
  for (auto& stage : layers_) {
    std::vector<std::int8_t> weights(stage.weights.shape().weights());
    for (auto& weight : weights) {
      const Draw drawn = draw(seed, Stream::initial_weight, instance++, 0);
      const double value = rule_.initial_width * (2.0 * uniform(drawn.words[0]) - 1.0);
      const double u = rule_.rounding == Rounding::nearest ? 0.5 : uniform(drawn.words[1]);
      const double strides = std::floor((value * grid.largest() - shift) / grid.stride() + u);
      weight = static_cast<std::int8_t>(strides * grid.stride() + shift);
    }
    stage.weights.begin(weights);
  }
}

void Perceptron::put_images(const LabelledImages& data, const std::uint32_t* which,
                            std::size_t images) {
  auto& inputs = layers_.front().inputs;
  for (std::size_t b = 0; b < images; ++b) {
    const std::uint8_t* const pixels = data.image(which[b]);
    std::copy(pixels, pixels + data.pixels_an_image(), &inputs.bytes[b * inputs.features]);
  }
  inputs.pack_features(images);
}

void Perceptron::activate(const Stage& from, InputBatch& to, std::size_t images) const {
  const std::size_t size = images * to.features;
  if (rule_.activation == HiddenActivation::sign) {
    on_unit<sign_bytes>(widest_vector_unit(), from.z.data(), size, to.bytes.data());
  } else {
    on_unit<relu_bytes>(widest_vector_unit(), from.z.data(), size, to.bytes.data());
  }
  to.pack_features(images);
}

void Perceptron::learn_forward(std::size_t images) {
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    auto& stage = layers_[i];
    if (i > 0) activate(layers_[i - 1], stage.inputs, images);
    stage.inputs.pack_images(images);
    stage.weights.forward(stage.inputs, images, stage.sums.data());
    stage.norm.forward(stage.sums.data(), images, stage.z.data());
  }
}

void Perceptron::recall_from_sums(std::size_t images) {
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    auto& stage = layers_[i];
    if (i > 0) {
      activate(layers_[i - 1], stage.inputs, images);
      stage.weights.forward(stage.inputs, images, stage.sums.data());
    }
    stage.norm.apply(stage.sums.data(), images, stage.z.data());
  }
}

void Perceptron::softmax_slope(const LabelledImages& data,
                               const std::vector<std::uint32_t>& which) {
  auto& stage = layers_.back();
  const std::size_t stride = stage.weights.shape().columns();
  const double share = 1.0 / static_cast<double>(which.size());
  loss_ = 0.0;
  for (std::size_t b = 0; b < which.size(); ++b) {
    const float* const z = &stage.z[b * stride];
    const float most = *std::max_element(z, z + classes_);
    double sum = 0.0;
    for (std::size_t c = 0; c < classes_; ++c) sum += std::exp(double{z[c]} - double{most});
    const std::size_t label = data.labels[which[b]];
    for (std::size_t c = 0; c < classes_; ++c) {
      const double chance = std::exp(double{z[c]} - double{most}) / sum;
      stage.slope[b * stride + c] = static_cast<float>(share * (chance - (c == label ? 1.0 : 0.0)));
    }
    loss_ -= share * (double{z[label]} - double{most} - std::log(sum));
  }
}

// dL/dz of the layer before; straight through the sign where abs(z) <= 1.
void Perceptron::input_slope(Stage& stage, Stage& before, std::size_t images,
                             float gradient_unit) const {
  stage.weights.backward(stage.gradients, images, stage.sums.data());
  const float unit = gradient_unit * multiplier_unit_;
  const bool sign = rule_.activation == HiddenActivation::sign;
  const float least = sign ? -1.0F : 0.0F;
  const float most = sign ? 1.0F : kReluMost * kReluUnit;
  on_unit<slopes_of_inputs>(widest_vector_unit(), stage.sums.data(), before.z.data(),
                            images * stage.weights.shape().rows(), unit, least, most,
                            before.slope.data());
}

void Perceptron::learn(const LabelledImages& data, const std::vector<std::uint32_t>& which) {
  const std::size_t images = which.size();
  put_images(data, which.data(), images);
  learn_forward(images);
  softmax_slope(data, which);
  law_.begin(steps_made_);
  for (std::size_t i = layers_.size(); i-- > 0;) {
    auto& stage = layers_[i];
    stage.norm.backward(stage.z.data(), images, stage.slope.data());
    const float unit =
        to_whole_numbers(stage.slope, gradient_limit(images), stage.gradients.values);
    stage.gradients.pack(images);
    if (i > 0) input_slope(stage, layers_[i - 1], images, unit);
    stage.weights.learn(stage.inputs, stage.gradients, images, unit * input_unit(i, rule_), law_);
  }
  ++steps_made_;
}

std::size_t Perceptron::count_right(StandingImages& images) {
  const auto batch = static_cast<std::size_t>(rule_.batch);
  const auto& last = layers_.back();
  const std::size_t stride = last.weights.shape().columns();
  images.follow(layers_.front().weights);
  std::size_t right = 0;
  for (std::size_t first = 0; first < images.data().size(); first += batch) {
    const std::size_t size = std::min(batch, images.data().size() - first);
    images.sums(first, size, layers_.front().sums.data());
    recall_from_sums(size);
    for (std::size_t b = 0; b < size; ++b) {
      const float* const z = &last.z[b * stride];
      const auto told = std::max_element(z, z + classes_) - z;
      right += told == images.data().labels[first + b] ? 1 : 0;
    }
  }
  return right;
}

void Perceptron::stand_by() {
  for (auto& stage : layers_) stage.weights.stand_by();
}

UpdateAccounts Perceptron::accounts() const {
  UpdateAccounts sum;
  for (const auto& stage : layers_) sum += stage.weights.synapses().accounts();
  return sum;
}

void Perceptron::save(std::ostream& stream) const {
  write_value(stream, steps_made_);
  for (const auto& stage : layers_) {
    stage.weights.save(stream);
    write_values(stream, stage.norm.running_mean());
    write_values(stream, stage.norm.running_variance());
  }
}

void Perceptron::load(std::istream& stream) {
  read_value(stream, steps_made_);
  for (auto& stage : layers_) {
    stage.weights.load(stream);
    read_values(stream, stage.norm.running_mean());
    read_values(stream, stage.norm.running_variance());
  }
}

}  // namespace dwmtj
