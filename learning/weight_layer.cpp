// SPDX-License-Identifier: Apache-2.0
#include "learning/weight_layer.h"

#include <algorithm>

#include "common/binary_stream.h"

namespace dwmtj {
namespace {

// Rows whose gradients are worked out and used up in one go, while they are in the cache.
constexpr std::size_t kStripRows = 24;

int sign(int value) { return value > 0 ? 1 : value < 0 ? -1 : 0; }

std::int32_t with_byte(std::int32_t word, std::size_t shift, std::int8_t byte) {
  const auto others = static_cast<std::uint32_t>(word) & ~(std::uint32_t{0xff} << shift);
  return static_cast<std::int32_t>(others | std::uint32_t{static_cast<std::uint8_t>(byte)}
                                                << shift);
}

}  // namespace

WeightLayer::WeightLayer(LayerShape shape, const LearningRule& rule,
                         std::unique_ptr<Synapses> synapses)
    : shape_(shape),
      binarised_(rule.binarised),
      hold_(rule.sign_of_zero == SignOfZero::hold),
      synapses_(std::move(synapses)),
      moments_{std::vector<float>(shape.weights()), std::vector<float>(shape.weights())},
      multipliers_(shape.weights()),
      input_words_(shape.weights() / 4),
      output_words_(shape.weights() / 2),
      column_sums_(shape.columns()),
      gradients_(kStripRows * shape.columns()) {}

void WeightLayer::begin(const std::vector<std::int8_t>& weights) {
  synapses_->begin(weights);
  for (std::size_t i = 0; i < shape_.weights(); ++i) show(i);
  visible_changes_ = 0;
}

void WeightLayer::show(std::size_t weight) {
  const int value = synapses_->weights()[weight];
  if (hold_ && value == 0 && multipliers_[weight] != 0) return;
  const int seen = hold_ && value == 0 ? 1 : (binarised_ ? sign(value) : value);
  if (seen == multipliers_[weight]) return;
  multipliers_[weight] = static_cast<std::int8_t>(seen);
  ++visible_changes_;
  pack(weight);
}

void WeightLayer::pack(std::size_t weight) {
  const std::size_t columns = shape_.columns();
  const std::size_t input = weight / columns;
  const std::size_t output = weight % columns;
  const auto at = [&](std::size_t i, std::size_t o) -> std::int16_t {
    return multipliers_[i * columns + o];
  };
  auto& word = input_words_[input / 4 * columns + output];
  const std::size_t shift = input % 4 * 8;
  const std::int32_t before = static_cast<std::int8_t>(word >> shift);
  column_sums_[output] += at(input, output) - before;
  word = with_byte(word, shift, multipliers_[weight]);
  const std::size_t even = output & ~std::size_t{1};
  output_words_[output / 2 * shape_.rows() + input] = packed(at(input, even), at(input, even + 1));
}

void WeightLayer::forward(const InputBatch& inputs, std::size_t images, std::int32_t* sums) const {
  const std::size_t columns = shape_.columns();
  byte_product({inputs.feature_words.data(), images}, {input_words_.data(), columns},
               {images, columns, shape_.rows() / 4}, sums, columns);
  if (inputs.offset == 0) return;
  for (std::size_t b = 0; b < images; ++b) {
    for (std::size_t o = 0; o < columns; ++o) {
      sums[b * columns + o] -= inputs.offset * column_sums_[o];
    }
  }
}

void WeightLayer::backward(const GradientBatch& gradients, std::size_t images,
                           std::int32_t* sums) const {
  integer_product({gradients.feature_words.data(), images}, {output_words_.data(), shape_.rows()},
                  {images, shape_.rows(), shape_.columns() / 2}, sums, shape_.rows());
}

void WeightLayer::learn(const InputBatch& inputs, const GradientBatch& gradients,
                        std::size_t images, float unit, const StepLaw& law) {
  const std::size_t columns = shape_.columns();
  const std::size_t pairs = (images + 1) / 2;
  for (std::size_t row = 0; row < shape_.rows(); row += kStripRows) {
    const std::size_t rows = std::min(kStripRows, shape_.rows() - row);
    integer_product({inputs.image_words.data() + row, shape_.rows()},
                    {gradients.image_words.data(), columns}, {rows, columns, pairs},
                    gradients_.data(), columns);
    const std::size_t first = row * columns;
    synapses_->update(law, {first, rows * columns, gradients_.data(), unit, nullptr,
                            &moments_.mean[first], &moments_.square[first], nullptr});
  }
  for (const auto weight : synapses_->finish()) show(weight);
}

void WeightLayer::save(std::ostream& stream) const {
  synapses_->save(stream);
  write_values(stream, moments_.mean);
  write_values(stream, moments_.square);
  write_values(stream, multipliers_);
  write_value(stream, visible_changes_);
}

void WeightLayer::load(std::istream& stream) {
  synapses_->load(stream);
  read_values(stream, moments_.mean);
  read_values(stream, moments_.square);
  read_values(stream, multipliers_);
  read_value(stream, visible_changes_);
  for (std::size_t i = 0; i < shape_.weights(); ++i) pack(i);
}

}  // namespace dwmtj
