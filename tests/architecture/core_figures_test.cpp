// SPDX-License-Identifier: Apache-2.0
// `small` added up by hand, ISAAC against its publication.
#include "architecture/core_figures.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "architecture/architecture.h"
#include "architecture/chip_catalog.h"

namespace dwmtj {
namespace {

Architecture load(const std::string& name) { return Architecture::load(find_chip(name)); }

TEST(CoreFigures, SmallByHand) {
  const auto core = load("small").core_figures();
  EXPECT_NEAR(in_si(core.area), 800e-12, 1e-18);  // 2 x 100 um^2 + 2 x 300 um^2
  EXPECT_NEAR(in_si(core.leakage), 2e-6, 1e-15);  // 2 ADCs
  // 2 arrays x 10 pJ / 100 ns, 8 rows x 0.5 pJ / 100 ns, 2 ADCs x 80 uW, leakage
  EXPECT_NEAR(in_si(core.peak_power), 200e-6 + 40e-6 + 160e-6 + 2e-6, 1e-12);
  EXPECT_DOUBLE_EQ(core.weights, 32.0);                   // 2 x 4 x 8 / 2
  EXPECT_NEAR(core.operations, 2.0 * 32 / 400e-9, 1e-3);  // 4 steps of 100 ns
  EXPECT_DOUBLE_EQ(core.stored_bits, 128.0);              // 64 cells of 2 bits
  EXPECT_NEAR(core.operations_per_joule(), 160e6 / 402e-6, 1e3);
  EXPECT_NEAR(core.operations_per_area(), 160e6 / 800e-12, 1e9);
}

TEST(CoreFigures, AChipIsItsCoresAndWhatItHasBesides) {
  const auto architecture = load("small");
  ComponentParameters link{};
  link.name = "link";
  link.count = 3.0;
  link.area = from_si<Area>(1e-12);
  link.leakage = from_si<Power>(1e-6);
  link.actions = {{Action::link_bit, from_si<Energy>(1e-12), from_si<Frequency>(1e6)}};
  const auto core = architecture.core_figures();
  const auto chip = figures_of(architecture.core, 5.0, {link});
  EXPECT_NEAR(in_si(chip.area), 5 * in_si(core.area) + 3e-12, 1e-18);
  EXPECT_NEAR(in_si(chip.leakage), 5 * in_si(core.leakage) + 3e-6, 1e-15);
  EXPECT_NEAR(in_si(chip.peak_power), 5 * in_si(core.peak_power) + 3 * (1e-6 + 1e-6), 1e-12);
  EXPECT_DOUBLE_EQ(chip.operations, 5 * core.operations);
  ASSERT_EQ(chip.components.size(), 3U);
  EXPECT_EQ(chip.components.back().name, "link");
  EXPECT_DOUBLE_EQ(chip.components.front().count, 10.0);
}

TEST(CoreFigures, OnePriceForTheActionsOfAPower) {
  const auto core = load("small").core;
  // 80 uW at 8 conversions in 100 ns
  EXPECT_NEAR(in_si(core.energy_of(Action::conversion)), 1e-12, 1e-24);
  EXPECT_NEAR(in_si(core.energy_of(Action::row_drive)), 0.5e-12, 1e-24);
  EXPECT_EQ(in_si(core.energy_of(Action::decision)), 0.0);
}

// A price of nothing is one; that of a component which is not there is none.
TEST(CoreFigures, WhatIsPriced) {
  auto core = load("small").core;
  EXPECT_TRUE(core.prices(Action::conversion));
  EXPECT_FALSE(core.prices(Action::decision));
  for (auto& component : core.components) {
    for (auto& price : component.actions) price.energy = {};
  }
  EXPECT_TRUE(core.prices(Action::conversion));
  for (auto& component : core.components) component.count = 0.0;
  EXPECT_FALSE(core.prices(Action::conversion));
}

TEST(CoreFigures, AnActionThatSeveralComponentsTakePartIn) {
  const auto core = load("isaac-ce").core;
  const double results = 96 * 16 / 1.6e-6;  // a second
  // two sigmoids, a shift-and-add and a pooling unit of the tile
  // of sigmoid and adder a tenth is leakage
  EXPECT_NEAR(in_si(core.energy_of(Action::digital_op)),
              (0.9 * 0.52e-3 + 0.9 * 0.05e-3 + 0.4e-3) / results, 1e-18);
  // 192 mW of ADCs, less leakage, over 96 x 128 conversions in 100 ns
  EXPECT_NEAR(in_si(core.energy_of(Action::conversion)), 0.9 * 192e-3 * 100e-9 / 12288, 1e-18);
  // 20.7 mW for 32 bytes, 42 mW for 8 x 32 bits a cycle of 1.2 GHz
  EXPECT_NEAR(in_si(core.energy_of(Action::buffer_read_byte)), 20.7e-3 / (32 * 1.2e9), 1e-18);
  EXPECT_NEAR(in_si(core.energy_of(Action::router_bit)), 42e-3 / (256 * 1.2e9), 1e-18);
}

TEST(CoreFigures, IsaacAddsUpToWhatItPublishes) {
  const auto isaac = load("isaac-ce");
  int matching = 0;
  for (const auto& row : isaac.published) {
    const auto comparison = isaac.compare(row);
    EXPECT_EQ(comparison.matches(), row.note.empty()) << row.label;
    if (comparison.matches()) ++matching;
  }
  EXPECT_EQ(matching, 10);
  EXPECT_EQ(isaac.published.size(), 12U);
}

// What Table I prints as the sum of the twelve IMAs, and of the rest of a tile.
TEST(CoreFigures, IsaacsSubtotals) {
  const std::vector<std::string> in_the_ima = {"adc",
                                               "dac",
                                               "sample_and_hold",
                                               "array",
                                               "shift_and_add",
                                               "input_register",
                                               "output_register"};
  Power imas{};
  Power rest{};
  for (const auto& part : load("isaac-ce").core_figures().components) {
    const bool inside =
        std::find(in_the_ima.begin(), in_the_ima.end(), part.name) != in_the_ima.end();
    (inside ? imas : rest) += part.peak_power;
  }
  EXPECT_NEAR(in_si(imas), 289e-3, 1e-3);
  EXPECT_NEAR(in_si(rest), 40.9e-3, 0.1e-3);
}

TEST(CoreFigures, EveryArchitectureOfTheCatalogAddsUp) {
  for (const auto& name : chip_names(ChipKind::cores)) {
    const auto chip = load(name).chip_figures();
    EXPECT_GT(chip.operations_per_joule(), 1e9) << name;
    EXPECT_GT(chip.operations_per_area(), 1e12) << name;
  }
}

}  // namespace
}  // namespace dwmtj
