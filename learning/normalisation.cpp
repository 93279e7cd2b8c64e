// SPDX-License-Identifier: Apache-2.0
#include "learning/normalisation.h"

#include <algorithm>
#include <cmath>

#include "learning/on_unit.h"

namespace dwmtj {
namespace {

// A matrix [image][feature] of a batch.
struct Extent {
  std::size_t images;
  std::size_t features;
  std::size_t stride;
};

// Images one after the other, features side by side: a fixed order of the sums, and vector code.
DWMTJ_INLINE void add_up(Extent of, const std::int32_t* sums, float unit, float* total) {
  for (std::size_t b = 0; b < of.images; ++b) {
    const std::int32_t* const row = sums + b * of.stride;
    for (std::size_t f = 0; f < of.features; ++f) total[f] += static_cast<float>(row[f]) * unit;
  }
}

DWMTJ_INLINE void centre(Extent of, const std::int32_t* sums, float unit, const float* mean,
                         float* z, float* squares) {
  for (std::size_t b = 0; b < of.images; ++b) {
    const std::int32_t* const row = sums + b * of.stride;
    float* const to = z + b * of.stride;
    for (std::size_t f = 0; f < of.features; ++f) {
      const float centred = static_cast<float>(row[f]) * unit - mean[f];
      to[f] = centred;
      squares[f] += centred * centred;
    }
  }
}

DWMTJ_INLINE void scale(Extent of, const float* factor, float* z) {
  for (std::size_t b = 0; b < of.images; ++b) {
    for (std::size_t f = 0; f < of.features; ++f) z[b * of.stride + f] *= factor[f];
  }
}

DWMTJ_INLINE void normalise(Extent of, const std::int32_t* sums, float unit, const float* mean,
                            const float* inverse, float* z) {
  for (std::size_t b = 0; b < of.images; ++b) {
    const std::int32_t* const row = sums + b * of.stride;
    for (std::size_t f = 0; f < of.features; ++f) {
      z[b * of.stride + f] = (static_cast<float>(row[f]) * unit - mean[f]) * inverse[f];
    }
  }
}

DWMTJ_INLINE void add_up_slopes(Extent of, const float* gradients, const float* z, float* sum,
                                float* product) {
  for (std::size_t b = 0; b < of.images; ++b) {
    for (std::size_t f = 0; f < of.features; ++f) {
      const float g = gradients[b * of.stride + f];
      sum[f] += g;
      product[f] += g * z[b * of.stride + f];
    }
  }
}

DWMTJ_INLINE void slopes_of_sums(Extent of, const float* z, const float* sum, const float* product,
                                 const float* inverse, float* gradients) {
  const float share = 1.0F / static_cast<float>(of.images);
  for (std::size_t b = 0; b < of.images; ++b) {
    for (std::size_t f = 0; f < of.features; ++f) {
      float& g = gradients[b * of.stride + f];
      g = inverse[f] * (g - share * (sum[f] + z[b * of.stride + f] * product[f]));
    }
  }
}

}  // namespace

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

void Normalisation::forward(const std::int32_t* sums, std::size_t images, float* z) {
  const auto unit = widest_vector_unit();
  const Extent extent{images, features_, stride_};
  const auto count = static_cast<float>(images);
  std::fill(mean_.begin(), mean_.end(), 0.0F);
  std::fill(sum_.begin(), sum_.end(), 0.0F);
  on_unit<add_up>(unit, extent, sums, unit_, mean_.data());
  for (float& mean : mean_) mean /= count;
  on_unit<centre>(unit, extent, sums, unit_, mean_.data(), z, sum_.data());
  for (std::size_t f = 0; f < features_; ++f) {
    const float unbiased = images > 1 ? sum_[f] / (count - 1.0F) : 0.0F;
    running_mean_[f] += kMomentum * (mean_[f] - running_mean_[f]);
    running_variance_[f] += kMomentum * (unbiased - running_variance_[f]);
    inverse_[f] = 1.0F / std::sqrt(sum_[f] / count + kEpsilon);
  }
  on_unit<scale>(unit, extent, inverse_.data(), z);
}

void Normalisation::apply(const std::int32_t* sums, std::size_t images, float* z) const {
  std::vector<float> inverse(features_);
  for (std::size_t f = 0; f < features_; ++f) {
    inverse[f] = 1.0F / std::sqrt(running_variance_[f] + kEpsilon);
  }
  on_unit<normalise>(widest_vector_unit(), Extent{images, features_, stride_}, sums, unit_,
                     running_mean_.data(), inverse.data(), z);
}

void Normalisation::backward(const float* z, std::size_t images, float* gradients) {
  const auto unit = widest_vector_unit();
  const Extent extent{images, features_, stride_};
  std::fill(sum_.begin(), sum_.end(), 0.0F);
  std::fill(product_.begin(), product_.end(), 0.0F);
  on_unit<add_up_slopes>(unit, extent, gradients, z, sum_.data(), product_.data());
  on_unit<slopes_of_sums>(unit, extent, z, sum_.data(), product_.data(), inverse_.data(),
                          gradients);
}

}  // namespace dwmtj
