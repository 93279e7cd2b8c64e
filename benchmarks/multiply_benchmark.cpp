// SPDX-License-Identifier: Apache-2.0
// A binary matrix-vector product of a tile in bulk, 1024 x 1024 pairs of random levels.
// benchmarks/compare_python puts the same call from Python beside it.
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

}  // namespace
