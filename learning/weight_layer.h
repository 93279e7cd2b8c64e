// SPDX-License-Identifier: Apache-2.0
// A layer of weights [input][output], in the forms in which the products of learning take them.
#pragma once

#include <memory>

#include "learning/integer_product.h"
#include "learning/packing.h"
#include "learning/synapses.h"

namespace dwmtj {

struct LayerShape {
  std::size_t inputs = 0;
  std::size_t outputs = 0;

  // With what fills up vectors and blocks; the weights there never move.
  [[nodiscard]] std::size_t rows() const { return filled_up(inputs); }
  [[nodiscard]] std::size_t columns() const { return filled_up(outputs); }
  [[nodiscard]] std::size_t weights() const { return rows() * columns(); }

 private:
  static std::size_t filled_up(std::size_t size) {
    return (size + kProductLanes - 1) / kProductLanes * kProductLanes;
  }
};

class WeightLayer {
 public:
  WeightLayer(LayerShape shape, const LearningRule& rule, std::unique_ptr<Synapses> synapses);

  void begin(const std::vector<std::int8_t>& weights);

  // sums[image][output] of inputs times multipliers.
  void forward(const InputBatch& inputs, std::size_t images, std::int32_t* sums) const;
  // sums[image][input] of output gradients times multipliers.
  void backward(const GradientBatch& gradients, std::size_t images, std::int32_t* sums) const;
  // A step of training; `unit` is the value of a product of 1.
  void learn(const InputBatch& inputs, const GradientBatch& gradients, std::size_t images,
             float unit, const StepLaw& law);

  [[nodiscard]] const LayerShape& shape() const { return shape_; }
  [[nodiscard]] const Synapses& synapses() const { return *synapses_; }
  // What an input is multiplied by: the sign of the weight, or the weight itself.
  [[nodiscard]] int multiplier(std::size_t input, std::size_t output) const {
    return multipliers_[input * shape_.columns() + output];
  }
  [[nodiscard]] const std::vector<std::int8_t>& multipliers() const { return multipliers_; }
  // Multipliers that changed so far: what the network sees of the updates.
  [[nodiscard]] std::uint64_t visible_changes() const { return visible_changes_; }

  void stand_by() { synapses_->stand_by(); }
  void save(std::ostream& stream) const;
  void load(std::istream& stream);

 private:
  void show(std::size_t weight);
  void pack(std::size_t weight);

  LayerShape shape_;
  bool binarised_;
  bool hold_;
  std::unique_ptr<Synapses> synapses_;
  AdamMoments moments_;
  std::vector<std::int8_t> multipliers_;    // [input][output]
  std::vector<std::int32_t> input_words_;   // [input / 4][output], of bytes
  std::vector<std::int32_t> output_words_;  // [output / 2][input]
  std::vector<std::int32_t> column_sums_;   // of multipliers, by output
  std::vector<std::int32_t> gradients_;     // of a strip of rows
  std::uint64_t visible_changes_ = 0;
};

}  // namespace dwmtj
