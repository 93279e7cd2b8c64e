// SPDX-License-Identifier: Apache-2.0
#include "tests/networks/reference_forward.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace dwmtj {
namespace {

using Values = std::vector<double>;

double at(const std::vector<float>& values, std::int64_t i) {
  return values[values.size() == 1 ? 0 : static_cast<std::size_t>(i)];
}

// Calls visit(value, row, column of the kernel) for all inside of one channel's window.
template <typename Visit>
void visit_window(const Layer& layer, const double* channel, std::int64_t y, std::int64_t x,
                  Visit visit) {
  const auto& w = layer.window;
  for (std::int64_t i = 0; i < w.kernel.height; ++i) {
    for (std::int64_t j = 0; j < w.kernel.width; ++j) {
      const auto row = y * w.stride.height + i * w.dilation.height - w.pad_before.height;
      const auto column = x * w.stride.width + j * w.dilation.width - w.pad_before.width;
      if (row < 0 || row >= layer.input.height || column < 0 || column >= layer.input.width) {
        continue;
      }
      visit(channel[row * layer.input.width + column], i, j);
    }
  }
}

// output(channel, y, x) for all of the layer's output.
template <typename Output>
Values each_output(const Layer& layer, Output output) {
  Values result;
  for (std::int64_t c = 0; c < layer.output.channels; ++c) {
    for (std::int64_t y = 0; y < layer.output.height; ++y) {
      for (std::int64_t x = 0; x < layer.output.width; ++x) result.push_back(output(c, y, x));
    }
  }
  return result;
}

double bias(const Layer& layer, std::int64_t output) {
  return layer.weights.bias.empty() ? 0.0 : at(layer.weights.bias, output);
}

Values convolution(const Layer& layer, const Values& input) {
  const auto rows = layer.weights.outputs / layer.groups;
  const auto channels = layer.input.channels / layer.groups;
  const auto& kernel = layer.window.kernel;
  return each_output(layer, [&](auto output, auto y, auto x) {
    double sum = bias(layer, output);
    for (std::int64_t c = 0; c < channels; ++c) {
      const auto channel = output / rows * channels + c;
      const auto* const weights = layer.weights.row(output) + c * kernel.height * kernel.width;
      visit_window(
          layer, input.data() + channel * layer.input.positions(), y, x,
          [&](double value, auto i, auto j) { sum += value * weights[i * kernel.width + j]; });
    }
    return sum;
  });
}

// The rows of the input one after another, as ONNX has them.
Values dense(const Layer& layer, const Values& input) {
  Values result;
  for (std::int64_t row = 0; row < layer.windows(); ++row) {
    for (std::int64_t output = 0; output < layer.weights.outputs; ++output) {
      double sum = bias(layer, output);
      for (std::int64_t i = 0; i < layer.weights.inputs; ++i) {
        sum += input[row * layer.weights.inputs + i] * layer.weights.row(output)[i];
      }
      result.push_back(sum);
    }
  }
  return result;
}

Values pool(const Layer& layer, const Values& input, bool maximum) {
  const auto area = static_cast<double>(layer.window.kernel.height * layer.window.kernel.width);
  return each_output(layer, [&](auto c, auto y, auto x) {
    double largest = -std::numeric_limits<double>::infinity();
    double sum = 0;
    visit_window(layer, input.data() + c * layer.input.positions(), y, x,
                 [&](double value, auto, auto) {
                   largest = std::max(largest, value);
                   sum += value;
                 });
    return maximum ? largest : sum / area;
  });
}

double activation(const Layer& layer, double x, std::int64_t channel) {
  const auto& p = layer.parameters;
  switch (layer.function) {
    case Activation::relu:
      return std::max(0.0, x);
    case Activation::leaky_relu:
      return x < 0 ? x * at(p, channel) : x;
    case Activation::clip:
      return std::clamp<double>(x, p[0], p[1]);
    case Activation::sign:
      return x > 0 ? 1 : x < 0 ? -1 : 0;
    case Activation::sigmoid:
      return 1 / (1 + std::exp(-x));
    case Activation::tanh:
      return std::tanh(x);
    case Activation::hard_sigmoid:
      return std::clamp(p[0] * x + p[1], 0.0, 1.0);
    case Activation::hard_swish:
      return x * std::clamp(x / 6 + 0.5, 0.0, 1.0);
    case Activation::elu:
      return x < 0 ? p[0] * std::expm1(x) : x;
    default:
      throw std::logic_error("a function that is not in the reference");
  }
}

Values log_softmax(Values values) {
  double sum = 0;
  for (const double value : values) sum += std::exp(value);
  for (double& value : values) value -= std::log(sum);
  return values;
}

double combined(LayerKind kind, double a, double b) {
  return kind == LayerKind::add ? a + b : kind == LayerKind::subtract ? a - b : a * b;
}

// Where an operand has one value a channel, that one.
Values elementwise(const Layer& layer, const Values& a, const Values& b) {
  Values result;
  const auto size = layer.output.elements();
  const auto channels = layer.output.channels;
  for (std::int64_t i = 0; i < size; ++i) {
    const auto place = [&](const Values& values) {
      const bool whole = static_cast<std::int64_t>(values.size()) == size;
      return values[whole ? i : i / (size / channels)];
    };
    result.push_back(combined(layer.kind, place(a), place(b)));
  }
  return result;
}

Values each_element(const Layer& layer, Values values) {
  const auto per_channel = static_cast<std::int64_t>(values.size()) / layer.input.channels;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto channel = static_cast<std::int64_t>(i) / per_channel;
    values[i] = layer.kind == LayerKind::scale
                    ? values[i] * at(layer.factor, channel) + at(layer.offset, channel)
                    : activation(layer, values[i], channel);
  }
  return values;
}

Values output_of(const Layer& layer, const std::vector<Values>& values) {
  const auto input = [&](std::size_t i) -> const Values& { return values[layer.inputs[i]]; };
  switch (layer.kind) {
    case LayerKind::convolution:
      return convolution(layer, input(0));
    case LayerKind::dense:
      return dense(layer, input(0));
    case LayerKind::scale:
    case LayerKind::activation:
      return each_element(layer, input(0));
    case LayerKind::softmax:
      return log_softmax(input(0));
    case LayerKind::max_pool:
    case LayerKind::average_pool:
      return pool(layer, input(0), layer.kind == LayerKind::max_pool);
    case LayerKind::add:
    case LayerKind::subtract:
    case LayerKind::multiply:
      return elementwise(layer, input(0), input(1));
    case LayerKind::concat: {
      Values all;
      for (const auto i : layer.inputs) all.insert(all.end(), values[i].begin(), values[i].end());
      return all;
    }
    default:
      throw std::logic_error(std::string("no reference for ") + name_of(layer.kind));
  }
}

}  // namespace

Values reference_forward(const Network& network, const Values& input) {
  std::vector<Values> values;
  for (const auto& layer : network.layers) {
    values.push_back(layer.kind == LayerKind::input ? input : output_of(layer, values));
  }
  return values[network.outputs.front()];
}

}  // namespace dwmtj
