// SPDX-License-Identifier: Apache-2.0
// A network of fully connected layers, each with batch normalisation, that learns batch by batch:
// sign or ReLU activations between layers, cross-entropy of a softmax behind the last.
#pragma once

#include <functional>

#include "learning/normalisation.h"
#include "learning/standing_images.h"

namespace dwmtj {

// Makes the synapses of the layer `layer` of this shape, whose first weight is `first_instance`.
using MakeSynapses = std::function<std::unique_ptr<Synapses>(std::size_t layer, LayerShape shape,
                                                             std::uint64_t first_instance)>;

class Perceptron {
 public:
  Perceptron(const LearningRule& rule, std::size_t pixels, std::size_t classes, std::uint64_t seed,
             const MakeSynapses& synapses);

  // A step with the images `which` of `data`.
  void learn(const LabelledImages& data, const std::vector<std::uint32_t>& which);
  // How many images are told right, with the running statistics.
  std::size_t count_right(StandingImages& images);

  [[nodiscard]] std::uint32_t steps_made() const { return steps_made_; }
  // Mean cross-entropy of the last step's batch.
  [[nodiscard]] double loss() const { return loss_; }
  [[nodiscard]] std::size_t layers() const { return layers_.size(); }
  [[nodiscard]] const WeightLayer& layer(std::size_t i) const { return layers_[i].weights; }
  [[nodiscard]] const Normalisation& normalisation(std::size_t i) const { return layers_[i].norm; }

  void stand_by();                                // see Synapses
  [[nodiscard]] UpdateAccounts accounts() const;  // of all layers

  void save(std::ostream& stream) const;
  void load(std::istream& stream);

 private:
  struct Stage {
    WeightLayer weights;
    Normalisation norm;
    InputBatch inputs;
    GradientBatch gradients;  // of its sums
    std::vector<std::int32_t> sums;
    std::vector<float> z;      // normalised sums
    std::vector<float> slope;  // dL/dz, then dL/dy
  };

  void begin_weights(std::uint64_t seed);
  void put_images(const LabelledImages& data, const std::uint32_t* which, std::size_t images);
  void activate(const Stage& from, InputBatch& to, std::size_t images) const;
  void learn_forward(std::size_t images);
  void recall_from_sums(std::size_t images);  // of the first layer
  void softmax_slope(const LabelledImages& data, const std::vector<std::uint32_t>& which);
  void input_slope(Stage& stage, Stage& before, std::size_t images, float gradient_unit) const;

  LearningRule rule_;
  std::size_t classes_;
  StepLaw law_;
  float multiplier_unit_;  // value of a multiplier of 1
  std::vector<Stage> layers_;
  std::uint32_t steps_made_ = 0;
  double loss_ = 0.0;
};

}  // namespace dwmtj
