// SPDX-License-Identifier: Apache-2.0
// The effective matrix of an array with wires, on one core, by size and by segment over a cell's
// resistance of 1 kohm; one vector alone; and a product with the matrix once it is there.
#include <random>

#include <benchmark/benchmark.h>

#include "wires/crossbar.h"

namespace {

using namespace dwmtj;

Crossbar random_crossbar(int size, double segment) {
  constexpr double kLevels[] = {0.9425e-3, 0.9585e-3, 1.0111e-3, 1.0758e-3, 1.0952e-3};
  std::mt19937 random(1);
  std::vector<double> cells(static_cast<std::size_t>(size) * static_cast<std::size_t>(size));
  for (auto& cell : cells) cell = kLevels[(random() >> 8U) % 5];
  const auto wire = from_si<Resistance>(segment);
  const auto none = from_si<Resistance>(0.0);
  return {size, size, std::move(cells), {wire, wire, none, none}};
}

// Segments in units of 1e-4 ohm.
double segment_of(const benchmark::State& state) {
  return 1e-4 * static_cast<double>(state.range(1));
}

void effective_matrix(benchmark::State& state) {
  const auto crossbar = random_crossbar(static_cast<int>(state.range(0)), segment_of(state));
  for (auto step : state) benchmark::DoNotOptimize(crossbar.effective_matrix());
}
BENCHMARK(effective_matrix)
    ->ArgsProduct({{64, 256, 512}, {1, 100, 1000}})
    ->ArgNames({"size", "segment_e-4_ohm"})
    ->Unit(benchmark::kMillisecond);

void one_vector(benchmark::State& state) {
  const auto size = static_cast<int>(state.range(0));
  const auto crossbar = random_crossbar(size, segment_of(state));
  const std::vector<double> ones(static_cast<std::size_t>(size), 1.0);
  for (auto step : state) benchmark::DoNotOptimize(crossbar.currents(ones));
}
BENCHMARK(one_vector)
    ->ArgsProduct({{64, 256, 512}, {1, 100, 1000, 10000}})
    ->ArgNames({"size", "segment_e-4_ohm"})
    ->Unit(benchmark::kMillisecond);

}  // namespace
