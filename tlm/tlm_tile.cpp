// SPDX-License-Identifier: Apache-2.0
#include "tlm/tlm_tile.h"

namespace dwmtj {

TlmTile::TlmTile(sc_core::sc_module_name name, const TileParameters& parameters,
                 const DeviceModel& device, Ledger& ledger, const TlmTileOptions& options)
    : TileTarget(name, engine_, ledger, options.access),
      tile_(this->name(), parameters, device, ledger, options.tile),
      engine_(tile_) {
  open_account();
}

}  // namespace dwmtj
