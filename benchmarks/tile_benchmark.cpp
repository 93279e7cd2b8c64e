// SPDX-License-Identifier: Apache-2.0
// Device pulses a second of processor time on a pin-level tile whose columns are pulsed together,
// with waveforms off and (--vcd) on, or beside a running clock (--clock), and the kernel's own
// limit: bare timed activations. Measured in slices, of which the best and the median are printed:
// other work on the machine takes caches away. SystemC elaborates once a process, so this is a
// plain program.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <systemc>

#include "common/sim_time.h"
#include "testbenches/tile_host.h"

namespace {

using namespace dwmtj;

constexpr int kColumns = 64;
constexpr int kSlices = 9;
constexpr int kPulses = 2000;  // a column and slice

class Ticker : public sc_core::sc_module {
 public:
  explicit Ticker(sc_core::sc_module_name name) : sc_module(name) {
    SC_METHOD(tick);
    dont_initialize();
    sensitive << start;
  }
  sc_core::sc_event start;
  int left = 0;

 private:
  SC_HAS_PROCESS(Ticker);
  void tick() {
    if (--left > 0) next_trigger(1, sc_core::SC_NS);
  }
};

double seconds_of(const std::function<void()>& work) {
  const std::clock_t start = std::clock();
  work();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

struct Rate {
  double best;  // million a second
  double median;
};

// Of `slice`, which returns how much it did.
Rate rate_of(const std::function<double()>& slice) {
  std::vector<double> rates;
  for (int i = 0; i < kSlices; ++i) {
    double done = 0.0;
    const double seconds = seconds_of([&] { done = slice(); });
    rates.push_back(1e-6 * done / seconds);
  }
  std::sort(rates.begin(), rates.end());
  return {rates.back(), rates[rates.size() / 2]};
}

}  // namespace

int sc_main(int argc, char** argv) {
  const auto asked = [&](const char* option) { return argc > 1 && std::string(argv[1]) == option; };
  const bool waves = asked("--vcd");
  const bool clocked = asked("--clock");
  const auto parameters = TileParameters::load(find_tile("straight"));
  const DeviceModel device(parameters.load_device());
  Ledger ledger;
  std::unique_ptr<WaveformWriter> waveforms;
  if (waves) {
    waveforms = std::make_unique<WaveformWriter>("/dev/null",
                                                 WaveformOptions{{"*"}, 0, INT64_MAX, "", now_ps});
  }
  TileOptions options{{4, kColumns}};
  options.waveforms = waveforms.get();
  const TileCommand update{TileOp::update, 0, Side::plus, std::vector<std::int16_t>(kColumns, 1)};
  HostedTile hosted("tile0", parameters, device, ledger, options,
                    std::vector<TileCommand>(std::size_t{kSlices} * kPulses, update));
  std::unique_ptr<sc_core::sc_clock> clock;
  if (clocked) {
    clock = std::make_unique<sc_core::sc_clock>("clock", to_sc_time(parameters.period()));
    hosted.tile.clk(*clock);
  }
  std::vector<std::unique_ptr<Ticker>> tickers;
  tickers.reserve(kColumns);
  for (int i = 0; i < kColumns; ++i) {
    tickers.push_back(std::make_unique<Ticker>(("tick" + std::to_string(i)).c_str()));
  }

  // Decode, pulse and rest, a cycle to hand the result over and one until the next is taken.
  const auto slice_time = to_sc_time(kPulses * to_picoseconds(69e-9 * si::seconds));
  const Rate tile = rate_of([&] {
    const auto before = hosted.host.records().size();
    sc_core::sc_start(slice_time);
    return static_cast<double>(kColumns * (hosted.host.records().size() - before));
  });
  const double pulses = static_cast<double>(kColumns) * kPulses * kSlices;
  std::printf(
      "pin-level tile, %d columns together, waveforms %s, %s clock; best (median) of %d slices\n",
      kColumns, waves ? "on" : "off", clocked ? "a running" : "its own", kSlices);
  while (!hosted.host.finished()) sc_core::sc_start(slice_time);
  std::printf("  %.2f (%.2f) million device pulses/s, %.2f activations a pulse\n", tile.best,
              tile.median, static_cast<double>(hosted.tile.activations()) / pulses);
  if (clocked) return 0;  // which never leaves the kernel alone
  const Rate kernel = rate_of([&] {
    for (const auto& ticker : tickers) {
      ticker->left = 2 * kPulses;
      ticker->start.notify(1, sc_core::SC_NS);
    }
    sc_core::sc_start();
    return 2.0 * kColumns * kPulses;
  });

  std::printf("kernel alone: %.2f (%.2f) million timed activations/s\n", kernel.best,
              kernel.median);
  std::printf("a pulse costs %.1f bare activations\n", kernel.median / tile.median);
  return 0;
}
