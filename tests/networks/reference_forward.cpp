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

// Calls visit(value, place in the kernel) for all inside of one channel's window.
template <typename Visit>
void visit_window(const Layer& layer, const double* channel, std::int64_t z, std::int64_t y,
                  std::int64_t x, Visit visit) {
  const auto& w = layer.window;
  const auto& in = layer.input;
  std::int64_t place = 0;
  for (std::int64_t h = 0; h < w.kernel.depth; ++h) {
    for (std::int64_t i = 0; i < w.kernel.height; ++i) {
      for (std::int64_t j = 0; j < w.kernel.width; ++j, ++place) {
        const auto plane = z * w.stride.depth + h * w.dilation.depth - w.pad_before.depth;
        const auto row = y * w.stride.height + i * w.dilation.height - w.pad_before.height;
        const auto column = x * w.stride.width + j * w.dilation.width - w.pad_before.width;
        const bool inside = plane >= 0 && plane < in.depth && row >= 0 && row < in.height &&
                            column >= 0 && column < in.width;
        if (inside) visit(channel[(plane * in.height + row) * in.width + column], place);
      }
    }
  }
}

// output(channel, z, y, x) for all of the layer's output.
template <typename Output>
Values each_output(const Layer& layer, Output output) {
  Values result;
  for (std::int64_t c = 0; c < layer.output.channels; ++c) {
    for (std::int64_t z = 0; z < layer.output.depth; ++z) {
      for (std::int64_t y = 0; y < layer.output.height; ++y) {
        for (std::int64_t x = 0; x < layer.output.width; ++x) result.push_back(output(c, z, y, x));
      }
    }
  }
  return result;
}

// Where channel c of position p lies.
std::size_t place(std::int64_t channels, std::int64_t stride, std::int64_t c, std::int64_t p) {
  return static_cast<std::size_t>(p / stride * stride * channels + c * stride + p % stride);
}

double bias(const Layer& layer, std::int64_t output) {
  return layer.weights.bias.empty() ? 0.0 : at(layer.weights.bias, output);
}

Values convolution(const Layer& layer, const Values& input) {
  const auto rows = layer.weights.outputs / layer.groups;
  const auto channels = layer.input.channels / layer.groups;
  const auto& kernel = layer.window.kernel;
  const auto size = kernel.depth * kernel.height * kernel.width;
  return each_output(layer, [&](auto output, auto z, auto y, auto x) {
    double sum = bias(layer, output);
    for (std::int64_t c = 0; c < channels; ++c) {
      const auto channel = output / rows * channels + c;
      const auto* const weights = layer.weights.row(output) + c * size;
      visit_window(layer, input.data() + channel * layer.input.positions(), z, y, x,
                   [&](double value, auto at) { sum += value * weights[at]; });
    }
    return sum;
  });
}

Values dense(const Layer& layer, const Values& input) {
  Values result(static_cast<std::size_t>(layer.output.elements()));
  for (std::int64_t p = 0; p < layer.windows(); ++p) {
    for (std::int64_t output = 0; output < layer.weights.outputs; ++output) {
      double sum = bias(layer, output);
      for (std::int64_t i = 0; i < layer.weights.inputs; ++i) {
        sum += input[place(layer.weights.inputs, layer.input_stride, i, p)] *
               layer.weights.row(output)[i];
      }
      result[place(layer.weights.outputs, layer.output_stride, output, p)] = sum;
    }
  }
  return result;
}

Values pool(const Layer& layer, const Values& input, bool maximum) {
  const auto& kernel = layer.window.kernel;
  const auto area = static_cast<double>(kernel.depth * kernel.height * kernel.width);
  return each_output(layer, [&](auto c, auto z, auto y, auto x) {
    double largest = -std::numeric_limits<double>::infinity();
    double sum = 0;
    visit_window(layer, input.data() + c * layer.input.positions(), z, y, x,
                 [&](double value, auto) {
                   largest = std::max(largest, value);
                   sum += value;
                 });
    return maximum ? largest : sum / area;
  });
}

