// SPDX-License-Identifier: Apache-2.0
#include "common/quantity_text.h"

#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/input_error_of.h"

namespace dwmtj {
namespace {

struct Example {
  Dimension dimension;
  const char* text;
  double value;  // in SI units
};

// Every dimension, and every unit of it; each text is also the shortest form of its value.
const std::vector<Example> kExamples = {
    {Dimension::number, "0.25", 0.25},
    {Dimension::time, "2 s", 2.0},
    {Dimension::time, "2 ms", 2e-3},
    {Dimension::time, "2 us", 2e-6},
    {Dimension::time, "50 ns", 50e-9},
    {Dimension::time, "2 ps", 2e-12},
    {Dimension::time, "2 fs", 2e-15},
    {Dimension::time, "2 h", 7200.0},
    {Dimension::time, "2 d", 172800.0},
    {Dimension::time, "10 y", 315576000.0},
    {Dimension::voltage, "2 V", 2.0},
    {Dimension::voltage, "1.5 kV", 1500.0},
    {Dimension::voltage, "-200 mV", -0.2},
    {Dimension::voltage, "3 uV", 3e-6},
    {Dimension::voltage, "3 nV", 3e-9},
    {Dimension::current, "1 A", 1.0},
    {Dimension::current, "1 mA", 1e-3},
    {Dimension::current, "12.4 uA", 12.4e-6},
    {Dimension::current, "7 nA", 7e-9},
    {Dimension::current, "7 pA", 7e-12},
    {Dimension::resistance, "913.1 ohm", 913.1},
    {Dimension::capacitance, "300 aF", 0.3e-15},
    {Dimension::capacitance, "2 pF", 2e-12},
    {Dimension::resistance, "1.061 kohm", 1061.0},
    {Dimension::resistance, "3 Mohm", 3e6},
    {Dimension::resistance, "3 mohm", 3e-3},
    {Dimension::conductance, "2 S", 2.0},
    {Dimension::conductance, "1.1 mS", 1.1e-3},
    {Dimension::conductance, "64 uS", 64e-6},
    {Dimension::conductance, "64 nS", 64e-9},
    {Dimension::energy, "2 J", 2.0},
    {Dimension::energy, "2 mJ", 2e-3},
    {Dimension::energy, "2 uJ", 2e-6},
    {Dimension::energy, "2 nJ", 2e-9},
    {Dimension::energy, "2.48 pJ", 2.48e-12},
    {Dimension::energy, "124 fJ", 0.124e-12},
    {Dimension::energy, "5 aJ", 5e-18},
    {Dimension::power, "2 W", 2.0},
    {Dimension::power, "2 kW", 2e3},
    {Dimension::power, "2 mW", 2e-3},
    {Dimension::power, "5 uW", 5e-6},
    {Dimension::power, "5 nW", 5e-9},
    {Dimension::power, "5 pW", 5e-12},
    {Dimension::length, "1 m", 1.0},
    {Dimension::length, "1 mm", 1e-3},
    {Dimension::length, "3.6 um", 3.6e-6},
    {Dimension::length, "250 nm", 250e-9},
    {Dimension::area, "2 m^2", 2.0},
    {Dimension::area, "2 mm^2", 2e-6},
    {Dimension::area, "0.6877 mm^2", 0.6877e-6},
    {Dimension::area, "0.01 mm^2", 1e-8},
    {Dimension::area, "9900 um^2", 9.9e-9},
    {Dimension::area, "2 um^2", 2e-12},
    {Dimension::area, "420 nm^2", 420e-18},
    {Dimension::velocity, "500 m/s", 500.0},
    {Dimension::temperature, "300 K", 300.0},
    {Dimension::field, "1 T", 1.0},
    {Dimension::field, "-4 mT", -4e-3},
    {Dimension::field, "30 uT", 30e-6},
    {Dimension::frequency, "50 Hz", 50.0},
    {Dimension::frequency, "50 kHz", 50e3},
    {Dimension::frequency, "50 MHz", 50e6},
    {Dimension::frequency, "1 GHz", 1e9},
    {Dimension::line_current, "25.7 A/m", 25.7},
    {Dimension::line_current, "2 kA/m", 2e3},
    {Dimension::line_current, "2 mA/m", 2e-3},
    {Dimension::field_coupling, "298.7 A/m/T", 298.7},
    {Dimension::field_coupling, "3 kA/m/T", 3e3},
    {Dimension::resistance_area, "3 ohm m^2", 3.0},
    {Dimension::resistance_area, "60 ohm um^2", 60e-12},
    {Dimension::energy_per_area, "4 J/m^2", 4.0},
    {Dimension::energy_per_area, "4 fJ/um^2", 4e-3},
    {Dimension::energy_per_area, "4 aJ/um^2", 4e-6},
    {Dimension::barrier, "88 kT", 88.0},
};

std::string rejection(const std::string& text, Dimension dimension) {
  return input_error_of([&] { return parse_quantity(text, dimension); });
}

TEST(ParseQuantity, ReadsEveryUnit) {
  for (const auto& example : kExamples) {
    EXPECT_DOUBLE_EQ(parse_quantity(example.text, example.dimension), example.value)
        << example.text;
  }
}

TEST(FormatQuantity, PrintsTheShortestForm) {
  for (const auto& example : kExamples) {
    EXPECT_EQ(format_quantity(example.value, example.dimension), example.text);
  }
}

TEST(ParseQuantity, ReadsPerCentAsANumber) {
  EXPECT_DOUBLE_EQ(parse_quantity("2.5 %", Dimension::number), 0.025);
}

TEST(ParseQuantity, NeedsNoSpaceBeforeTheUnitAndIgnoresItAround) {
  for (const char* const text : {"50ns", " 50 ns", "50   ns\t", "+50 ns", "5e1 ns", "50.0 ns"}) {
    EXPECT_DOUBLE_EQ(parse_quantity(text, Dimension::time), 50e-9) << text;
  }
}

TEST(ParseQuantity, SaysWhatItExpected) {
  EXPECT_EQ(rejection("50 V", Dimension::time),
            "'50 V' is not a time such as 50 ns (units: s, ms, us, ns, ps, fs, h, d, y)");
  EXPECT_EQ(rejection("50 ns", Dimension::number),
            "'50 ns' is not a number such as 0.25 or 25 % (units: %)");
}

TEST(ParseQuantity, RejectsWhatIsNoTime) {
  for (const char* const text :
       {"50",     "50 xs",   "nan ns", "inf s",    "-inf s", "",        " ",
        "ns",     "1e999 s", "5 0 ns", "50 ns ns", "50 NS",  "0x10 ns", "1,5 ns",
        "--5 ns", "+-5 ns",  "++5 ns", "+ 5 ns",   "+",      "5 n s",   "1e308 y"}) {
    EXPECT_EQ(rejection(text, Dimension::time),
              "'" + std::string(text) + "' is not " + describe(Dimension::time));
  }
}

TEST(ParseQuantity, ReportsControlCharactersInOneLine) {
  const std::string zero(1, '\0');
  EXPECT_EQ(rejection("5\nns", Dimension::time), "'5?ns' is not " + describe(Dimension::time));
  EXPECT_EQ(rejection("5 \x1b[2J", Dimension::time),
            "'5 ?[2J' is not " + describe(Dimension::time));
  EXPECT_EQ(rejection("5 ns" + zero, Dimension::time),
            "'5 ns?' is not " + describe(Dimension::time));
}

TEST(FormatQuantity, RoundsBeforeItChoosesTheUnit) {
  EXPECT_EQ(format_quantity(999.96e-9, Dimension::time), "1 us");
  EXPECT_EQ(format_quantity(999.94e-9, Dimension::time), "999.9 ns");
}

TEST(FormatQuantity, PrintsZeroAndWhatIsNotFinite) {
  EXPECT_EQ(format_quantity(0.0, Dimension::time), "0 s");
  EXPECT_EQ(format_quantity(std::nan(""), Dimension::voltage), "nan V");
  EXPECT_EQ(format_quantity(-INFINITY, Dimension::number), "-inf");
}

TEST(FormatQuantity, TakesTheUnitOfTheQuantity) {
  EXPECT_EQ(format_quantity(from_si<Time>(50e-9)), "50 ns");
  EXPECT_EQ(format_quantity(from_si<Field>(-4e-3)), "-4 mT");
  EXPECT_EQ(format_quantity(from_si<LineCurrent>(25.6666), 3), "25.7 A/m");
}

// What is printed with 17 digits is read back as the same value, but for the scaling by the unit.
TEST(QuantityText, RoundTripsOverRandomValues) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> exponent(-25.0, 15.0);
  for (int round = 0; round < 20000; ++round) {
    const auto dimension = kExamples[static_cast<std::size_t>(round) % kExamples.size()].dimension;
    const double value = (round % 2 == 0 ? 1.0 : -1.0) * std::pow(10.0, exponent(random));
    const auto text = format_quantity(value, dimension, 17);
    ASSERT_NEAR(parse_quantity(text, dimension), value, 1e-15 * std::abs(value)) << text;
  }
}

// With few digits the text is a fixed point: reading and printing it again changes nothing.
TEST(QuantityText, ShortFormsAreStable) {
  std::mt19937_64 random(2);
  std::uniform_real_distribution<double> exponent(-20.0, 12.0);
  for (int round = 0; round < 20000; ++round) {
    const auto dimension = kExamples[static_cast<std::size_t>(round) % kExamples.size()].dimension;
    const auto text = format_quantity(std::pow(10.0, exponent(random)), dimension);
    ASSERT_EQ(format_quantity(parse_quantity(text, dimension), dimension), text);
  }
}

}  // namespace
}  // namespace dwmtj
