// SPDX-License-Identifier: Apache-2.0
// Device pulses a second of wall time on a pin-level tile whose columns are pulsed together, with
// waveforms off and on, beside the kernel's own limit: bare timed activations. SystemC elaborates
// once a process, so this is a plain program.
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include <systemc>

#include "devices/catalog.h"
#include "kernel/sim_time.h"
#include "testbenches/tile_host.h"

namespace {

using namespace dwmtj;

constexpr int kColumns = 64;
constexpr int kPulses = 10000;

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
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int sc_main(int argc, char** argv) {
  const bool waves = argc > 1 && std::string(argv[1]) == "--vcd";
  const auto parameters = TileParameters::load(find_tile("straight"));
  const DeviceModel device(DeviceParameters::load(find_device(parameters.device)));
  Ledger ledger;
  std::unique_ptr<VcdWriter> waveforms;
  if (waves)
    waveforms =
        std::make_unique<VcdWriter>("/dev/null", VcdOptions{{"*"}, 0, INT64_MAX, "", now_ps});
  TileOptions options{{4, kColumns}};
  options.waveforms = waveforms.get();
  const std::vector<TileCommand> commands(
      kPulses, {TileOp::update, 0, Side::plus, std::vector<std::int16_t>(kColumns, 1)});
  HostedTile hosted("tile0", parameters, device, ledger, options, commands);
  std::vector<std::unique_ptr<Ticker>> tickers;
  for (int i = 0; i < kColumns; ++i)
    tickers.push_back(std::make_unique<Ticker>(("tick" + std::to_string(i)).c_str()));

  const double tile_seconds = seconds_of([] { sc_core::sc_start(); });
  for (const auto& ticker : tickers) {
    ticker->left = 2 * kPulses;
    ticker->start.notify(1, sc_core::SC_NS);
  }
  const double kernel_seconds = seconds_of([] { sc_core::sc_start(); });

  const double pulses = static_cast<double>(kColumns) * kPulses;
  const double activations = static_cast<double>(hosted.tile.activations());
  std::printf("pin-level tile, %d columns together, waveforms %s\n", kColumns,
              waves ? "on" : "off");
  std::printf("  %.2f million device pulses/s, %.2f activations a pulse\n",
              pulses / tile_seconds * 1e-6, activations / pulses);
  std::printf("kernel alone: %.2f million timed activations/s\n",
              2.0 * pulses / kernel_seconds * 1e-6);
  std::printf("a pulse costs %.1f bare activations\n",
              (tile_seconds / pulses) / (kernel_seconds / (2.0 * pulses)));
  return 0;
}
