// SPDX-License-Identifier: Apache-2.0
// The paper's updates: every step of a level comes about as it was drawn.
#pragma once

#include "learning/synapses.h"

namespace dwmtj {

class IdealSynapses : public Synapses {
 public:
  // `first_instance` numbers the first weight for draws; a step of a level costs `pulse` J.
  IdealSynapses(const WeightGrid& grid, std::uint64_t first_instance, double pulse)
      : grid_(grid), first_instance_(first_instance), pulse_(pulse) {}

  void begin(const std::vector<std::int8_t>& values) override { weights_ = values; }
  [[nodiscard]] const std::vector<std::int8_t>& weights() const override { return weights_; }
  void update(const StepLaw& law, WeightSpan span) override;
  const std::vector<std::uint32_t>& finish() override;
  [[nodiscard]] const UpdateAccounts& accounts() const override { return accounts_; }
  void save(std::ostream& stream) const override;
  void load(std::istream& stream) override;

 private:
  WeightGrid grid_;
  std::uint64_t first_instance_;
  double pulse_;  // J
  std::vector<std::int8_t> weights_;
  std::vector<LevelStep> steps_;
  std::vector<std::uint32_t> changed_;
  UpdateAccounts accounts_;
};

}  // namespace dwmtj
