// SPDX-License-Identifier: Apache-2.0
// The transaction-level view of a tile. Loosely timed: b_transport carries a command out at once
// and adds its time to the delay. Approximately timed: the four phases of the base protocol,
// BEGIN_RESP at the very picosecond at which the pins would hand the result over.
#pragma once

#include "tlm/tile_target.h"

namespace dwmtj {

struct TlmTileOptions {
  BulkTileOptions tile;
  TileAccess access;
};

class TlmTile : public TileTarget {
 public:
  TlmTile(sc_core::sc_module_name name, const TileParameters& parameters, const DeviceModel& device,
          Ledger& ledger, const TlmTileOptions& options);

  [[nodiscard]] const BulkTile& tile() const { return tile_; }

 private:
  BulkTile tile_;
  BulkEngine engine_;
};

}  // namespace dwmtj
