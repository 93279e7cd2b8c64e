// SPDX-License-Identifier: Apache-2.0
#include "inference/activation_functions.h"

#include <algorithm>
#include <cmath>

namespace dwmtj {
namespace {

double elu(double x, double alpha) { return x < 0 ? alpha * std::expm1(x) : x; }

double selu(double x) {
  constexpr double kScale = 1.0507009873554805;  // the constants of Klambauer et al., 2017
  constexpr double kAlpha = 1.6732632423543772;
  return kScale * elu(x, kAlpha);
}

double softplus(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }

// NaN stays what it is.
double sign(double x) { return x > 0 ? 1 : x < 0 ? -1 : x; }

}  // namespace

double activation_of(const Layer& layer, double x, std::int64_t channel) {
  const auto& p = layer.parameters;
  switch (layer.function) {
    case Activation::relu:
      return std::max(x, 0.0);
    case Activation::leaky_relu:
      return x < 0 ? x * of_channel(p, channel) : x;
    case Activation::clip:
      return std::min<double>(std::max<double>(x, p[0]), p[1]);
    case Activation::sign:
      return sign(x);
    case Activation::sigmoid:
      return 1 / (1 + std::exp(-x));
    case Activation::tanh:
      return std::tanh(x);
    case Activation::hard_sigmoid:
      return std::clamp(p[0] * x + p[1], 0.0, 1.0);
    case Activation::hard_swish:
      return x * std::clamp(x / 6 + 0.5, 0.0, 1.0);
    case Activation::elu:
      return elu(x, p[0]);
    case Activation::selu:
      return selu(x);
    case Activation::celu:
      return x < 0 ? p[0] * std::expm1(x / p[0]) : x;
    case Activation::softplus:
      return softplus(x);
    case Activation::softsign:
      return x / (1 + std::abs(x));
    case Activation::erf:
      return std::erf(x);
    case Activation::abs:
      return std::abs(x);
    case Activation::negate:
      return -x;
    case Activation::exponential:
      return std::exp(x);
    case Activation::logarithm:
      return std::log(x);
    case Activation::square_root:
      return std::sqrt(x);
    case Activation::reciprocal:
      return 1 / x;
    case Activation::quantise:
      return p[0] * (std::clamp<double>(std::nearbyint(x / p[0]) + p[1], p[2], p[3]) - p[1]);
  }
  return x;
}

}  // namespace dwmtj
