// SPDX-License-Identifier: Apache-2.0
// Options that do not fit: each is refused in words at the edge of what is allowed, and what lies
// on the edge is not (it gets as far as to miss its data).
#include <gmock/gmock.h>

#include "tests/app/program.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

using ::testing::StartsWith;
using Words = std::vector<std::string>;

const std::string kNetwork = DWMTJ_SOURCES "/networks/examples/tiny.onnx";

struct Refusal {
  Words words;
  std::string reason;
};

void expect_refused(const Words& command, const std::vector<Refusal>& refusals) {
  const TemporaryFolder folder;
  for (const auto& [words, reason] : refusals) {
    auto all = command;
    all.insert(all.end(), words.begin(), words.end());
    const auto outcome = dwmtj_in(folder.path(), all);
    EXPECT_EQ(outcome.status, 2) << reason;
    EXPECT_THAT(outcome.err, StartsWith("dwmtj: " + reason));
  }
}

const Words kInfer = {"infer", kNetwork, "--data", "none"};

TEST(Refusals, OfInference) {
  const std::string only_devices = "expected --device or --arch as well";
  expect_refused(
      kInfer,
      {{{"--stuck", "101 %"}, "--stuck: expected 0 % to 100 %"},
       {{"--stuck", "-1 %"}, "--stuck: expected 0 % to 100 %"},
       {{"--stuck-level", "1"}, "--stuck-level: expected --stuck as well"},
       {{"--hold", "-1 ns"}, "--hold: expected a time of at least 0 s"},
       {{"--temperature", "0.9 K"}, "--temperature: expected 1 K to 1000 K"},
       {{"--reads", "1"}, "--reads and --read-current: expected both or neither"},
       {{"--read-current", "1 uA"}, "--reads and --read-current: expected both or neither"},
       {{"--wire", "-1 ohm"}, "--wire, --driver, --sense: expected at least 0 ohm"},
       {{"--sense", "-1 ohm"}, "--wire, --driver, --sense: expected at least 0 ohm"},
       {{"--spare-columns", "1"}, "--spare-columns: expected --readout tile as well"},
       {{"--readout", "tile", "--write", "ideal"}, "--readout tile: tiles are written by"},
       {{"--readout", "tile", "--write", "pulses", "--johnson"}, "--readout tile: noise, "},
       {{"--readout", "tile", "--write", "pulses", "--read-noise"}, "--readout tile: noise"},
       {{"--readout", "tile", "--write", "pulses", "--reads", "1", "--read-current", "1 uA"},
        "--readout tile: expected no --reads"},
       {{"--resume"}, "--resume: expected --out as well"},
       {{"--bit-serial"}, "--bit-serial: expected --input-bits as well"},
       {{"--device", "straight", "--johnson"}, "--readout, --read-noise, --johnson: "},
       {{"--device", "straight", "--read-noise"}, "--readout, --read-noise, --johnson: "},
       {{"--set", "mtj.tmr=1"}, "--set: " + only_devices},
       {{"--wire", "1 ohm"}, "--wire: " + only_devices},
       {{"--sense", "1 ohm"}, "--sense: " + only_devices},
       {{"--stuck", "1 %"}, "--stuck: " + only_devices},
       {{"--hold", "1 s"}, "--hold: " + only_devices},
       {{"--bits", "3"}, "--bits: " + only_devices},
       {{"--programmings", "1"}, "--programmings: " + only_devices},
       {{"--tile", "straight"}, "--tile: " + only_devices},
       {{"--write", "ideal"}, "--write: " + only_devices},
       {{"--readout", "tile"}, "--readout: " + only_devices},
       {{"--converter-bits", "4"}, "--converter-bits: " + only_devices},
       {{"--rows", "4"}, "--rows: " + only_devices},
       {{"--each-layer"}, "--each-layer: " + only_devices},
       {{"--save-calibration", "a", "--clip", "99"}, "--clip: " + only_devices},
       {{"--input-bits", "3"}, "--input-bits: " + only_devices},
       {{"--johnson"}, "--johnson: " + only_devices}});
}

TEST(Refusals, OfInferenceNotAtTheEdge) {
  const std::string on = "--device";
  expect_refused(kInfer,
                 {{{on, "straight", "--stuck", "0 %"}, "data 'none'"},
                  {{on, "straight", "--stuck", "100 %", "--stuck-level", "1"}, "data 'none'"},
                  {{on, "straight", "--hold", "0 s"}, "data 'none'"},
                  {{on, "straight", "--wire", "0 ohm"}, "data 'none'"},
                  {{on, "straight", "--programmings", "2"}, "data 'none'"},
                  {{"--input-bits", "3", "--save-calibration", "c.json"}, "data 'none'"}});
}

