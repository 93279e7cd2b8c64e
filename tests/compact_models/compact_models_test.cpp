// SPDX-License-Identifier: Apache-2.0
// Exported devices against the law they come from; the circuits by the simulators they are for.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "compact_models/compact_text.h"
#include "compact_models/wall_expressions.h"
#include "devices/catalog.h"
#include "tests/support/catalog_model.h"
#include "tests/support/input_error_of.h"
#include "tests/support/other_programs.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

struct Simulated {
  double energy = 0.0;            // J, of all devices together
  std::vector<double> sites;      // at the end
  std::vector<double> exposures;  // to the pulse
};

// Devices in a row, so that one source pulses them all.
std::string circuit_of(const DeviceModel& model, Current amplitude, int start, int devices) {
  const auto law = device_law(model);
  const auto& shape = model.parameters().operating_point.shape;
  const bool forward = in_si(amplitude) > 0.0;
  std::string text = "* devices in a row\n" + spice_subcircuit(law);
  std::string prints;
  for (int i = 0; i < devices; ++i) {
    const auto next = i + 1 < devices ? fmt::format("t{}", i + 1) : std::string("0");
    text += fmt::format("X{0} t{0} {1} o 0 s{0} dwmtj_{2} s0={3}\n", i, next, law.name, start);
    prints += fmt::format("let site{0} = v(s{0})[length(v(s{0}))-1]\nprint site{0}\n", i);
    prints += fmt::format("let seen{0} = v(x{0}.{1})[length(v(x{0}.{1}))-1]\nprint seen{0}\n", i,
                          forward ? "f" : "r");
  }
  return text +
         fmt::format(
             "I1 0 t pulse(0 {0:.9g} 0 {1:.9g} {2:.9g} {3:.9g})\nVtotal t t0 0\nVo o 0 0.1\n"
             ".option seed=3\n.tran {4:.3g} {5:.9g} 0 {4:.3g} uic\n.control\nrun\n"
             "let power = v(t0)*i(vtotal)\nmeas tran energy integ power from=0 to={5:.9g}\n",
             in_si(amplitude), in_si(shape.rise), in_si(shape.fall), in_si(shape.flat()),
             0.1 / law.attempt_rate, 1.1 * in_si(shape.foot_to_foot())) +
         prints + "quit 0\n.endc\n.end\n";
}

Simulated simulate(const DeviceModel& model, Current amplitude, int start, int devices) {
  const TemporaryFolder folder;
  const auto file = folder.write("row.cir", circuit_of(model, amplitude, start, devices));
  const auto text = test::output_of("ngspice -b " + file.string());
  Simulated result;
  result.energy = test::printed(text, "energy");
  for (int i = 0; i < devices; ++i) {
    result.sites.push_back(test::printed(text, fmt::format("site{}", i)));
    result.exposures.push_back(test::printed(text, fmt::format("seen{}", i)));
  }
  return result;
}

struct Case {
  const char* device;
  double pads;  // V
  int start;
};

// The chance to leave by the exposure, and by the share that left, against the table.
void expect_law(const Case& c) {
  constexpr int kDevices = 24;
  const auto& model = test::catalog_model(c.device);
  const auto pulse = model.pad_pulse(test::volts(c.pads));
  const auto result = simulate(model, pulse.amplitude, c.start, kDevices);
  const double energy = in_si(model.parameters().operating_point.pulse_energy(pulse)) * kDevices;
  EXPECT_NEAR(std::abs(result.energy), energy, 0.01 * energy);
  const double leaves = 1.0 - model.table(pulse).probability(c.start, c.start);
  int left = 0;
  int mid_hop = 0;  // whose threshold is the exposure that the pulse happens to end with
  for (std::size_t i = 0; i < result.sites.size(); ++i) {
    const double moved = std::abs(result.sites[i] - c.start);
    const bool in_mid_hop = std::abs(moved - std::round(moved)) > 0.001;
    mid_hop += in_mid_hop ? 1 : 0;
    left += moved > 0.5 ? 1 : 0;
    if (moved < 0.5 && !in_mid_hop) {
      EXPECT_NEAR(1.0 - std::exp(-result.exposures[i]), leaves, 0.01) << i;
    }
  }
  const double deviation = std::sqrt(kDevices * leaves * (1.0 - leaves));
  EXPECT_NEAR(left, kDevices * leaves, 4.5 * deviation) << c.device << " at " << c.pads;
  EXPECT_LE(mid_hop, 1);
  EXPECT_GT(left, 0);
  EXPECT_LT(left, kDevices);
}

TEST(SpiceSubcircuit, GivesEnergyAndHopsOfTheLaw) {
  if (!test::installed("ngspice")) GTEST_SKIP() << "ngspice is not installed";
  expect_law({"straight", 4.0, 1});
  expect_law({"trapezoidal", -3.7, 3});
}

TEST(VerilogA, IsParsedByAdms) {
  if (!test::installed("admsXml")) GTEST_SKIP() << "adms is not installed";
  for (const auto* const name : {"straight", "trapezoidal", "straight-16"}) {
    const TemporaryFolder folder;
    const auto file =
        folder.write("device.va", verilog_a_module(device_law(test::catalog_model(name)), 1));
    const auto text =
        test::output_of("cd " + folder.path().string() + " && admsXml " + file.filename().string());
    EXPECT_EQ(text.find("[fatal"), std::string::npos) << text;
    EXPECT_EQ(text.find("[error"), std::string::npos) << text;
  }
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::string without_breaks(const std::string& text) {
  std::string words;
  for (const char c : text) {
    if (c != ' ' && c != '\n') words += c;
  }
  return words;
}

// The same equations but for the names of the quantities.
TEST(VerilogA, HasTheEquationsOfTheSubcircuit) {
  const auto law = device_law(test::catalog_model("trapezoidal"));
  auto spice = without_breaks(replaced(spice_subcircuit(law), "\n+ ", ""));
  spice = replaced(replaced(spice, "v(site)", "site"), "i(Vtrack)", "current");
  for (const auto* const wave : {"f", "r"}) {
    spice = replaced(spice, fmt::format("(v({})-", wave), fmt::format("({}-", wave));
  }
  for (int i = 1; i <= hops_of_a_run(law); ++i) {
    for (const auto* const name : {"tf", "tr"}) {
      spice = replaced(spice, fmt::format("v({}{})", name, i), fmt::format("{}{}", name, i));
    }
  }
  const auto verilog = without_breaks(verilog_a_module(law, 1));
  const WallNames names{"site", "current", "f", "r", "tf{}", "tr{}"};
  for (const auto& equation : {exposure_rate(law, Direction::forward, names),
                               exposure_rate(law, Direction::reverse, names),
                               site_expression(law, names), conductance_expression(law, names)}) {
    EXPECT_NE(spice.find(without_breaks(equation)), std::string::npos) << equation;
    EXPECT_NE(verilog.find(without_breaks(equation)), std::string::npos) << equation;
  }
}

}  // namespace
}  // namespace dwmtj
