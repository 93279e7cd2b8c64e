// SPDX-License-Identifier: Apache-2.0
// Neurons of one's own behind our array: they count the signs of its products and fire. C++20, no
// SystemC, and one account for both.
#include <cmath>
#include <cstdio>
#include <span>
#include <vector>

#include "arrays/write_study.h"

namespace {

using namespace dwmtj;

// An integrate-and-fire neuron a column. What it spends is posted where it is spent.
class Neurons {
 public:
  Neurons(Ledger& ledger, std::size_t count, int threshold)
      : ledger_(ledger), sums_(count), threshold_(threshold) {
    const auto component =
        ledger.add_component("neurons", "counters of 8 bits", 1e-9 * count * si::watts);
    add_ = ledger.add_account(component, "add");
    fire_ = ledger.add_account(component, "fire");
  }

  int take(std::span<const std::int16_t> signs, Picoseconds now) {
    int fired = 0;
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      sums_[i] += signs[i] > 0 ? 1 : -1;
      if (sums_[i] < threshold_) continue;
      sums_[i] = 0;
      ++fired;
    }
    ledger_.post(add_, now, kStep, kAdd * static_cast<double>(sums_.size()), sums_.size());
    if (fired > 0)
      ledger_.post(fire_, now, kStep, kFire * fired, static_cast<std::uint64_t>(fired));
    return fired;
  }

 private:
  static constexpr Picoseconds kStep = 1000;
  static constexpr double kAdd = 30e-15;    // J, assumption
  static constexpr double kFire = 200e-15;  // J, assumption
  Ledger& ledger_;
  AccountId add_{}, fire_{};
  std::vector<int> sums_;
  int threshold_;
};

}  // namespace

int main() {
  constexpr ArrayShape kShape{64, 32};
  const auto parameters = TileParameters::load(find_tile("trapezoidal"));
  const DeviceModel device(parameters.load_device());
  Ledger ledger;
  BulkTile tile("tile0", parameters, device, ledger, {kShape, 1});
  tile.program_array(random_levels(tile.array().devices().size(), device.sites(), 1));
  Neurons neurons(ledger, kShape.columns, 4);

  int spikes = 0;
  for (int step = 0; step < 100; ++step) {
    TileCommand multiply{TileOp::multiply, 0, Side::plus, {}};
    for (int row = 0; row < kShape.rows; ++row) {
      multiply.data.push_back(static_cast<std::int16_t>((row + step) % 3 - 1));
    }
    spikes += neurons.take(tile.carry_out(multiply, tile.now()).data, tile.now());
  }
  ledger.set_on_time(tile.now());
  double components = 0.0;
  for (std::uint32_t i = 0; i < ledger.components().size(); ++i) {
    components += in_si(ledger.spent(static_cast<ComponentId>(i)));
  }
  const double total = in_si(ledger.total());
  std::printf("%d spikes, %.4g nJ\n", spikes, 1e9 * total);
  return spikes > 0 && std::abs(components - total) < 1e-9 * total ? 0 : 1;
}
