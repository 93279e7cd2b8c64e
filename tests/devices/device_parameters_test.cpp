// SPDX-License-Identifier: Apache-2.0
#include "devices/device_parameters.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

using test::catalog_parameters;

TEST(DeviceParameters, TrapezoidIsReadAsWritten) {
  const auto device = catalog_parameters(test::kTrapezoid);
  EXPECT_DOUBLE_EQ(in_si(device.geometry.width_in), 250e-9);
  EXPECT_DOUBLE_EQ(in_si(device.geometry.width_clk), 1000e-9);
  EXPECT_DOUBLE_EQ(in_si(device.operating_point.track_current), 12.4e-6);
  EXPECT_DOUBLE_EQ(in_si(device.operating_point.shape.width), 50e-9);
  EXPECT_DOUBLE_EQ(in_si(device.readout.antiparallel), 100.0);
  EXPECT_DOUBLE_EQ(device.readout.tmr, 0.54);
  EXPECT_DOUBLE_EQ(device.readout.resistance_area, 60e-12);
  EXPECT_DOUBLE_EQ(in_si(device.fields.reset), -42e-3);
  EXPECT_DOUBLE_EQ(device.pinning.barrier_exponent, 1.5);
  EXPECT_EQ(device.protocol.ramp_cycles, 13);
}

TEST(DeviceParameters, ShallowNotchesAreFabricatedButNoSites) {
  const auto device = catalog_parameters(test::kTrapezoid);
  EXPECT_EQ(device.fabricated.size(), 8U);
  std::vector<std::string> names;
  for (const auto& site : device.sites) names.push_back(site.name);
  EXPECT_EQ(names, (std::vector<std::string>{"start", "n2", "n6", "n7"}));
}

// One geometry for both: twice the depth, twice the critical drive and the barrier.
TEST(DeviceParameters, BarriersFollowTheDepthUnlessASiteHasItsOwn) {
  const TemporaryFolder folder;
  const auto device = DeviceParameters::load(
      folder.write("mine.yaml",
                   "extends: straight\n"
                   "name: mine\n"
                   "pinning:\n"
                   "  barrier: {value: 80 kT, range: [1 kT, 2000 kT], source: s}\n"
                   "sites:\n"
                   "  - name: a\n"
                   "    position: {value: 1200 nm, range: [0 nm, 100 um], source: s}\n"
                   "    depth: {value: 25 nm, range: [0 nm, 500 nm], source: s}\n"
                   "    spread: {value: 1 ohm, range: [0 ohm, 100 ohm], source: s}\n"
                   "  - name: b\n"
                   "    position: {value: 2390 nm, range: [0 nm, 100 um], source: s}\n"
                   "    depth: {value: 25 nm, range: [0 nm, 500 nm], source: s}\n"
                   "    barrier: {value: 33 kT, range: [1 kT, 2000 kT], source: s}\n"
                   "    spread: {value: 1 ohm, range: [0 ohm, 100 ohm], source: s}\n"
                   "measured: ~\n"));
  EXPECT_DOUBLE_EQ(device.sites[0].barrier, 40.0);  // half of the reference depth of 50 nm
  EXPECT_DOUBLE_EQ(device.sites[1].barrier, 33.0);
}

TEST(DeviceParameters, MeasuredValuesNameTheHoldingSites) {
  const auto device = catalog_parameters(test::kTrapezoid);
  ASSERT_EQ(device.measured.switches.size(), 3U);
  const auto& reset = device.measured.switches[2];
  EXPECT_EQ(reset.label, "reset");
  EXPECT_EQ(reset.from, 3U);
  EXPECT_EQ(reset.to, 0U);
  EXPECT_DOUBLE_EQ(in_si(reset.mean), 3.7);
  EXPECT_DOUBLE_EQ(reset.var, 0.0135);
  EXPECT_EQ(reset.cycles, 3);
}

TEST(DeviceParameters, SiteArrayIsEvenlySpaced) {
  const auto device = catalog_parameters(test::kScaled);
  ASSERT_EQ(device.sites.size(), 33U);
  for (std::size_t i = 0; i < 33; ++i) {
    EXPECT_EQ(device.sites[i].name, "n" + std::to_string(i));
    EXPECT_NEAR(in_si(device.sites[i].position), (20.0 + 30.0 * static_cast<double>(i)) * 1e-9,
                1e-18);
  }
  EXPECT_TRUE(device.measured.levels.empty());
}

