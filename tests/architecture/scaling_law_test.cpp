// SPDX-License-Identifier: Apache-2.0
// Prices that follow a changed shape, by hand; and shapes that are refused.
#include "architecture/scaling_law.h"

#include <cmath>

#include <gtest/gtest.h>

#include "architecture/architecture.h"
#include "architecture/chip_catalog.h"
#include "tests/support/input_error_of.h"

namespace dwmtj {
namespace {

Architecture with(const std::string& name, const std::vector<std::string>& overrides = {}) {
  return Architecture::load(find_chip(name), ParameterOverrides(overrides));
}

const ComponentParameters& component(const Architecture& architecture, const std::string& name) {
  for (const auto& component : architecture.core.components) {
    if (component.name == name) return component;
  }
  throw std::logic_error("no component " + name);
}

// As a product: what is zero, as the leakage of adc-multibit, must stay so.
void expect_ratio(double now, double before, double ratio, const std::string& what) {
  EXPECT_NEAR(now, ratio * before, 1e-9 * ratio * before) << what;
}

// Ten times the arrays: ten times of everything, at the same efficiency and density.
TEST(ScalingLaw, ArraysMultiplyAreaPowerAndThroughput) {
  for (const std::string name : {"isaac-ce", "adc-multibit", "binary-comparator", "small"}) {
    const auto one = with(name);
    const auto arrays = std::to_string(10 * one.core.shape.arrays);
    const auto ten = with(name, {"core.arrays=" + arrays}).core_figures();
    const auto core = one.core_figures();
    expect_ratio(ten.operations, core.operations, 10.0, name + " throughput");
    expect_ratio(in_si(ten.area), in_si(core.area), 10.0, name + " area");
    expect_ratio(in_si(ten.leakage), in_si(core.leakage), 10.0, name + " leakage");
  }
}

TEST(ScalingLaw, PeakPowerFollowsTheArrays) {
  for (const std::string name : {"isaac-ce", "small"}) {
    const auto one = with(name);
    const auto ten = with(name, {"core.arrays=" + std::to_string(10 * one.core.shape.arrays)});
    expect_ratio(in_si(ten.core_figures().peak_power), in_si(one.core_figures().peak_power), 10.0,
                 name);
  }
}

// One bit more: four times the energy of a conversion, 2^0.6535 of the area.
TEST(ScalingLaw, AnAdcOfMoreBits) {
  const auto before = with("isaac-ce");
  const auto after = with("isaac-ce", {"core.adc.bits=9"});
  expect_ratio(in_si(after.core.energy_of(Action::conversion)),
               in_si(before.core.energy_of(Action::conversion)), 4.0, "energy");
  expect_ratio(in_si(component(after, "adc").area), in_si(component(before, "adc").area),
               std::exp2(0.6535), "area");
  EXPECT_EQ(component(after, "adc").count, component(before, "adc").count);
}

// Three more: 2^2 a bit, so 64 times; two fewer: a sixteenth.
TEST(ScalingLaw, AnAdcOfSeveralBitsMoreOrFewer) {
  const auto energy = [](const char* bits) {
    return in_si(with("isaac-ce", {std::string("core.adc.bits=") + bits})
                     .core.energy_of(Action::conversion));
  };
  expect_ratio(energy("11"), energy("8"), 64.0, "11 bits");
  expect_ratio(energy("6"), energy("8"), 1.0 / 16.0, "6 bits");
}

// Twice the columns in the same step: conversions twice as often, each 2^1.4876 as dear.
TEST(ScalingLaw, ColumnsAreConvertedInTheSameStep) {
  const auto before = with("isaac-ce");
  const auto after = with("isaac-ce", {"core.columns=256"});
  expect_ratio(in_si(after.core.energy_of(Action::conversion)),
               in_si(before.core.energy_of(Action::conversion)), std::pow(2.0, 1.4876), "ADC");
  expect_ratio(in_si(component(after, "adc").actions[0].peak),
               in_si(component(before, "adc").actions[0].peak), 2.0, "rate");
  expect_ratio(in_si(after.core.energy_of(Action::array_read)),
               in_si(before.core.energy_of(Action::array_read)), 2.0, "cells");
  expect_ratio(in_si(after.core.energy_of(Action::row_drive)),
               in_si(before.core.energy_of(Action::row_drive)), 2.0, "wire of a row");
  expect_ratio(component(after, "sample_and_hold").count,
               component(before, "sample_and_hold").count, 2.0, "one a column");
}

TEST(ScalingLaw, WhatHasNoLawIsRefused) {
  const auto error = [](const std::string& override) {
    return input_error_of([&] { return with("isaac-ce", {override}); });
  };
  const auto dac = error("core.input_bits_per_step=2");
  EXPECT_NE(dac.find("core.components.dac: its price is for input_bits_per_step of 1, and the core "
                     "has 2: expected a 'law'"),
            std::string::npos)
      << dac;
  const auto bits = error("core.adc.bits=15");
  EXPECT_NE(bits.find("core.components.adc: its law holds for adc_bits from 4 to 14, not for 15"),
            std::string::npos)
      << bits;
}

TEST(ScalingLaw, ResolutionThatTellsAllSumsApart) {
  const auto shape = with("adc-multibit").core.shape;
  EXPECT_EQ(shape.adc_bits_for(128, 16), 11);  // 0 to 1920
  EXPECT_EQ(shape.adc_bits_for(128, 4), 9);    // 0 to 384
  EXPECT_EQ(shape.adc_bits_for(1, 2), 1);      // 0 and 1
}

}  // namespace
}  // namespace dwmtj