Values mean(const Layer& layer, const Values& input) {
  const auto [size, stride] = layer.axis;
  Values result;
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(input.size()) / size; ++i) {
    double sum = 0;
    for (std::int64_t k = 0; k < size; ++k) {
      sum += input[i / stride * stride * size + k * stride + i % stride];
    }
    result.push_back(sum / static_cast<double>(size));
  }
  return result;
}

Values product(const Layer& layer, const Values& a, const Values& b) {
  const auto& p = layer.product;
  Values result;
  for (std::int64_t n = 0; n < p.batch; ++n) {
    const auto* const first = a.data() + (p.first_once ? 0 : n * p.rows * p.inner);
    const auto* const second = b.data() + (p.second_once ? 0 : n * p.inner * p.columns);
    for (std::int64_t i = 0; i < p.rows; ++i) {
      for (std::int64_t j = 0; j < p.columns; ++j) {
        double sum = 0;
        for (std::int64_t k = 0; k < p.inner; ++k) {
          sum += first[i * p.inner + k] * second[k * p.columns + j];
        }
        result.push_back(sum);
      }
    }
  }
  return result;
}

// Of a rearrangement the one source, of a resampling the sum of all.
Values moved(const Layer& layer, const Values& input) {
  if (layer.sources.empty()) return input;
  Values result(static_cast<std::size_t>(layer.output.elements()), 0.0);
  for (std::size_t tap = 0; tap < layer.sources.size(); ++tap) {
    for (std::size_t i = 0; i < result.size(); ++i) {
      const auto source = layer.sources[tap]->at(i);
      const double padding = layer.parameters.empty() ? 0.0 : layer.parameters[0];
      const double value = source == kPadding ? padding : input.at(source);
      result[i] += layer.shares.empty() ? value : value * layer.shares[tap]->at(i);
    }
  }
  return result;
}

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

// As the ONNX operators are defined.
class Cell {
 public:
  explicit Cell(const Layer& layer)
      : layer_(layer),
        hidden_(layer.output.channels),
        inputs_(layer.weights.inputs - hidden_),
        state_(hidden_, 0.0),
        cell_(hidden_, 0.0) {}

  const Values& step(const double* x) {
    if (layer_.recurrence.cell == RecurrentCell::gru) return gru_step(x);
    const auto before = state_;
    for (std::int64_t h = 0; h < hidden_; ++h) {
      const auto gate = [&](int g) { return of_input(g, h, x) + of_state(g, h, before); };
      if (layer_.recurrence.cell == RecurrentCell::lstm) {  // input, output, forget, cell
        cell_[h] = logistic(gate(2)) * cell_[h] + logistic(gate(0)) * std::tanh(gate(3));
        state_[h] = logistic(gate(1)) * std::tanh(cell_[h]);
      } else {
        state_[h] = std::tanh(gate(0));
      }
    }
    return state_;
  }

 private:
  // Update, reset, hidden; the reset gate is before or behind the weights of the state.
  const Values& gru_step(const double* x) {
    const auto before = state_;
    const auto gate = [&](int g, std::int64_t h) {
      return logistic(of_input(g, h, x) + of_state(g, h, before));
    };
    auto reset = before;
    for (std::int64_t h = 0; h < hidden_; ++h) reset[h] *= gate(1, h);
    for (std::int64_t h = 0; h < hidden_; ++h) {
      const double of_hidden = layer_.recurrence.linear_before_reset
                                   ? gate(1, h) * of_state(2, h, before)
                                   : of_state(2, h, reset);
      const double update = gate(0, h);
      state_[h] = (1 - update) * std::tanh(of_input(2, h, x) + of_hidden) + update * before[h];
    }
    return state_;
  }
  double of_input(int gate, std::int64_t h, const double* x) const {
    return weighted(gate * hidden_ + h, x, 0, inputs_);
  }
  double of_state(int gate, std::int64_t h, const Values& state) const {
    return weighted(gate * hidden_ + h, state.data(), inputs_, hidden_) +
           at_or_zero(layer_.recurrence.state_bias, gate * hidden_ + h);
  }
  static double at_or_zero(const std::vector<float>& values, std::int64_t i) {
    return values.empty() ? 0.0 : values[i];
  }
  double weighted(std::int64_t row, const double* values, std::int64_t first,
                  std::int64_t count) const {
    double sum = first == 0 ? at_or_zero(layer_.weights.bias, row) : 0.0;
    for (std::int64_t i = 0; i < count; ++i) sum += values[i] * layer_.weights.row(row)[first + i];
    return sum;
  }
  const Layer& layer_;
  std::int64_t hidden_;
  std::int64_t inputs_;
  Values state_;
  Values cell_;
};

