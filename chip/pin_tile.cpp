// SPDX-License-Identifier: Apache-2.0
#include "chip/pin_tile.h"

#include "common/sim_time.h"

namespace dwmtj {
namespace {

TileOptions options_of(const BulkTileOptions& tile, const PinOptions& pins,
                       const std::string& name) {
  TileOptions options;
  options.shape = tile.shape;
  options.seed = tile.seed;
  options.first_device = tile.first_device;
  options.first_comparator = tile.first_comparator;
  options.initial = tile.initial;
  options.twin = pins.twin;
  options.accounts = name;
  options.waveforms = pins.waveforms;
  return options;
}

}  // namespace

PinEngine::PinEngine(sc_core::sc_module_name name, SynapseTile& tile, const DeviceModel& device,
                     Picoseconds period, Finished finished)
    : PinHost(name, tile),
      tile_(tile),
      device_(device),
      period_(period),
      finished_(std::move(finished)) {
  SC_THREAD(run);
}

std::optional<CommandOutcome> PinEngine::put(const TileCommand& command, Picoseconds) {
  queue_.push_back(command);
  put_.notify();
  return std::nullopt;
}

void PinEngine::run() {
  for (;;) {
    while (queue_.empty()) wait(put_);
    carry_out(queue_.front());
    queue_.pop_front();
  }
}

// The response is taken at the edge after the one at which it is offered. That it is said a cycle
// ahead makes an access at the very time of completion find what is complete.
void PinEngine::answered(const CommandOutcome& outcome) {
  auto complete = outcome;
  complete.completed = later(now_ps(), period_);
  finished_(complete);
}

PinTile::PinTile(sc_core::sc_module_name name, const TileParameters& parameters,
                 const DeviceModel& device, Ledger& ledger, const TlmTileOptions& options,
                 const PinOptions& pins)
    : TileTarget(name, engine_, ledger, options.access),
      tile_("pins", parameters, device, ledger, options_of(options.tile, pins, this->name())),
      engine_("adapter", tile_, device, parameters.period(),
              [this](const CommandOutcome& outcome) { finish(outcome); }),
      wires_(tile_, engine_) {
  open_account();
}

}  // namespace dwmtj
