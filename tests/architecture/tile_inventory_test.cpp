// SPDX-License-Identifier: Apache-2.0
// The prices of an inventory against what a simulated tile spends on a multiply command.
#include "architecture/tile_inventory.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "architecture/architecture.h"
#include "architecture/chip_catalog.h"
#include "arrays/bulk_tile.h"

namespace dwmtj {
namespace {

// Joules of all accounts of this name.
double spent(const Ledger& ledger, const std::string& component) {
  double joules = 0.0;
  for (std::size_t i = 0; i < ledger.accounts().size(); ++i) {
    const auto owner = static_cast<std::size_t>(ledger.accounts()[i].component);
    if (ledger.components()[owner].path != component) continue;
    joules += ledger.sum(static_cast<AccountId>(i)).joules;
  }
  return joules;
}

class MultiplyOnATile : public ::testing::TestWithParam<const char*> {
 protected:
  MultiplyOnATile() {
    shape_.rows = 16;
    shape_.columns = 2 * kPairs;
    shape_.columns_per_weight = 2;
    shape_.arrays = 1;
    shape_.step_time = tile_step_time(tile_, shape_);
    multiply_.op = TileOp::multiply;
    // Through wires the signs cancel, and no column is lifted; without noise that would be balance.
    for (int row = 0; row < 16; ++row) {
      multiply_.data.push_back(
          static_cast<std::int16_t>(row % 2 == 0 || tile_.wires.ideal ? 1 : -1));
    }
    bulk_.carry_out(multiply_, 0);
  }

  [[nodiscard]] ComponentParameters circuit(const std::string& name) const {
    for (const auto& circuit : tile_inventory(tile_, device_, shape_)) {
      if (circuit.name == name) return circuit;
    }
    throw std::logic_error("no " + name);
  }
  // Of one step, all instances.
  [[nodiscard]] double priced(const std::string& name) const {
    const auto found = circuit(name);
    return found.count * in_si(found.peak_power()) * in_si(shape_.step_time);
  }

  static constexpr int kPairs = 8;
  const TileParameters tile_ = TileParameters::load(find_tile(GetParam()));
  const DeviceModel device_{tile_.load_device()};
  CoreShape shape_{};
  TileCommand multiply_;
  Ledger ledger_;
  BulkTile bulk_{"t", tile_, device_, ledger_, {{16, kPairs}}};
};

TEST_P(MultiplyOnATile, TakesTheTimeOfAStep) {
  const auto first = bulk_.now();
  bulk_.carry_out(multiply_, first);
  EXPECT_DOUBLE_EQ(in_si(to_time(bulk_.now() - first)), in_si(shape_.step_time));
}

TEST_P(MultiplyOnATile, CostsWhatTheInventorySays) {
  EXPECT_NEAR(spent(ledger_, "t.comparators"), priced("comparator"), 1e-20);
  EXPECT_NEAR(spent(ledger_, "t.controller"), priced("controller"), 1e-20);
  EXPECT_NEAR(spent(ledger_, "t.rows"), priced("row_driver"), 1e-20);
  EXPECT_EQ(spent(ledger_, "t.drivers"), 0.0);
  // Fresh devices are all at their first level; the inventory takes the mean of the levels.
  const auto first = device_.readout().level_conductance(0);
  Conductance mean{};
  for (int site = 0; site < device_.sites(); ++site) {
    mean += device_.readout().level_conductance(site) / static_cast<double>(device_.sites());
  }
  EXPECT_NEAR(spent(ledger_, "t.array") * (mean / first), priced("array"), 0.01 * priced("array"));
}

// A component that a tile gets is one for the inventory as well.
TEST_P(MultiplyOnATile, SpendsOnNothingElse) {
  const auto circuits = tile_inventory(tile_, device_, shape_);
  for (const auto& component : ledger_.components()) {
    if (spent(ledger_, component.path) == 0.0) continue;
    const std::string path = component.path == "t.rows" ? "t.row_driver" : component.path;
    EXPECT_TRUE(std::any_of(circuits.begin(), circuits.end(), [&](const auto& circuit) {
      return path.rfind("t." + circuit.name, 0) == 0;
    })) << component.path;
  }
}

TEST_P(MultiplyOnATile, LeaksLikeTheTile) {
  for (const auto& component : ledger_.components()) {
    for (const auto& [path, name] :
         {std::pair("t.drivers", "driver"), std::pair("t.comparators", "comparator"),
          std::pair("t.controller", "controller")}) {
      if (component.path != path) continue;
      const auto found = circuit(name);
      EXPECT_DOUBLE_EQ(in_si(component.leakage), found.count * in_si(found.leakage)) << name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(, MultiplyOnATile, ::testing::Values("trapezoidal", "trapezoidal-65nm"));

TEST(BinaryComparator, TakesItsNumbersFromTheTile) {
  const auto architecture = Architecture::load(find_chip("binary-comparator"));
  const auto tile = TileParameters::load(find_tile("trapezoidal-65nm"));
  // A decision and its auto-zero; a row of 2 x 64 devices, 0.8 fF each at 0.2 V.
  EXPECT_NEAR(in_si(architecture.core.energy_of(Action::decision)), 267e-15, 1e-24);
  EXPECT_NEAR(in_si(architecture.core.energy_of(Action::row_drive)), 4.096e-15, 1e-24);
  EXPECT_EQ(architecture.core.shape.step_time, tile_step_time(tile, architecture.core.shape));
  const auto paths = architecture.constants;
  EXPECT_TRUE(std::any_of(paths.begin(), paths.end(), [](const Constant& constant) {
    return constant.path == "core.tile.comparator.energy" && constant.value == "67 fJ";
  }));
}

}  // namespace
}  // namespace dwmtj
