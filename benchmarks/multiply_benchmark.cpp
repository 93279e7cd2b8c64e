// SPDX-License-Identifier: Apache-2.0
// A binary matrix-vector product of a tile in bulk, 1024 x 1024 pairs of random levels
// (benchmarks/compare_python puts the same call from Python beside it), and the sums of 512 x 256
// pairs through wires once their matrix is solved (benchmarks/compare_wires: a plain product).
#include <benchmark/benchmark.h>

#include "arrays/write_study.h"

namespace {

using namespace dwmtj;

constexpr int kLines = 1024;

void multiply(benchmark::State& state) {
  const auto parameters = TileParameters::load(find_tile("trapezoidal"));
  const DeviceModel device(parameters.load_device());
  Ledger ledger;
  BulkTile tile("tile0", parameters, device, ledger, {{kLines, kLines}, 1});
  tile.program_array(random_levels(tile.array().devices().size(), device.sites(), 1));
  TileCommand command{TileOp::multiply, 0, Side::plus, {}};
  for (int row = 0; row < kLines; ++row) {
    command.data.push_back(static_cast<std::int16_t>(row % 3 - 1));
  }
  tile.carry_out(command, tile.now());  // conductances are worked out once
  for (auto step : state) benchmark::DoNotOptimize(tile.carry_out(command, tile.now()));
}
BENCHMARK(multiply)->Unit(benchmark::kMillisecond);

void wired_sums(benchmark::State& state) {
  constexpr ArrayShape kShape{512, 256};
  const auto parameters = TileParameters::load(find_tile("straight-65nm"));
  const DeviceModel device(parameters.load_device());
  PairArray array(device, kShape, {}, 1, 0, parameters.wires);
  auto states = array.states();
  const auto levels = random_levels(states.size(), device.sites(), 1);
  for (std::size_t i = 0; i < states.size(); ++i)
    states[i].site = static_cast<std::uint8_t>(levels[i]);
  array.restore(states);
  std::vector<std::int16_t> inputs(kShape.rows);
  for (std::size_t row = 0; row < inputs.size(); ++row) inputs[row] = row % 2 == 0 ? 1 : -1;
  PairArray::ColumnSums sums;
  array.sums(inputs, sums);
  for (auto step : state) {
    array.sums(inputs, sums);
    benchmark::DoNotOptimize(sums.difference.data());
  }
}
BENCHMARK(wired_sums)->Unit(benchmark::kMicrosecond);

}  // namespace