Values recurrent(const Layer& layer, const Values& input) {
  Cell cell(layer);
  const auto steps = layer.output.positions();
  Values result(static_cast<std::size_t>(layer.output.elements()));
  for (std::int64_t i = 0; i < steps; ++i) {
    const auto t = layer.recurrence.reverse ? steps - 1 - i : i;
    const auto& state = cell.step(input.data() + t * layer.input.channels);
    std::copy(state.begin(), state.end(), result.begin() + t * layer.output.channels);
  }
  return result;
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
    case Activation::erf:
      return std::erf(x);
    case Activation::square_root:
      return std::sqrt(x);
    case Activation::reciprocal:
      return 1 / x;
    case Activation::quantise:
      return p[0] * (std::clamp<double>(std::nearbyint(x / p[0]) + p[1], p[2], p[3]) - p[1]);
    case Activation::elu:
      return x < 0 ? p[0] * std::expm1(x) : x;
    default:
      throw std::logic_error("a function that is not in the reference");
  }
}

Values softmax(const Layer& layer, const Values& values) {
  const auto [size, stride] = layer.axis;
  Values sums(values.size(), 0.0);  // at the first of each sum
  const auto first = [&, size = size, stride = stride](std::size_t i) {
    const auto at = static_cast<std::int64_t>(i);
    return at / (size * stride) * (size * stride) + at % stride;
  };
  for (std::size_t i = 0; i < values.size(); ++i) sums[first(i)] += std::exp(values[i]);
  Values result;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double logarithm = values[i] - std::log(sums[first(i)]);
    result.push_back(layer.logarithm ? logarithm : std::exp(logarithm));
  }
  return result;
}

Values joined(const Layer& layer, const std::vector<Values>& values) {
  Values all;
  const auto outer = layer.output.elements() / (layer.axis.size * layer.axis.stride);
  for (std::int64_t block = 0; block < outer; ++block) {
    for (const auto i : layer.inputs) {
      const auto size = static_cast<std::int64_t>(values[i].size()) / outer;
      const auto begin = values[i].begin() + block * size;
      all.insert(all.end(), begin, begin + size);
    }
  }
  return all;
}

double combined(LayerKind kind, double a, double b) {
  return kind == LayerKind::add ? a + b : kind == LayerKind::subtract ? a - b : a * b;
}

// Where an operand is broadcast, its sources say from where.
Values elementwise(const Layer& layer, const Values& a, const Values& b) {
  Values result;
  for (std::int64_t i = 0; i < layer.output.elements(); ++i) {
    const auto of = [&](const Values& values, std::size_t operand) {
      const bool in_order = operand >= layer.sources.size() || !layer.sources[operand];
      return values.at(in_order ? i : layer.sources[operand]->at(i));
    };
    result.push_back(combined(layer.kind, of(a, 0), of(b, 1)));
  }
  return result;
}

// A scale or a function of each, by the channel where it is.
Values each_element(const Layer& layer, Values values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto channel = static_cast<std::int64_t>(i) / layer.input_stride % layer.input.channels;
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
      return softmax(layer, input(0));
    case LayerKind::max_pool:
    case LayerKind::average_pool:
      return pool(layer, input(0), layer.kind == LayerKind::max_pool);
    case LayerKind::add:
    case LayerKind::subtract:
    case LayerKind::multiply:
      return elementwise(layer, input(0), input(1));
    case LayerKind::mean:
      return mean(layer, input(0));
    case LayerKind::product:
      return product(layer, input(0), input(1));
    case LayerKind::recurrent:
      return recurrent(layer, input(0));
    case LayerKind::resample:
    case LayerKind::rearrange:
      return moved(layer, input(0));
    case LayerKind::constant:
      return {layer.parameters.begin(), layer.parameters.end()};
    case LayerKind::concat:
      return joined(layer, values);
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
