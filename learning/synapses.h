// SPDX-License-Identifier: Apache-2.0
// Who holds the hidden weights of a layer and carries out its updates.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <vector>

#include "learning/level_steps.h"
#include "learning/update_accounts.h"

namespace dwmtj {

class Synapses {
 public:
  virtual ~Synapses() = default;

  // Puts the weights to `values`, before learning begins.
  virtual void begin(const std::vector<std::int8_t>& values) = 0;
  [[nodiscard]] virtual const std::vector<std::int8_t>& weights() const = 0;

  // One step of training comes in spans of weights, then finish().
  virtual void update(const StepLaw& law, WeightSpan span) = 0;
  // The weights that have changed since the last call.
  virtual const std::vector<std::uint32_t>& finish() = 0;

  [[nodiscard]] virtual const UpdateAccounts& accounts() const = 0;

  // Pulses that each device has taken, where there are devices.
  [[nodiscard]] virtual std::vector<std::uint32_t> wear() const { return {}; }
  // Circuits as switched on, devices as they are: what a checkpoint begins with.
  virtual void stand_by() {}

  // All that is needed to go on.
  virtual void save(std::ostream& stream) const = 0;
  virtual void load(std::istream& stream) = 0;
};

}  // namespace dwmtj
