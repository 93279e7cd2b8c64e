// SPDX-License-Identifier: Apache-2.0
// The product of 512 x 512 pairs with 64 vectors, as inference computes it: single precision, whole
// numbers read exactly, with a converter, and with read noise as well.
#include <ctime>

#include <benchmark/benchmark.h>

#include "inference/array_product.h"
#include "inference/float_products.h"
#include "tests/inference/networks.h"

namespace {

using namespace dwmtj;

constexpr std::int64_t kSide = 512;
constexpr int kVectors = 64;

struct Setup {
  Setup() {
    WritingRecord record;
    pairs = ideal_writer(levels, {levels, nullptr, {}}, 1)->write(what, 0, record);
  }
  LevelSet levels = even_levels(find_in_catalog(level_set_catalog(), "fig6"), 5);
  Layer layer = dense_layer(0, random_weights(kSide, kSide, 1));
  MappedWeights mapped = map_weights(layer, levels, 100);
  LayerToWrite what{layer, mapped, tile_layer(layer, {1, 1, kSide, kSide, 1}), 0, 0};
  PairConductances pairs;
};

template <typename Number>
void run(benchmark::State& state, const Product<Number>& product, const std::vector<Number>& in) {
  std::vector<Number> out(kSide * kVectors);
  Workspace workspace;
  const auto start = std::clock();
  for (auto step : state) {
    product.run({0, kVectors}, in.data(), out.data(), workspace);
    benchmark::DoNotOptimize(out.data());
  }
  state.counters["cpu_ms"] = 1e3 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC /
                             static_cast<double>(state.iterations());
}

void single(benchmark::State& state) {
  const Setup setup;
  const FloatProduct product(setup.layer, kVectors, setup.layer.weights.values->data());
  run<float>(state, product, std::vector<float>(kSide * kVectors, 0.5F));
}
BENCHMARK(single);

void array(benchmark::State& state, ColumnReadout readout, double read_noise) {
  const Setup setup;
  ReadSettings settings;
  settings.readout = readout;
  settings.noise.relative = read_noise * read_noise;
  const ArrayProduct product(setup.what, setup.pairs, setup.levels, kVectors, {0, 1, -20, 20, {}},
                             settings, 0);
  std::vector<Fixed> in;
  for (std::size_t i = 0; i < kSide * kVectors; ++i) {
    in.push_back(to_fixed(static_cast<double>(i % 256) / 255));
  }
  run<Fixed>(state, product, in);
}
BENCHMARK_CAPTURE(array, exact, ColumnReadout::exact, 0.0);
BENCHMARK_CAPTURE(array, converter, ColumnReadout::converter, 0.0);
BENCHMARK_CAPTURE(array, noisy, ColumnReadout::exact, 0.0025);
BENCHMARK_CAPTURE(array, noisy_converter, ColumnReadout::converter, 0.0025);

}  // namespace
