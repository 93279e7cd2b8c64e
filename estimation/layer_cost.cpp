// SPDX-License-Identifier: Apache-2.0
#include "estimation/layer_cost.h"

#include <algorithm>

#include "common/name_text.h"

namespace dwmtj {
namespace {

std::string kind_of(const Stage& stage) {
  return stage.kind == StageKind::product  ? "product"
         : stage.kind == StageKind::source ? "source"
                                           : "digital";
}

void add_product(const MappedNetwork& mapped, std::size_t stage, const LayerMapping& mapping,
                 Time interval, LayerCost& cost) {
  const auto window = in_si(to_time(duration_of(mapped.work, stage)));
  cost.macs = mapped.network.layers[mapping.layer].macs();
  cost.copies = mapping.copies;
  cost.arrays = mapping.arrays();
  cost.utilisation = mapping.utilisation;
  cost.busy = static_cast<double>(mapping.steps) * window / in_si(interval);
}

}  // namespace

std::vector<LayerCost> layer_costs(const MappedNetwork& mapped, const Ledger& ledger,
                                   const std::vector<CommandId>& commands, std::int64_t images,
                                   Time interval) {
  std::vector<LayerCost> costs;
  auto mapping = mapped.mapping.layers.begin();  // of the next product
  for (std::size_t s = 0; s < mapped.plan.stages.size(); ++s) {
    const auto& stage = mapped.plan.stages[s];
    LayerCost cost;
    cost.name = printable(stage.name);
    cost.kind = kind_of(stage);
    cost.windows = stage.positions;
    cost.energy =
        ledger.posted(commands[s]) / static_cast<double>(std::max<std::int64_t>(images, 1));
    if (stage.kind == StageKind::product) add_product(mapped, s, *mapping++, interval, cost);
    costs.push_back(std::move(cost));
  }
  return costs;
}

}  // namespace dwmtj
