// SPDX-License-Identifier: Apache-2.0
// Learning by the paper's 784-512-512-10, on one core: the products of its first layer, its level
// steps, a step of training with a batch of 100, and an answer for 10,000 images.
#include <numeric>

#include <benchmark/benchmark.h>

#include "common/random_stream.h"
#include "learning/ideal_synapses.h"
#include "learning/perceptron.h"

namespace {

using namespace dwmtj;

// About half of the pixels are dark, as in Fashion-MNIST.
LabelledImages random_images(std::size_t size) {
  LabelledImages data{28, 28, {}, {}};
  for (std::size_t i = 0; i < size; ++i) {
    data.labels.push_back(static_cast<std::uint8_t>(i % 10));
    for (std::uint32_t p = 0; p < 784; ++p) {
      const auto word = draw(1, Stream::stimulus, i, p).words[0];
      data.pixels.push_back(static_cast<std::uint8_t>(word % 2 == 0 ? 0 : word >> 24U));
    }
  }
  return data;
}

Perceptron network_of(const LearningRule& rule) {
  return {rule, 784, 10, 1, [rule](std::size_t, LayerShape, std::uint64_t first) {
            return std::make_unique<IdealSynapses>(rule.grid, first, 1e-13);
          }};
}

void product(benchmark::State& state, bool bytes) {
  const std::size_t words = bytes ? 784 / 4 : 784 / 2;
  const std::vector<std::int32_t> left(words * 100, 0x01010101), right(words * 512, 0x01010101);
  std::vector<std::int32_t> result(std::size_t{100} * 512);
  for (auto step : state) {
    (bytes ? byte_product : integer_product)({left.data(), 100}, {right.data(), 512},
                                             {100, 512, words}, result.data(), 512,
                                             widest_vector_unit());
    benchmark::DoNotOptimize(result.data());
  }
  state.counters["products/s"] =
      benchmark::Counter(100.0 * 784 * 512, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK_CAPTURE(product, of_bytes, true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(product, of_16_bits, false)->Unit(benchmark::kMicrosecond);

void level_steps(benchmark::State& state) {
  constexpr std::size_t kWeights = std::size_t{784} * 512;
  const std::vector<std::int8_t> weights(kWeights, 1);
  std::vector<std::int32_t> gradients(kWeights);
  for (std::size_t i = 0; i < kWeights; ++i) gradients[i] = static_cast<int>(i * i % 2001) - 1000;
  std::vector<float> mean(kWeights), square(kWeights);
  StepLaw law(LearningRule{}, 1);
  std::vector<LevelStep> steps;
  std::uint32_t made = 0;
  for (auto step : state) {
    steps.clear();
    law.begin(made++);
    law.steps(
        {0, kWeights, gradients.data(), 1e-6F, weights.data(), mean.data(), square.data(), nullptr},
        0, steps);
  }
}
BENCHMARK(level_steps)->Unit(benchmark::kMicrosecond);

void training_step(benchmark::State& state) {
  const LearningRule rule;
  const auto data = random_images(1000);
  auto network = network_of(rule);
  std::vector<std::uint32_t> which(100);
  std::uint32_t first = 0;
  for (auto step : state) {
    std::iota(which.begin(), which.end(), first);
    first = (first + 100) % 1000;
    network.learn(data, which);
  }
}
BENCHMARK(training_step)->Unit(benchmark::kMicrosecond);

// Ten steps lie between two answers, as with `--evaluate epoch`; they are not timed.
void answer(benchmark::State& state) {
  const LearningRule rule;
  const auto training = random_images(1000), test = random_images(10000);
  auto network = network_of(rule);
  StandingImages standing(test);
  std::vector<std::uint32_t> which(100);
  for (auto step : state) {
    state.PauseTiming();
    for (std::uint32_t i = 0; i < 10; ++i) {
      std::iota(which.begin(), which.end(), 100 * i);
      network.learn(training, which);
    }
    state.ResumeTiming();
    benchmark::DoNotOptimize(network.count_right(standing));
  }
}
BENCHMARK(answer)->Unit(benchmark::kMillisecond);

}  // namespace