// 15 nm features: 8 states in 240 nm, as the text says.
TEST(DeviceParameters, TrackFollowsFromItsNotches) {
  TemporaryFolder folder;
  const auto file = folder.write(
      "device.yaml",
      "extends: straight-16\nname: mine\nsite_array:\n"
      "  count: {value: 8, range: [2, 64], source: text}\n"
      "track:\n  width_clk: ~\n  taper: {value: 4, range: [1, 10], source: \"Fig. 4\"}\n");
  const auto device = DeviceParameters::load(file);
  EXPECT_NEAR(in_si(device.geometry.length), 240e-9, 1e-18);
  EXPECT_NEAR(in_si(device.geometry.width_clk), 1400e-9, 1e-18);
  ASSERT_EQ(device.sites.size(), 8U);
  EXPECT_NEAR(in_si(device.sites[0].position), 15e-9, 1e-18);
  EXPECT_NEAR(in_si(device.sites[7].position), 225e-9, 1e-18);
  EXPECT_NEAR(in_si(device.geometry.mtj_start), 15e-9, 1e-18);
  EXPECT_NEAR(in_si(device.geometry.mtj_length), 210e-9, 1e-18);
  EXPECT_TRUE(device.variation.identical());
}

// A file of the catalog; each test breaks one place of it.
class MalformedDevice : public ::testing::Test {
 protected:
  void start_from(const std::string& name) { text_ = read_text(find_device(name)); }

  void replace(const std::string& from, const std::string& to) {
    const auto at = text_.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text_.replace(at, from.size(), to);
  }

  // `parts` stand in the message, which begins with file and line.
  void expect_error(const std::vector<std::string>& parts) const {
    const auto file = folder_.write("device.yaml", text_);
    const auto message = input_error_of([&] { return DeviceParameters::load(file); });
    EXPECT_EQ(message.rfind(file.string() + ":", 0), 0U) << message;
    for (const auto& part : parts) {
      EXPECT_NE(message.find(part), std::string::npos) << "no '" << part << "' in: " << message;
    }
  }

  TemporaryFolder folder_;
  std::string text_;
};

TEST_F(MalformedDevice, MissingKey) {
  start_from(test::kStraight);
  replace("  width_clk:", "  witdh_clk:");
  expect_error({":6: track: missing key 'width_clk'"});
}

TEST_F(MalformedDevice, UnknownKey) {
  start_from(test::kStraight);
  replace("  width_clk:", "  colour: {value: 1, range: [0, 1], source: hand}\n  width_clk:");
  expect_error(
      {":9: track.colour: unknown key; accepted here: length, width_in, taper, width_clk"});
}

TEST_F(MalformedDevice, TwoWordsForOneThing) {
  start_from(test::kScaled);
  replace("  pitch: {", "  feature: {value: 15 nm, range: [1 nm, 1 um], source: x}\n  pitch: {");
  expect_error({"site_array.pitch: expected either 'pitch' or 'feature', half of it"});
  start_from(test::kStraight);
  replace("  width_clk:", "  taper: {value: 4, range: [1, 9], source: x}\n  width_clk:");
  expect_error({":9: track.taper: stands beside 'width_clk'; only one of them can"});
}

TEST_F(MalformedDevice, SpreadsThatCannotBe) {
  start_from(test::kStraight);
  replace("spread: {value: 2.6 ohm", "spread: {value: 2.6 V");
  expect_error({"sites[1].spread.value: ", "resistance"});
  start_from(test::kStraight);
  replace("spread: {value: 2.6 ohm, range: [0 ohm, 100 ohm]",
          "spread: {value: 2 uS, range: [0 S, 1 S]");
  expect_error({"sites: the spread of 'n1' is in ohm, that of others in siemens"});
  replace("spread: {value: 1.1 ohm", "spread: {value: 0.5 ohm");
  expect_error({"sites: the spread of 'n1' is in ohm, that of others in siemens"});
  start_from(test::kStraight);
  replace("spread: {value: 2.6 ohm, range: [0 ohm, 100 ohm]",
          "spread: {value: 200 ohm, range: [0 ohm, 900 ohm]");
  expect_error({"sites: the spread of 'n2' is so wide that it could draw less than 0"});
}

TEST_F(MalformedDevice, VariationThatCannotBe) {
  const std::string rest = ", range: [0 %, 100 %], source: x}\n";
  const auto varied = [&](const std::string& resistance, const std::string& classes) {
    start_from(test::kStraight);
    text_ += "variation:\n  resistance: {value: " + resistance + rest +
             "  critical_current: {value: 1 %" + rest + "  barrier: {value: 0 %" + rest +
             "  classes: {value: " + classes + ", range: [1, 100], source: x}\n";
  };
  varied("15 %", "4");
  expect_error({"variation.resistance: expected less than 14.8 %"});
  varied("1 %", "16");
  expect_error({"variation.classes: ", "2 to 15"});
  varied("1 %", "1");
  expect_error({"variation.classes: ", "2 to 15"});
  varied("1 %", "2");
  EXPECT_EQ(DeviceParameters::load(folder_.write("two.yaml", text_)).variation.classes, 2);
  start_from(test::kStraight);
  text_ += "variation: alike\n";
  expect_error({"variation: expected the word identical, or a mapping"});
}

TEST_F(MalformedDevice, MissingSection) {
  start_from(test::kStraight);
  replace("\npinning:", "\npining:");
  expect_error({"missing key 'pinning'"});
}

