// SPDX-License-Identifier: Apache-2.0
#include "inference/digital_layers.h"

#include <algorithm>
#include <cmath>

#include "common/index.h"
#include "inference/activation_functions.h"

namespace dwmtj {
namespace {

template <typename Number>
using Operands = std::vector<const Number*>;

template <typename Number>
void activate(const Step& step, const Number* in, Number* out) {
  const auto& layer = *step.layer;
  if (layer.function == Activation::relu) {
    for (std::int64_t i = 0; i < step.elements; ++i) out[i] = in[i] < Number{} ? Number{} : in[i];
    return;
  }
  using A = Arithmetic<Number>;
  for (std::int64_t i = 0; i < step.elements; ++i) {
    out[i] = A::from(activation_of(layer, A::to(in[i]), i % step.layout.channels));
  }
}

template <typename Number>
void scale(const Step& step, const Number* in, Number* out) {
  using A = Arithmetic<Number>;
  const auto& layer = *step.layer;
  for (std::int64_t i = 0; i < step.elements; ++i) {
    const auto channel = i % step.layout.channels;
    out[i] = A::from(A::to(in[i]) * of_channel(layer.factor, channel) +
                     of_channel(layer.offset, channel));
  }
}

template <typename Number>
void rearrange(const Step& step, const Number* in, Number* out) {
  const auto& places = step.places.at(0);
  const bool pads = step.layer != nullptr && !step.layer->parameters.empty();
  const auto constant = Arithmetic<Number>::from(pads ? step.layer->parameters[0] : 0.0);
  for (std::size_t i = 0; i < places.size(); ++i) {
    out[i] = places[i] == kPadding ? constant : in[places[i]];
  }
}

template <typename Number>
void concatenate(const Step& step, const Operands<Number>& in, Number* out) {
  for (std::size_t k = 0; k < in.size(); ++k) {
    const auto& places = step.places[k];
    for (std::size_t i = 0; i < places.size(); ++i) out[places[i]] = in[k][i];
  }
}

template <typename Number, typename Combine>
void combine(const Step& step, const Operands<Number>& in, Number* out, Combine combine) {
  const auto operand = [&](std::size_t k, std::int64_t i) {
    return step.places[k].empty() ? in[k][i] : in[k][step.places[k][index(i)]];
  };
  if (step.places[0].empty() && step.places[1].empty()) {
    for (std::int64_t i = 0; i < step.elements; ++i) out[i] = combine(in[0][i], in[1][i]);
    return;
  }
  for (std::int64_t i = 0; i < step.elements; ++i) out[i] = combine(operand(0, i), operand(1, i));
}

// Calls visit(place of the position in the image) for what lies inside.
template <typename Visit>
void visit_window(const Layer& layer, std::int64_t y, std::int64_t x, const Visit& visit) {
  const auto& w = layer.window;
  for (std::int64_t i = 0; i < w.kernel.height; ++i) {
    const auto row = y * w.stride.height + i * w.dilation.height - w.pad_before.height;
    if (row < 0 || row >= layer.input.height) continue;
    for (std::int64_t j = 0; j < w.kernel.width; ++j) {
      const auto column = x * w.stride.width + j * w.dilation.width - w.pad_before.width;
      if (column >= 0 && column < layer.input.width) visit(row * layer.input.width + column);
    }
  }
}

// Calls pool(out, y, x) with the channels of each position.
template <typename Number, typename Pool>
void each_position(const Layer& layer, Number* out, const Pool& pool) {
  for (std::int64_t y = 0; y < layer.output.height; ++y) {
    for (std::int64_t x = 0; x < layer.output.width; ++x, out += layer.output.channels) {
      pool(out, y, x);
    }
  }
}

template <typename Number>
void max_pool(const Layer& layer, const Number* in, Number* out) {
  const auto channels = layer.output.channels;
  each_position(layer, out, [&](Number* largest, auto y, auto x) {
    bool first = true;
    visit_window(layer, y, x, [&](auto position) {
      const auto* const values = in + position * channels;
      for (std::int64_t c = 0; c < channels; ++c) {
        if (first || largest[c] < values[c]) largest[c] = values[c];
      }
      first = false;
    });
  });
}

// Terms along an axis of a window at `start`: inside the image, or inside its padding too.
std::int64_t terms(std::int64_t start, std::int64_t kernel, std::int64_t dilation,
                   std::int64_t first, std::int64_t end) {
  std::int64_t count = 0;
  for (std::int64_t i = 0; i < kernel; ++i) {
    const auto place = start + i * dilation;
    if (place >= first && place < end) ++count;
  }
  return count;
}

std::int64_t terms_of_mean(const Layer& layer, std::int64_t y, std::int64_t x) {
  const auto& w = layer.window;
  const bool all = layer.counts_padding;
  return terms(y * w.stride.height - w.pad_before.height, w.kernel.height, w.dilation.height,
               all ? -w.pad_before.height : 0,
               layer.input.height + (all ? w.pad_after.height : 0)) *
         terms(x * w.stride.width - w.pad_before.width, w.kernel.width, w.dilation.width,
               all ? -w.pad_before.width : 0, layer.input.width + (all ? w.pad_after.width : 0));
}

template <typename Number>
void average_pool(const Layer& layer, const Number* in, Number* out) {
  const auto channels = layer.output.channels;
  std::vector<typename Arithmetic<Number>::Mean> means;
  each_position(layer, out, [&](Number* mean, auto y, auto x) {
    means.assign(index(channels), {});
    visit_window(layer, y, x, [&](auto position) {
      const auto* const values = in + position * channels;
      for (std::int64_t c = 0; c < channels; ++c) means[index(c)].add(values[c]);
    });
    const auto count = std::max<std::int64_t>(1, terms_of_mean(layer, y, x));
    for (std::int64_t c = 0; c < channels; ++c) mean[c] = means[index(c)].of(count);
  });
}

template <typename Number>
void softmax(const Step& step, const Number* in, Number* out) {
  using A = Arithmetic<Number>;
  const auto size = step.layer->axis.size;
  const auto& places = step.places.at(0);
  for (std::size_t first = 0; first < places.size(); first += index(size)) {
    double largest = A::to(in[places[first]]);
    for (std::int64_t i = 1; i < size; ++i) {
      largest = std::max(largest, A::to(in[places[first + index(i)]]));
    }
    double sum = 0;
    for (std::int64_t i = 0; i < size; ++i) {
      sum += std::exp(A::to(in[places[first + index(i)]]) - largest);
    }
    for (std::int64_t i = 0; i < size; ++i) {
      const auto place = places[first + index(i)];
      const double x = A::to(in[place]) - largest;
      out[place] = A::from(step.layer->logarithm ? x - std::log(sum) : std::exp(x) / sum);
    }
  }
}

// Each value over a power of the mean square of its neighbours in channel.
template <typename Number>
void local_response(const Layer& layer, const Number* in, Number* out) {
  using A = Arithmetic<Number>;
  const auto channels = layer.output.channels;
  const auto size = static_cast<std::int64_t>(layer.parameters[0]);
  const double alpha = layer.parameters[1];
  for (std::int64_t p = 0; p < layer.output.positions(); ++p, in += channels, out += channels) {
    for (std::int64_t c = 0; c < channels; ++c) {
      double squares = 0;
      const auto end = std::min(channels, c + size / 2 + 1);
      for (auto i = std::max<std::int64_t>(0, c - (size - 1) / 2); i < end; ++i) {
        squares += A::to(in[i]) * A::to(in[i]);
      }
      const double base = layer.parameters[3] + alpha / static_cast<double>(size) * squares;
      out[c] = A::from(A::to(in[c]) / std::pow(base, layer.parameters[2]));
    }
  }
}

}  // namespace

template <typename Number>
void run_digital(const Step& step, const std::vector<const Number*>& in, Number* out) {
  switch (step.kind) {
    case LayerKind::scale:
      return scale(step, in[0], out);
    case LayerKind::activation:
      return activate(step, in[0], out);
    case LayerKind::softmax:
      return softmax(step, in[0], out);
    case LayerKind::normalisation:
      return local_response(*step.layer, in[0], out);
    case LayerKind::max_pool:
      return max_pool(*step.layer, in[0], out);
    case LayerKind::average_pool:
      return average_pool(*step.layer, in[0], out);
    case LayerKind::add:
      return combine(step, in, out, [](Number a, Number b) { return a + b; });
    case LayerKind::subtract:
      return combine(step, in, out, [](Number a, Number b) { return a - b; });
    case LayerKind::multiply:
      return combine(step, in, out, [](Number a, Number b) { return a * b; });
    case LayerKind::concat:
      return concatenate(step, in, out);
    case LayerKind::rearrange:
      return rearrange(step, in[0], out);
    case LayerKind::input:
    case LayerKind::convolution:
    case LayerKind::dense:
    case LayerKind::mean:
    case LayerKind::product:
    case LayerKind::recurrent:
    case LayerKind::resample:
    case LayerKind::constant:
      return;  // not digital, or refused by the plan
  }
}

template void run_digital(const Step&, const std::vector<const float*>&, float*);
template void run_digital(const Step&, const std::vector<const Fixed*>&, Fixed*);

}  // namespace dwmtj
