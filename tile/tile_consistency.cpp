// SPDX-License-Identifier: Apache-2.0
#include "tile/tile_consistency.h"

#include <cmath>

#include <fmt/format.h>

#include "common/thermal_energy.h"

namespace dwmtj {
namespace {

// Two signs of one thing: energy is C V^2, noise^2 is `sides` kT/C.
Voltage least_noise(double sides, Energy energy, Voltage supply) {
  return supply * std::sqrt(sides * thermal_energy(kRoomTemperature) / in_si(energy));
}

void check_latch(const TileParameters& tile, const ParameterNode& root) {
  const auto& latch = tile.comparator;
  const Voltage least = least_latch_noise(latch.energy, tile.driver.supply);
  if (latch.noise >= least) return;
  root.child("comparator")
      .fail("noise",
            fmt::format("{} contradict an energy of {} at a supply of {}: by kT/C "
                        "expected at least {}, or an energy of {}, or 'circuits: "
                        "as_measured'",
                        format_quantity(latch.noise), format_quantity(latch.energy),
                        format_quantity(tile.driver.supply), format_quantity(least),
                        format_quantity(least_latch_energy(latch.noise, tile.driver.supply))));
}

void check_auto_zero(const TileParameters& tile, const ParameterNode& root) {
  const auto& zero = tile.comparator.zero;
  if (zero.energy == Energy{}) return;
  const auto node = root.child("comparator").child("auto_zero");
  if (zero.time > tile.timing.read_settle) {
    node.fail("time",
              fmt::format("{} are longer than timing.read_settle, {}, in which it happens",
                          format_quantity(zero.time), format_quantity(tile.timing.read_settle)));
  }
  const Voltage least = least_stored_noise(zero.energy, tile.driver.supply);
  if (zero.noise >= least) return;
  node.fail("noise", fmt::format("{} contradict an energy of {} at a supply of {}: by kT/C "
                                 "expected at least {}, or 'circuits: as_measured'",
                                 format_quantity(zero.noise), format_quantity(zero.energy),
                                 format_quantity(tile.driver.supply), format_quantity(least)));
}

}  // namespace

Voltage least_latch_noise(Energy energy, Voltage supply) {
  return least_noise(2.0, energy, supply);
}

Energy least_latch_energy(Voltage noise, Voltage supply) {
  const double ratio = supply / noise;
  return from_si<Energy>(2.0 * thermal_energy(kRoomTemperature) * ratio * ratio);
}

Voltage least_stored_noise(Energy energy, Voltage supply) {
  return least_noise(1.0, energy, supply);
}

void check_consistency(const TileParameters& tile, const ParameterNode& root) {
  if (tile.as_measured) return;
  check_latch(tile, root);
  check_auto_zero(tile, root);
  if (tile.driver.compliance > tile.driver.supply) {
    root.child("driver").fail("compliance", fmt::format("{} are more than the supply, {}",
                                                        format_quantity(tile.driver.compliance),
                                                        format_quantity(tile.driver.supply)));
  }
  if (tile.field.source == FieldSource::as_measured) {
    root.child("field").fail("source",
                             "the field of a laboratory has no price: expected strip-line, "
                             "external-coil or film, or 'circuits: as_measured'");
  }
}

}  // namespace dwmtj
