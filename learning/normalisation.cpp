// SPDX-License-Identifier: Apache-2.0
#include "learning/normalisation.h"

#include <algorithm>
#include <cmath>

namespace dwmtj {

Normalisation::Normalisation(std::size_t features, std::size_t stride, float unit)
    : features_(features),
      stride_(stride),
      unit_(unit),
      running_mean_(features, 0.0F),
      running_variance_(features, 1.0F),
      mean_(features),
      inverse_(features),
      sum_(features),
      product_(features) {}

// Images one after the other, features side by side: a fixed order of the sums, and vector code.
void Normalisation::forward(const std::int32_t* sums, std::size_t images, float* z) {
  const auto count = static_cast<float>(images);
  std::fill(mean_.begin(), mean_.end(), 0.0F);
  std::fill(sum_.begin(), sum_.end(), 0.0F);
  for (std::size_t b = 0; b < images; ++b) {
    for (std::size_t f = 0; f < features_; ++f) {
      mean_[f] += static_cast<float>(sums[b * stride_ + f]) * unit_;
    }
  }
  for (std::size_t f = 0; f < features_; ++f) mean_[f] /= count;
  for (std::size_t b = 0; b < images; ++b) {
    for (std::size_t f = 0; f < features_; ++f) {
      const float centred = static_cast<float>(sums[b * stride_ + f]) * unit_ - mean_[f];
      z[b * stride_ + f] = centred;
      sum_[f] += centred * centred;
    }
  }
  for (std::size_t f = 0; f < features_; ++f) {
    const float unbiased = images > 1 ? sum_[f] / (count - 1.0F) : 0.0F;
    running_mean_[f] += kMomentum * (mean_[f] - running_mean_[f]);
    running_variance_[f] += kMomentum * (unbiased - running_variance_[f]);
    inverse_[f] = 1.0F / std::sqrt(sum_[f] / count + kEpsilon);
  }
  for (std::size_t b = 0; b < images; ++b) {
    for (std::size_t f = 0; f < features_; ++f) z[b * stride_ + f] *= inverse_[f];
  }
}

void Normalisation::apply(const std::int32_t* sums, std::size_t images, float* z) const {
  std::vector<float> inverse(features_);
  for (std::size_t f = 0; f < features_; ++f) {
    inverse[f] = 1.0F / std::sqrt(running_variance_[f] + kEpsilon);
  }
  for (std::size_t b = 0; b < images; ++b) {
    for (std::size_t f = 0; f < features_; ++f) {
      const float y = static_cast<float>(sums[b * stride_ + f]) * unit_;
      z[b * stride_ + f] = (y - running_mean_[f]) * inverse[f];
    }
  }
}

void Normalisation::backward(const float* z, std::size_t images, float* gradients) {
  const float share = 1.0F / static_cast<float>(images);
  std::fill(sum_.begin(), sum_.end(), 0.0F);
  std::fill(product_.begin(), product_.end(), 0.0F);
  for (std::size_t b = 0; b < images; ++b) {
    for (std::size_t f = 0; f < features_; ++f) {
      const float g = gradients[b * stride_ + f];
      sum_[f] += g;
      product_[f] += g * z[b * stride_ + f];
    }
  }
  for (std::size_t b = 0; b < images; ++b) {
    for (std::size_t f = 0; f < features_; ++f) {
      float& g = gradients[b * stride_ + f];
      g = inverse_[f] * (g - share * (sum_[f] + z[b * stride_ + f] * product_[f]));
    }
  }
}

}  // namespace dwmtj
