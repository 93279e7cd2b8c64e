// SPDX-License-Identifier: Apache-2.0
// What each stage of a simulated network took, a row each in the reports.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "deployment/mapped_network.h"
#include "ledger/ledger.h"

namespace dwmtj {

struct LayerCost {
  std::string name;
  std::string kind;
  std::int64_t windows = 0;  // an image
  std::int64_t macs = 0;
  std::int64_t copies = 0;
  std::int64_t arrays = 0;
  double utilisation = 0;  // of its arrays' cells
  double busy = 0;         // share of the time that its arrays compute
  Energy energy;           // an image, leakage not counted
};

// `commands`: of the stages, in the ledger of so many images that came at this interval.
std::vector<LayerCost> layer_costs(const MappedNetwork& mapped, const Ledger& ledger,
                                   const std::vector<CommandId>& commands, std::int64_t images,
                                   Time interval);

}  // namespace dwmtj
