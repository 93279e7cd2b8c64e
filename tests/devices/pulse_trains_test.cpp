// SPDX-License-Identifier: Apache-2.0
#include "devices/pulse_trains.h"

#include <random>

#include <gtest/gtest.h>

#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

const char* const kText =
    "device,amplitude_V,width_s,conductance_S\n"
    "0,,,1e-5\n"
    "0,1,5e-8,1.5e-5\n"
    "0, -1.5 ,5e-8,1.2e-5\n"
    "\n"
    "1,,,2e-5\n"
    "1,1,5e-8,2.5e-5\n";

PulseTrains trains_in(const std::string& text) {
  static const TemporaryFolder kFolder;
  return read_pulse_trains(kFolder.write("trains.csv", text));
}

std::string refusal_of(const std::string& text) {
  return refusal_in("trains.csv", [&] { return trains_in(text); });
}

std::string with(const std::string& what, const std::string& instead) {
  return changed(kText, what, instead);
}

TEST(PulseTrains, APulseLiesBetweenTwoReadings) {
  const auto trains = trains_in(kText);
  EXPECT_FALSE(trains.in_amperes);
  ASSERT_EQ(trains.pulses.size(), 3U);
  EXPECT_DOUBLE_EQ(trains.pulses[1].amplitude, -1.5);
  EXPECT_DOUBLE_EQ(trains.pulses[1].width, 5e-8);
  EXPECT_DOUBLE_EQ(trains.pulses[1].before, 1.5e-5);
  EXPECT_DOUBLE_EQ(trains.pulses[1].after, 1.2e-5);
  EXPECT_DOUBLE_EQ(trains.pulses[2].before, 2e-5);  // a train of its own
}

TEST(PulseTrains, MayBeInAmperesAndOhm) {
  const auto trains = trains_in("resistance_ohm,width_s,amplitude_A\n1e5,,\n5e4,1e-9,2e-5\n");
  EXPECT_TRUE(trains.in_amperes);
  ASSERT_EQ(trains.pulses.size(), 1U);
  EXPECT_DOUBLE_EQ(trains.pulses[0].before, 1e-5);
  EXPECT_DOUBLE_EQ(trains.pulses[0].after, 2e-5);
}

TEST(PulseTrains, MistakesAreNamedWithTheirLine) {
  EXPECT_EQ(refusal_of(""), "1: expected a line of column names");
  EXPECT_EQ(refusal_of("a,b\n1,2\n"), "1: no column amplitude_V or amplitude_A");
  EXPECT_EQ(refusal_of(with("device,", "amplitude_A,")),
            "1: columns amplitude_A and amplitude_V; expected one of them");
  EXPECT_EQ(refusal_of(with("0,,,1e-5\n", "")),
            "2: a train begins with a reading alone, without amplitude");
  EXPECT_EQ(refusal_of(with("0,1,5e-8,1.5e-5", "0,1,5e-8")), "3: 3 fields; expected 4");
  EXPECT_EQ(refusal_of(with("0,1,5e-8,1.5e-5", "0,x,5e-8,1.5e-5")),
            "3: amplitude_V: 'x' is no number");
  EXPECT_EQ(refusal_of(with("0,1,5e-8,1.5e-5", "0,inf,5e-8,1.5e-5")),
            "3: amplitude_V: 'inf' is no number");
  EXPECT_EQ(refusal_of(with("0,1,5e-8,1.5e-5", "0,0,5e-8,1.5e-5")),
            "3: amplitude: expected another than 0");
  EXPECT_EQ(refusal_of(with("0,1,5e-8,1.5e-5", "0,1,0,1.5e-5")),
            "3: width_s: expected more than 0");
  EXPECT_EQ(refusal_of(with("1,,,2e-5", "1,,,-2e-5")), "6: conductance_S: expected more than 0");
  EXPECT_EQ(refusal_of("amplitude_V,width_s,conductance_S\n,,1e-5\n"),
            "3: expected at least one pulse");
}

TEST(PulseTrains, StandAnyMutation) {
  std::mt19937 random(1);
  const std::string text = kText;
  for (int round = 0; round < 300; ++round) {
    std::string mutated = text;
    mutated[random() % text.size()] = static_cast<char>(random());
    mutated.erase(random() % mutated.size(), random() % 3);
    const auto refusal = input_error_of([&] {
      for (const auto& pulse : trains_in(mutated).pulses) EXPECT_GT(pulse.width, 0.0);
      return 0;
    });
    EXPECT_TRUE(refusal == "accepted" || refusal.find("/trains.csv:") != std::string::npos)
        << refusal;
  }
}

}  // namespace
}  // namespace dwmtj