TEST_F(MalformedDevice, ValueOutOfItsRange) {
  start_from(test::kStraight);
  replace("width: {value: 50 ns", "width: {value: 50 min");
  expect_error({"pulse.width.value: "});
  start_from(test::kStraight);
  replace("width: {value: 50 ns", "width: {value: 5 s");
  expect_error({"pulse.width.value: 5 s is out of range [1 ps, 1 s]"});
}

TEST_F(MalformedDevice, WrongUnit) {
  start_from(test::kStraight);
  replace("track_current: {value: 12.4 uA", "track_current: {value: 12.4 uV");
  expect_error({"operating_point.track_current.value: ", "current"});
}

TEST_F(MalformedDevice, EdgesThatDoNotFitThePulse) {
  start_from(test::kStraight);
  replace("rise: {value: 10 ns", "rise: {value: 95 ns");
  expect_error({": pulse: half of the rise and fall times must fit into the pulse width"});
}

TEST_F(MalformedDevice, ResistancesTheWrongWayRound) {
  start_from(test::kStraight);
  replace("resistance_antiparallel: {value: 1061 ohm", "resistance_antiparallel: {value: 900 ohm");
  expect_error({"mtj.resistance_antiparallel: must exceed resistance_parallel"});
}

TEST_F(MalformedDevice, SitesOutOfOrder) {
  start_from(test::kStraight);
  replace("position: {value: 1734.85 nm", "position: {value: 1324.64 nm");
  expect_error({"sites[2].position: ", "in order from IN to CLK", "'n2'"});
}

TEST_F(MalformedDevice, SiteNamedTwice) {
  start_from(test::kStraight);
  replace("- name: n4", "- name: n2");
  expect_error({"sites[3].name: 'n2' stands twice"});
}

TEST_F(MalformedDevice, SiteBeyondTheTrack) {
  start_from(test::kStraight);
  replace("length: {value: 3600 nm", "length: {value: 2000 nm");
  expect_error({"sites: 'n5' at 2.39 um lies beyond the track of 2 um"});
}

TEST_F(MalformedDevice, TooFewNotchesHold) {
  start_from(test::kScaled);
  replace("holding_depth: {value: 2 nm", "holding_depth: {value: 20 nm");
  expect_error({"site_array: 0 sites hold a wall (depth >= 20 nm); expected 2 to 64"});
}

TEST_F(MalformedDevice, NoSites) {
  start_from(test::kStraight);
  const auto from = text_.find("sites:\n");
  text_.replace(from, text_.find("protocol:") - from, "sites: []\n\n");
  expect_error({"sites: "});
}

TEST_F(MalformedDevice, CountThatIsNoCount) {
  for (const auto* count : {"2.5", "1", "65"}) {
    start_from(test::kScaled);
    replace("count: {value: 33, range: [2, 64]",
            std::string("count: {value: ") + count + ", range: [0, 1000]");
    expect_error({"site_array.count: expected a whole number from 2 to 64"});
  }
}

TEST_F(MalformedDevice, CyclesThatAreNoCount) {
  start_from(test::kStraight);
  replace("ramp_cycles: {value: 10", "ramp_cycles: {value: 10.5");
  expect_error({"protocol.ramp_cycles: expected a whole number"});
}

TEST_F(MalformedDevice, NegativeLengthInsideItsOwnRange) {
  start_from(test::kStraight);
  replace("width_in: {value: 350 nm, range: [10 nm,", "width_in: {value: -350 nm, range: [-1 um,");
  expect_error({"track.width_in: must be above zero"});
}

TEST_F(MalformedDevice, MeasuredSiteThatDoesNotHold) {
  start_from(test::kTrapezoid);
  replace("{site: n2,", "{site: n3,");
  expect_error({"measured.levels[0].site: 'n3' is not one of: start, n2, n6, n7"});
}

TEST_F(MalformedDevice, MeasuredValuesThatCannotBe) {
  start_from(test::kTrapezoid);
  const auto with = [&](const std::string& key, const std::string& value) {
    start_from(test::kTrapezoid);
    const auto at = text_.find(key + ": ", text_.find("measured:"));
    const auto end = text_.find_first_of(",}", at);
    text_.replace(at, end - at, key + ": " + value);
  };
  with("mean", "0 ohm");
  expect_error({"measured.levels[0].mean: must be above 0 ohm"});
  with("spread", "0 ohm");
  expect_error({"measured.levels[0].spread: must be above 0 ohm"});
  with("var", "0");
  expect_error({"measured.switches[0].var: expected a share of the mean, above 0 and below 1"});
  with("var", "1");
  expect_error({"measured.switches[0].var: expected a share of the mean, above 0 and below 1"});
  with("cycles", "1");
  expect_error({"measured.switches[0].cycles: "});
}

}  // namespace
}  // namespace dwmtj
