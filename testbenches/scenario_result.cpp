// SPDX-License-Identifier: Apache-2.0
#include "testbenches/scenario_result.h"

#include <algorithm>

namespace dwmtj {

bool ScenarioResult::passed() const {
  return problems.empty() && std::all_of(commands.begin(), commands.end(),
                                         [](const auto& c) { return c.mismatch.empty(); });
}

long flagged_cells(const ScenarioResult& result) {
  long cells = 0;
  for (const auto& [record, mismatch] : result.commands) {
    if (record.command.op != TileOp::program) continue;
    cells += std::count(record.result.data.begin(), record.result.data.end(), 1);
  }
  return cells;
}

long most(const std::vector<std::uint16_t>& counts) {
  return counts.empty() ? 0 : *std::max_element(counts.begin(), counts.end());
}

}  // namespace dwmtj
