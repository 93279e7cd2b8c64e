// SPDX-License-Identifier: Apache-2.0
// Write-verify of an array of 512 x 512 pairs from the start of the tracks to random levels: in
// vector code, and by the sequence that defines it.
#include <algorithm>
#include <chrono>
#include <ctime>
#include <numeric>
#include <random>

#include <benchmark/benchmark.h>

#include "arrays/bulk_tile.h"
#include "devices/catalog.h"

namespace {

using namespace dwmtj;

constexpr ArrayShape kShape{512, 512};

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

struct Setup {
  explicit Setup(const std::string& name, bool noise = true)
      : parameters(TileParameters::load(find_tile(name))), device(parameters.load_device()) {
    parameters.read.noise = noise;
    std::mt19937 random(1);
    for (int i = 0; i < 2 * kShape.rows * kShape.columns; ++i) {
      const auto draw = static_cast<int>(random() >> 8U);
      levels.push_back(static_cast<std::int16_t>(draw % device.sites()));
    }
  }
  TileParameters parameters;
  DeviceModel device;
  std::vector<std::int16_t> levels;
};

double sum(const std::vector<std::uint16_t>& counts) {
  return std::accumulate(counts.begin(), counts.end(), 0.0);
}

void program(benchmark::State& state, const std::string& name, VectorUnit unit, bool noise = true) {
  if (unit > widest_vector_unit()) return state.SkipWithError("not on this machine");
  const Setup setup(name, noise);
  std::uint64_t seed = 0;
  double pulses = 0.0, flagged = 0.0, cpu_seconds = 0.0;
  for (auto step : state) {
    Ledger ledger;
    BulkTileOptions options{kShape, ++seed};
    options.unit = unit;
    BulkTile tile("tile0", setup.parameters, setup.device, ledger, options);
    const auto start = std::chrono::steady_clock::now();
    const auto cpu_start = std::clock();
    const auto result = tile.program_array(setup.levels);
    state.SetIterationTime(seconds_since(start));
    cpu_seconds += static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC;
    pulses += sum(result.pulses);
    flagged += static_cast<double>(std::count(result.flagged.begin(), result.flagged.end(), 1));
  }
  const double devices =
      static_cast<double>(setup.levels.size()) * static_cast<double>(state.iterations());
  state.counters["devices"] = benchmark::Counter(devices, benchmark::Counter::kIsRate);
  state.counters["cpu_ms"] = 1e3 * cpu_seconds / static_cast<double>(state.iterations());
  state.counters["pulses_each"] = pulses / devices;
  state.counters["flagged"] = flagged / static_cast<double>(state.iterations());
}
BENCHMARK_CAPTURE(program, trapezoidal, "trapezoidal", widest_vector_unit())
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime();
BENCHMARK_CAPTURE(program, straight, "straight", widest_vector_unit())
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime();
BENCHMARK_CAPTURE(program, straight_16, "straight-16", widest_vector_unit())
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime();
BENCHMARK_CAPTURE(program, trapezoidal_without_noise, "trapezoidal", widest_vector_unit(), false)
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime();
BENCHMARK_CAPTURE(program, straight_without_noise, "straight", widest_vector_unit(), false)
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime();
BENCHMARK_CAPTURE(program, straight_16_varied, "straight-16-varied", widest_vector_unit())
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime();
BENCHMARK_CAPTURE(program, straight_avx2, "straight", VectorUnit::avx2)
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime();
BENCHMARK_CAPTURE(program, straight_portable, "straight", VectorUnit::none)
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime();

// The same by the sequence that defines it, a quarter of the rows.
void program_in_steps(benchmark::State& state, const std::string& name) {
  const Setup setup(name);
  std::uint64_t seed = 0;
  for (auto step : state) {
    Ledger ledger;
    BulkTile tile("tile0", setup.parameters, setup.device, ledger, {kShape, ++seed});
    const auto start = std::chrono::steady_clock::now();
    for (int line = 0; line < kShape.rows / 2; ++line) {
      const auto first = std::next(setup.levels.begin(), std::ptrdiff_t{line} * kShape.columns);
      const TileCommand command{TileOp::program,
                                static_cast<std::uint32_t>(line / 2),
                                static_cast<Side>(line % 2),
                                {first, first + kShape.columns}};
      tile.carry_out_in_steps(command, tile.now());
    }
    state.SetIterationTime(seconds_since(start));
  }
  const double devices = static_cast<double>(setup.levels.size()) / 4.0;
  state.counters["devices"] = benchmark::Counter(devices * static_cast<double>(state.iterations()),
                                                 benchmark::Counter::kIsRate);
}
BENCHMARK_CAPTURE(program_in_steps, straight, "straight")
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime();

}  // namespace
