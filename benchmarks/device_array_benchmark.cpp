// SPDX-License-Identifier: Apache-2.0
// Tabled pulses a second on one core: one device at a time, the bulk array, and the generator alone
// as the limit of both.
#include <memory>
#include <vector>

#include <benchmark/benchmark.h>

#include "arrays/device_array.h"
#include "arrays/philox_lanes.h"
#include "devices/catalog.h"

namespace {

using namespace dwmtj;

constexpr std::size_t kDevices = 1U << 20U;

const DeviceModel& model() {
  static const DeviceModel kModel(DeviceParameters::load(find_device("trapezoidal")));
  return kModel;
}

void count_pulses(benchmark::State& state, std::size_t each) {
  state.counters["pulses"] =
      benchmark::Counter(static_cast<double>(each) * static_cast<double>(state.iterations()),
                         benchmark::Counter::kIsRate);
}

void bulk_array(benchmark::State& state) {
  const Pulse pulse = model().pad_pulse(from_si<Voltage>(3.0));
  DeviceArray array(model(), 1, 0, kDevices);
  for (auto step : state) {
    array.apply(pulse);
    benchmark::ClobberMemory();
  }
  count_pulses(state, kDevices);
}
BENCHMARK(bulk_array)->Unit(benchmark::kMillisecond);

void single_devices(benchmark::State& state) {
  const auto& table = model().table(model().pad_pulse(from_si<Voltage>(3.0)));
  std::vector<DwMtj> devices;
  for (std::size_t i = 0; i < 4096; ++i) devices.emplace_back(model(), 1, i);
  for (auto step : state) {
    for (auto& device : devices) benchmark::DoNotOptimize(device.apply(table).to);
  }
  count_pulses(state, devices.size());
}
BENCHMARK(single_devices);

void generator_alone(benchmark::State& state) {
  PhiloxLanes<64> lanes{};
  for (auto step : state) {
    lanes.run(1);
    benchmark::DoNotOptimize(lanes.word);
  }
  count_pulses(state, 64);
}
BENCHMARK(generator_alone);

void table_from_law(benchmark::State& state) {
  const Pulse pulse = model().pad_pulse(from_si<Voltage>(3.0));
  for (auto step : state) {
    benchmark::DoNotOptimize(TransitionTable(model().switching(), pulse).probability(1, 2));
  }
}
BENCHMARK(table_from_law)->Unit(benchmark::kMicrosecond);

}  // namespace
