// SPDX-License-Identifier: Apache-2.0
#include "inference/layer_errors.h"

#include <algorithm>
#include <cmath>

#include "common/index.h"
#include "common/interrupt.h"

namespace dwmtj {
namespace {

template <typename Number>
void add(const float* exact, const std::vector<Number>& own, std::size_t count, LayerError& to) {
  double signal = 0;
  double error = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double off = Arithmetic<Number>::to(own[i]) - exact[i];
    signal += double{exact[i]} * exact[i];
    error += off * off;
  }
  to.signal += signal;
  to.error += error;
}

template <typename Number>
std::vector<Number> numbers(const float* values, std::size_t count) {
  std::vector<Number> own(count);
  std::transform(values, values + count, own.begin(),
                 [](float value) { return Arithmetic<Number>::from(value); });
  return own;
}

// By step, of those with weights: which of them.
std::vector<std::size_t> places_of(const ForwardPass<float>::Products& exact) {
  std::vector<std::size_t> places(exact.size(), 0);
  std::size_t layers = 0;
  for (std::size_t i = 0; i < exact.size(); ++i) places[i] = exact[i] ? layers++ : 0;
  return places;
}

}  // namespace

double LayerError::signal_to_error_db() const {
  return error > 0 ? 10 * std::log10(signal / error) : HUGE_VAL;
}

// By chunk, and added in their order: the same on any number of threads.
template <typename Number>
void add_layer_errors(const SoftwareRun& run,
                      const std::vector<std::shared_ptr<const Product<Number>>>& products,
                      std::vector<LayerError>& layers) {
  const int chunk_size = chunk_of(run.plan);
  const auto places = places_of(run.exact);
  std::vector<std::vector<LayerError>> sums(index((run.images + chunk_size - 1) / chunk_size),
                                            std::vector<LayerError>(layers.size()));
  const ValueProbe<float> probe = [&](std::size_t step, const Chunk& chunk, const float* in,
                                      const float* out) {
    const auto& layer = *run.plan.steps[step].layer;
    const auto elements = index(layer.output.elements());
    const auto own_in = numbers<Number>(in, index(layer.input.elements() * chunk_size));
    std::vector<Number> own(elements * index(chunk_size));
    Workspace workspace;
    products[step]->run(chunk, own_in.data(), own.data(), workspace);
    add(out, own, elements * index(chunk.count),
        sums[index(chunk.first / chunk_size)][places[step]]);
  };
  classify<float>(ForwardPass<float>(run.plan, run.exact), run.source, run.images, {}, probe);
  for (const auto& chunk : sums) {
    for (std::size_t i = 0; i < layers.size(); ++i) {
      layers[i].signal += chunk[i].signal;
      layers[i].error += chunk[i].error;
    }
  }
}

// One image after the other, as comparators draw.
void add_layer_errors(const SoftwareRun& run, TilePass& tiles, std::vector<LayerError>& layers) {
  const auto places = places_of(run.exact);
  const ValueProbe<float> probe = [&](std::size_t step, const Chunk&, const float* in,
                                      const float* out) {
    const auto& layer = *run.plan.steps[step].layer;
    const auto own_in = numbers<Fixed>(in, index(layer.input.elements()));
    std::vector<Fixed> own(index(layer.output.elements()));
    tiles.run_layer(step, own_in.data(), own.data());
    add(out, own, own.size(), layers[places[step]]);
  };
  const ForwardPass<float> software(run.plan, run.exact);
  for (std::int64_t image = 0; image < run.images && !interrupted(); ++image) {
    software.run({image,
                  1,
                  [&](auto i, float* values) { run.source.write(i, values); },
                  [](auto, const auto&) {},
                  probe,
                  {}});
  }
}

template void add_layer_errors(const SoftwareRun&, const ForwardPass<float>::Products&,
                               std::vector<LayerError>&);
template void add_layer_errors(const SoftwareRun&, const ForwardPass<Fixed>::Products&,
                               std::vector<LayerError>&);

}  // namespace dwmtj