TEST(Refusals, OfMeasurements) {
  const std::string field = "--field-most: expected up to 10 T, above 0 T";
  const std::string temperature = "--temperature: expected 1 K to 1000 K";
  expect_refused(
      {"characterize", "straight", "--no-figures"},
      {{{"--field-most", "0 T"}, field},
       {{"--field-most", "10.1 T"}, field},
       {{"--temperatures", "300 K,0 K"}, "--temperatures: must be above 0 K"},
       {{"--widths", "1 ns,0 s"}, "--widths: must be above 0 s"},
       {{"--temperature", "0.9 K"}, temperature},
       {{"--temperature", "1000.1 K"}, temperature},
       {{"--step", "0 V"}, "--step: "},
       {{"--stop", "0 V"}, "--stop: "},
       {{"--reset-stop", "0 V"}, "--reset-stop: "},
       {{"--start", "-0.1 V"}, "--start: must not be negative"},
       {{"--start", "3 V", "--stop", "3 V", "--step", "1 V"}, "the ramp from 3 V to 3 V"},
       {{"--stop", "1 V", "--step", "2.5 V"}, "the ramp from "}});
  const std::string sizes = ": expected an even number from 2 to 4096";
  expect_refused({"wires", "--no-figures"},
                 {{{"--columns", "3"}, "--columns: 3" + sizes},
                  {{"--columns", "0"}, "--columns: 0" + sizes},
                  {{"--columns", "4098"}, "--columns: 4098" + sizes},
                  {{"--segments", "0 ohm"}, "--segments: must be above 0 ohm"}});
  expect_refused({"fit", "none.csv", "--like", "straight"},
                 {{{"--name", ".x"}, "--name: '.x' is not made of letters, digits, - and _"},
                  {{"--name", "a b"}, "--name: 'a b' is not made of letters, digits, - and _"},
                  {{"--name", "x.y-z_1"}, "none.csv: cannot be read"}});
  const std::string above = "--mean, --var and --step must be above zero";
  expect_refused({"calibrate"}, {{{"--mean", "0 V", "--var", "1 %"}, above},
                                 {{"--mean", "1 V", "--var", "0 %"}, above},
                                 {{"--mean", "1 V", "--var", "1 %", "--step", "0 V"}, above},
                                 {{"--mean", "1 V", "--var", "1 %", "--attempt-time", "0 s"},
                                  "--attempt-time must be above zero"},
                                 {{"--mean", "1 V", "--var", "1 %", "--site", "n2"},
                                  "--site and --reset: expected --device as well"},
                                 {{"--mean", "1 V", "--var", "1 %", "--reset"},
                                  "--site and --reset: expected --device as well"}});
}

TEST(Refusals, OfSimulations) {
  const Words chip = {"simulate", kNetwork, "--data", "none", "--chip", "mesh-256"};
  const std::string when = "--trace-window, --trace-from, --trace-to: expected one way to say when";
  expect_refused(chip,
                 {{{"--hold", "-1 ns"}, "--hold: expected a time of at least 0 s"},
                  {{"--temperature", "301 K"}, "--temperature: expected --hold as well"},
                  {{"--refresh"}, "--refresh: expected --hold or --state as well"},
                  {{"--trace-window", "image 0"}, "--trace-window: where to?"},
                  {{"--trace-window", "image 0", "--vcd", "a.vcd", "--trace-from", "1 ns"}, when},
                  {{"--trace-window", "image 0", "--vcd", "a.vcd", "--trace-to", "1 ns"}, when},
                  {{"--trace-from", "1 ns"}, "--trace, --trace-from, --trace-to: where to?"},
                  {{"--vcd", "a.vcd"}, "--vcd: only pins have waveforms: give --zoom TILE"},
                  {{"--hold", "0 s", "--temperature", "300 K"}, "data 'none'"},
                  {{"--hold", "1 s", "--temperature", "301 K", "--refresh"}, "data 'none'"}});
  const std::string quantum = "--quantum: expected 0 s to 1 s";
  expect_refused({"replay", "none.trace", "--arch", "mesh-256"},
                 {{{"--quantum", "-1 ns"}, quantum},
                  {{"--quantum", "1.1 s"}, quantum},
                  {{"--power-window", "0.9 ps", "--out", "x"}, "--power-window: expected at least"},
                  {{"--power-window", "1 ps"}, "--power-window: give --out, "}});
}

}  // namespace
}  // namespace dwmtj
