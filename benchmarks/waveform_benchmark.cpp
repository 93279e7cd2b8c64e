// SPDX-License-Identifier: Apache-2.0
// Waveform changes a second, formatted and handed to the system: beside idle signals, announced
// ahead of time, of each type, and with waveforms off.
#include <string>

#include <benchmark/benchmark.h>

#include "waveforms/waveform_writer.h"

namespace {

using namespace dwmtj;

struct Simulation {
  std::int64_t now = 0;
  WaveformOptions options;
  Simulation() {
    options.now_ps = [this] { return now; };
  }
};

void idle_signals(WaveformWriter& writer, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) {
    static_cast<void>(writer.real("idle.s" + std::to_string(i)));
  }
}

void count_changes(benchmark::State& state) {
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}

void integer_changes(benchmark::State& state) {
  Simulation simulation;
  WaveformWriter writer("/dev/null", simulation.options);
  idle_signals(writer, state.range(0));
  const Probe probe = writer.integer("busy", 8);
  for (auto step : state) {
    ++simulation.now;
    probe.set(simulation.now, simulation.now);
  }
  count_changes(state);
}
BENCHMARK(integer_changes)->Arg(1)->Arg(1000)->Arg(100000);

void real_changes(benchmark::State& state) {
  Simulation simulation;
  WaveformWriter writer("/dev/null", simulation.options);
  idle_signals(writer, state.range(0));
  const Probe probe = writer.real("busy");
  for (auto step : state) {
    ++simulation.now;
    probe.set(simulation.now, static_cast<double>(simulation.now) / 3.0);
  }
  count_changes(state);
}
BENCHMARK(real_changes)->Arg(1)->Arg(1000);

void text_changes(benchmark::State& state) {
  Simulation simulation;
  WaveformWriter writer("/dev/null", simulation.options);
  const Probe probe = writer.text("busy");
  for (auto step : state) {
    ++simulation.now;
    probe.set(simulation.now, simulation.now % 2 == 0 ? "reading" : "at rest");
  }
  count_changes(state);
}
BENCHMARK(text_changes);

void pulses_ahead(benchmark::State& state) {  // two changes a step, the second 50 ns ahead
  Simulation simulation;
  WaveformWriter writer("/dev/null", simulation.options);
  const Probe probe = writer.real("pulse");
  for (auto step : state) {
    simulation.now += 7;
    probe.set(simulation.now, 1.5);
    probe.set(simulation.now + 50000, 0.0);
  }
  state.SetItemsProcessed(2 * static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(pulses_ahead);

void unchanged_value(benchmark::State& state) {
  Simulation simulation;
  WaveformWriter writer("/dev/null", simulation.options);
  const Probe probe = writer.integer("busy", 8);
  for (auto step : state) {
    ++simulation.now;
    probe.set(simulation.now, 5);
  }
  count_changes(state);
}
BENCHMARK(unchanged_value);

void inactive_probe(benchmark::State& state) {
  Probe probe;
  std::int64_t now = 0;
  for (auto step : state) {
    benchmark::DoNotOptimize(probe);
    ++now;
    probe.set(now, now);
  }
  count_changes(state);
}
BENCHMARK(inactive_probe);

}  // namespace
