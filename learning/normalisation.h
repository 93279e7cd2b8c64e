// SPDX-License-Identifier: Apache-2.0
// Batch normalisation without gain and offset, on sums of whole numbers: y = unit * sum.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace dwmtj {

class Normalisation {
 public:
  // `unit` is the value of a sum of 1; `stride` words lie from one image to the next.
  Normalisation(std::size_t features, std::size_t stride, float unit);

  // With the statistics of the batch, which also move the running ones.
  void forward(const std::int32_t* sums, std::size_t images, float* z);
  // With the running statistics.
  void apply(const std::int32_t* sums, std::size_t images, float* z) const;
  // From dL/dz to dL/dy in place, of the batch of the last forward().
  void backward(const float* z, std::size_t images, float* gradients);

  [[nodiscard]] std::vector<float>& running_mean() { return running_mean_; }
  [[nodiscard]] std::vector<float>& running_variance() { return running_variance_; }
  [[nodiscard]] const std::vector<float>& running_mean() const { return running_mean_; }
  [[nodiscard]] const std::vector<float>& running_variance() const { return running_variance_; }
  [[nodiscard]] float unit() const { return unit_; }

  static constexpr float kEpsilon = 1e-5F;  // as PyTorch
  static constexpr float kMomentum = 0.1F;

 private:
  std::size_t features_;
  std::size_t stride_;
  float unit_;
  std::vector<float> running_mean_;
  std::vector<float> running_variance_;
  std::vector<float> mean_, inverse_;  // of the batch
  std::vector<float> sum_, product_;   // of a backward pass
};

}  // namespace dwmtj
