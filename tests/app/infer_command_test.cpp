// SPDX-License-Identifier: Apache-2.0
// `dwmtj infer` as a shell would run it: the example network on images made here.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <random>
#include <sstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "common/build_paths.h"
#include "tests/app/program.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

using testing::HasSubstr;

constexpr int kImages = 40;
const std::string kNetwork = std::string(kSourceDir) + "/networks/examples/fashion-cnn.onnx";

std::string big_endian(std::uint32_t value) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(value >> shift & 0xffU);
  return text;
}

class InferCommand : public ::testing::Test {
 protected:
  InferCommand() {
    std::filesystem::create_directory(folder_ / "data");
    write_images(kImages);
    write_labels(kImages);
  }
  void write_images(std::uint32_t count, std::uint32_t side = 28) const {
    std::mt19937 words(3);
    std::string pixels;
    for (std::uint32_t i = 0; i < count * side * side; ++i) pixels += static_cast<char>(words());
    for (const auto* const part : {"t10k", "train"}) {
      folder_.write(
          std::string("data/") + part + "-images-idx3-ubyte",
          big_endian(0x803) + big_endian(count) + big_endian(side) + big_endian(side) + pixels);
    }
  }
  void write_labels(std::uint32_t count) const {
    std::string labels;
    for (std::uint32_t i = 0; i < count; ++i) labels += static_cast<char>(i % 10);
    for (const auto* const part : {"t10k", "train"}) {
      folder_.write(std::string("data/") + part + "-labels-idx1-ubyte",
                    big_endian(0x801) + big_endian(count) + labels);
    }
  }
  static std::vector<std::string> words_of(const std::vector<std::string>& more) {
    std::vector<std::string> words = {"infer", kNetwork, "--data", "data", "--no-figures"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  [[nodiscard]] Outcome infer(const std::vector<std::string>& more) const {
    return dwmtj_in(folder_.path(), words_of(more));
  }
  // Into ranges.json.
  void calibrate(const std::vector<std::string>& more) const {
    auto words = more;
    words.insert(words.end(), {"--split", "training", "--save-calibration", "ranges.json"});
    const auto outcome = infer(words);
    ASSERT_EQ(outcome.status, 0) << outcome.err;
  }
  [[nodiscard]] std::vector<std::string> files_in(const std::string& folder) const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / folder)) {
      if (entry.path().filename() != "run.yaml") names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }
  void expect_same_results(const std::string& one, const std::string& other) const {
    const auto names = files_in(one);
    EXPECT_GE(names.size(), 7U);
    ASSERT_EQ(names, files_in(other));
    for (const auto& name : names) {
      EXPECT_EQ(read_text(folder_ / (one + "/" + name)), read_text(folder_ / (other + "/" + name)))
          << name;
    }
  }
  // Rows of fields.
  [[nodiscard]] std::vector<std::vector<std::string>> table(const std::string& name) const {
    std::vector<std::vector<std::string>> rows;
    std::istringstream lines(read_text(folder_ / name));
    for (std::string line; std::getline(lines, line);) {
      auto& row = rows.emplace_back();
      std::istringstream fields(line);
      for (std::string field; std::getline(fields, field, ',');) row.push_back(field);
    }
    return rows;
  }
  void expect_refused(const std::vector<std::string>& words, const std::string& part) const {
    const auto outcome = infer(words);
    EXPECT_EQ(outcome.status, 2) << outcome.out;
    EXPECT_THAT(outcome.err, HasSubstr(part));
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  }
  [[nodiscard]] nlohmann::json results(const std::string& out) const {
    return nlohmann::json::parse(read_text(folder_ / (out + "/infer.json")));
  }

  TemporaryFolder folder_;
};

TEST_F(InferCommand, PulsesAndOneShotAreReported) {
  const auto pulses =
      infer({"--device", "straight", "--clip", "99", "--each-layer", "--out", "pulses"});
  ASSERT_EQ(pulses.status, 0) << pulses.err;
  EXPECT_THAT(pulses.out, HasSubstr("pulses a device"));
  EXPECT_THAT(pulses.out, HasSubstr("with it alone on devices"));
  const auto found = results("pulses");
  EXPECT_EQ(found["software"]["images"], kImages);
  EXPECT_GT(found["programmings"][0]["pulses"], 1000);
  EXPECT_GT(found["programmings"][0]["energy_j"], 0.0);
  const auto shot = infer({"--device", "fig6", "--bits", "5", "--write", "one-shot",
                           "--programmings", "3", "--out", "shot"});
  ASSERT_EQ(shot.status, 0) << shot.err;
  EXPECT_EQ(results("shot")["programmings"].size(), 3U);
}

// All that a run leaves, to the byte, by how many threads there are; but for the words of its
// command.
TEST_F(InferCommand, ThreadsChangeNoByte) {
  calibrate({});
  const std::vector<std::vector<std::string>> runs = {
      {"--device", "straight", "--programmings", "2", "--each-layer"},
      {"--device", "fig6", "--bits", "4", "--write", "one-shot", "--sigma-scale", "3"},
      {"--device", "straight", "--input-bits", "4", "--read-noise", "--johnson", "--readout",
       "converter", "--stuck", "1%", "--calibration", "ranges.json"}};
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto folder_of = [&](const char* threads) { return std::to_string(i) + "-" + threads; };
    for (const auto* const threads : {"1", "2", "7"}) {
      auto words = runs[i];
      words.insert(words.end(), {"--threads", threads, "--out", folder_of(threads)});
      const auto outcome = infer(words);
      ASSERT_EQ(outcome.status, 0) << outcome.err;
    }
    expect_same_results(folder_of("1"), folder_of("2"));
    expect_same_results(folder_of("1"), folder_of("7"));
  }
}

// What an image gives does not depend on the others that are run: 7 of 40 end within a batch.
TEST_F(InferCommand, HowManyImagesChangesNoPrediction) {
  calibrate({});
  const std::vector<std::string> noisy = {
      "--device",  "straight",  "--input-bits",  "4",           "--read-noise",
      "--readout", "converter", "--calibration", "ranges.json", "--images"};
  for (const auto* const images : {"7", "40"}) {
    auto words = noisy;
    words.insert(words.end(), {images, "--out", images});
    ASSERT_EQ(infer(words).status, 0);
  }
  const auto few = read_text(folder_ / "7/predictions.csv");
  EXPECT_EQ(std::count(few.begin(), few.end(), '\n'), 8);
  EXPECT_EQ(read_text(folder_ / "40/predictions.csv").substr(0, few.size()), few);
}

// Interrupted after some programming, and gone on with: as if it had never been.
TEST_F(InferCommand, GoesOnFromTheProgrammingsThatAreFinished) {
  const std::vector<std::string> study = {"--device", "straight", "--out"};
  const auto with = [&](std::vector<std::string> more) {
    auto words = study;
    words.insert(words.end(), more.begin(), more.end());
    return words;
  };
  Program program(dwmtj_command(words_of(with({"stopped", "--programmings", "100000"}))),
                  folder_.path());
  for (int i = 0; i < 2000 && !std::filesystem::exists(folder_ / "stopped/programmings.checkpoint");
       ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  program.send(SIGINT);
  ASSERT_EQ(program.wait().status, 130);
  const auto done = results("stopped")["programmings"].size();
  ASSERT_GE(done, 1U);
  const auto all = std::to_string(done + 1);
  ASSERT_EQ(infer(with({"stopped", "--programmings", all, "--resume"})).status, 0);
  ASSERT_EQ(infer(with({"whole", "--programmings", all})).status, 0);
  expect_same_results("whole", "stopped");
}

// A point of a sweep that was killed goes on from there too, to the same table.
TEST_F(InferCommand, GoesOnAsAPointOfASweep) {
  folder_.write("plan.yaml", "command: infer " + kNetwork +
                                 " --data data --device straight --programmings 12\n"
                                 "grid: {--seed: [1]}\n");
  const auto sweep = [](const std::string& out) {
    return std::vector<std::string>{"sweep", "plan.yaml", "--jobs", "1", "--out", out};
  };
  const auto has_checkpoint = [&] {
    std::error_code none_yet;
    const std::filesystem::directory_iterator points(folder_ / "killed/unfinished", none_yet);
    return std::any_of(begin(points), end(points), [](const auto& point) {
      return std::filesystem::exists(point.path() / "programmings.checkpoint");
    });
  };
  Program program(dwmtj_command(sweep("killed")), folder_.path());
  for (int i = 0; i < 20000 && !has_checkpoint(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_TRUE(has_checkpoint());
  program.send(SIGKILL);
  EXPECT_EQ(program.wait().status, 128 + SIGKILL);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "killed/table.csv"));
  EXPECT_EQ(dwmtj_in(folder_.path(), sweep("killed")).status, 0);
  EXPECT_EQ(dwmtj_in(folder_.path(), sweep("whole")).status, 0);
  EXPECT_EQ(read_text(folder_ / "killed/table.csv"), read_text(folder_ / "whole/table.csv"));
}

TEST_F(InferCommand, DoesNotGoOnFromAnotherStudy) {
  Program program(dwmtj_command(words_of(
                      {"--device", "straight", "--programmings", "100000", "--out", "other"})),
                  folder_.path());
  for (int i = 0; i < 2000 && !std::filesystem::exists(folder_ / "other/programmings.checkpoint");
       ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  program.send(SIGKILL);
  program.wait();
  expect_refused({"--device", "straight", "--set", "mtj.read_noise=1 %", "--programmings", "3",
                  "--out", "other", "--resume"},
                 "is of another run: it has 'device straight");
  expect_refused({"--device", "straight", "--resume"}, "--resume: expected --out");
}

// Circuits give what they give; converters are whatever one asks for.
TEST_F(InferCommand, OnlyResultsOfCircuitsAreBoundToTheirBits) {
  calibrate({"--input-bits", "4", "--converter-bits", "14"});
  const std::vector<std::string> words = {"--device",      "straight",    "--input-bits",     "4",
                                          "--images",      "4",           "--converter-bits", "14",
                                          "--calibration", "ranges.json", "--readout"};
  auto converter = words;
  converter.emplace_back("converter");
  const auto run = infer(converter);
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("14 bits"));
  auto tile = words;
  tile.emplace_back("tile");
  expect_refused(tile, "--converter-bits 14: tile 'straight' gives at most");
}

// The tiles of a chip, told the same as the simulated ones.
TEST_F(InferCommand, ReadByTheTilesOfAChipItSaysWhatSimulateSays) {
  calibrate({"--arch", "mesh-256"});
  const auto expect_agreement = [&](const std::string& out, const std::vector<std::string>& more) {
    std::vector<std::string> words = {"--arch",       "mesh-256", "--readout",        "tile",
                                      "--input-bits", "2",        "--seed",           "5",
                                      "--images",     "2",        "--calibration",    "ranges.json",
                                      "--out",        out + "/b", "--converter-bits", "4"};
    words.insert(words.end(), more.begin(), more.end());
    const auto run = infer(words);
    ASSERT_EQ(run.status, 0) << run.err;
    EXPECT_THAT(run.out, HasSubstr("columns: tile, 4 bits"));
    words = {"simulate",      kNetwork,      "--chip",       "mesh-256",    "--data",        "data",
             "--input-bits",  "2",           "--seed",       "5",           "--images",      "2",
             "--calibration", "ranges.json", "--out",        out + "/chip", "--result-bits", "4",
             "--timing",      "lt",          "--no-compare", "--no-figures"};
    words.insert(words.end(), more.begin(), more.end());
    const auto chip = dwmtj_in(folder_.path(), words);
    ASSERT_EQ(chip.status, 0) << chip.err;
    const auto bulk = table(out + "/b/predictions.csv");
    const auto simulated = table(out + "/chip/images.csv");
    ASSERT_EQ(bulk.size(), 3U);
    for (std::size_t i = 1; i < 3; ++i) EXPECT_EQ(bulk[i][3], simulated[i][2]) << i;
    EXPECT_EQ(read_text(folder_ / (out + "/b/tile.yaml")),
              read_text(folder_ / (out + "/chip/tile.yaml")));
  };
  expect_agreement("new", {});
  const auto file = folder_.write("stuck.yaml",
                                  "extends: trapezoidal\nname: stuck\ntitle: A column sticks\n"
                                  "stuck: {columns: [1]}\n");
  expect_agreement("old", {"--hold", "87660h", "--temperature", "500K", "--spare-columns", "8",
                           "--set", "tiles.tile=" + file.string()});
  expect_refused({"--arch", "isaac-ce", "--readout", "tile", "--input-bits", "2", "--calibration",
                  "ranges.json"},
                 "needs 'tiles'");
  expect_refused({"--arch", "mesh-256", "--readout", "tile", "--input-bits", "2", "--calibration",
                  "ranges.json", "--tile", "straight"},
                 "--set tiles.tile=NAME");
}

// A key of the device, of its tile, of the set of levels, of a chip.
TEST_F(InferCommand, EveryKeyOfItsFilesCanBeSet) {
  const auto run = infer({"--device", "straight", "--set", "mtj.read_noise=2 %", "--set",
                          "tile.verify.attempts=7", "--images", "4", "--out", "set"});
  ASSERT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(read_text(folder_ / "set/device.yaml"), HasSubstr("2 %"));
  EXPECT_THAT(read_text(folder_ / "set/tile.yaml"), HasSubstr("7"));
  const auto levels = infer({"--device", "fig6", "--bits", "3", "--write", "ideal", "--set",
                             "largest=1.2 mS", "--images", "4", "--out", "levels"});
  ASSERT_EQ(levels.status, 0) << levels.err;
  EXPECT_NEAR(results("levels")["levels_s"].back().get<double>(), 1.2e-3, 1e-9);
  expect_refused({"--device", "straight", "--set", "tile.verify.attempt=7"}, "attempts");
  expect_refused({"--device", "straight", "--set", "mtj.read_nose=7 %"}, "read_noise");
  expect_refused({"--device", "fig6", "--write", "ideal", "--set", "tile.verify.attempts=7"},
                 "is a set of levels");
  expect_refused({"--arch", "mesh-256", "--set", "tiles.cuont=7"}, "count");
  expect_refused({"--set", "tile.verify.attempts=7"}, "--set: expected --device or --arch");
}

TEST_F(InferCommand, ReadsThroughConvertersItHasCalibrated) {
  ASSERT_EQ(infer({"--split", "training", "--save-calibration", "ranges.json", "--input-bits", "4",
                   "--bit-serial"})
                .status,
            0);
  const auto run = infer({"--device", "fig6", "--bits", "5", "--write", "ideal", "--input-bits",
                          "4", "--bit-serial", "--readout", "converter", "--converter-range",
                          "column", "--calibration", "ranges.json", "--out", "out"});
  EXPECT_EQ(run.status, 0) << run.err;
  expect_refused(
      {"--device", "fig6", "--write", "ideal", "--input-bits", "8", "--calibration", "ranges.json"},
      "driven as 4 bits, one after the other, not as one level");
}

// Wires, stuck devices and a wait in the heat: each said in the report.
TEST_F(InferCommand, WhatHappensToDevicesIsReported) {
  const auto run =
      infer({"--device", "straight", "--stuck", "5%", "--hold", "1s", "--temperature", "1000K",
             "--rows", "64", "--columns", "16", "--wire", "0.1ohm", "--images", "4", "--out", "o"});
  ASSERT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("% stuck"));
  EXPECT_THAT(run.out, HasSubstr("% moved to another site since"));
  EXPECT_GT(results("o")["programmings"][0]["moved"], 0);
}

TEST_F(InferCommand, AnArchitectureSaysWhatItCosts) {
  const auto run = infer({"--arch", "adc-multibit", "--tile", "straight-16", "--bits", "5",
                          "--write", "one-shot", "--out", "out"});
  ASSERT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("of an image, leakage included"));
  const auto found = results("out");
  EXPECT_GT(found["estimate"]["energy_J"], 0.0);
  EXPECT_EQ(found["device"], "straight-16");
  const auto digits = infer({"--arch", "adc-multibit", "--tile", "straight-16", "--bits", "8",
                             "--write", "one-shot", "--out", "digits"});
  ASSERT_EQ(digits.status, 0) << digits.err;
  EXPECT_THAT(digits.out, HasSubstr("on 2 pairs each, a digit a pair, of 'straight-16'"));
  EXPECT_EQ(results("digits")["pairs_of_weight"], 2);
  EXPECT_EQ(results("digits")["array"]["pairs"], 64);
  calibrate({"--arch", "adc-multibit", "--tile", "straight-16"});  // for its rows
  const auto read = infer({"--arch", "adc-multibit", "--tile", "straight-16", "--bits", "8",
                           "--write", "one-shot", "--input-bits", "8", "--calibration",
                           "ranges.json", "--read-noise", "--images", "4"});
  EXPECT_EQ(read.status, 0) << read.err;
  expect_refused({"--arch", "isaac-ce", "--tile", "straight", "--bits", "8"},
                 "--set core.columns_per_weight=8");
  expect_refused({"--arch", "adc-multibit", "--device", "straight"}, "the architecture's tile");
}

TEST_F(InferCommand, RefusesWhatItCannotDo) {
  expect_refused({"--device", "straight", "--bits", "5", "--columns", "1"},
                 "takes 2 pairs of 'straight', side by side: expected at least as many, --bits 3");
  expect_refused({"--device", "straight", "--bits", "5", "--input-bits", "8", "--calibration",
                  "r.json", "--readout", "converter"},
                 "expected --converter-range fixed, --readout exact");
  expect_refused({"--device", "fig6", "--write", "pulses"}, "a set of levels");
  expect_refused({"--bits", "3"}, "expected --device");
  expect_refused({"--device", "straight", "--read-noise"}, "expected --input-bits");
  expect_refused({"--device", "straight", "--input-bits", "8"}, "expected --calibration");
  expect_refused({"--device", "straight", "--stuck", "200%"}, "0 % to 100 %");
  expect_refused({"--device", "straight", "--stuck", "1%", "--stuck-level", "9"}, "0 to 4");
  expect_refused({"--device", "fig6", "--write", "ideal", "--hold", "1h"}, "walls can move");
  expect_refused({"--device", "straight", "--reads", "5"}, "expected both or neither");
  expect_refused({"--device", "straight", "--wire=-1ohm"}, "at least 0 ohm");
  const std::vector<std::string> tile = {"--device",     "straight", "--readout",     "tile",
                                         "--input-bits", "4",        "--calibration", "r.json"};
  const auto tile_and = [&](std::vector<std::string> more) {
    more.insert(more.begin(), tile.begin(), tile.end());
    return more;
  };
  expect_refused(tile_and({"--write", "ideal"}), "expected --write pulses");
  expect_refused(tile_and({"--read-noise"}), "are the tile's");
  expect_refused(tile_and({"--reads", "5", "--read-current", "1uA"}), "expected no --reads");
  expect_refused(tile_and({"--bits", "5"}), "expected at most 3 bits");
  expect_refused({"--device", "straight", "--spare-columns", "1"}, "expected --readout tile");
  expect_refused({"--device", "fig6", "--bits", "4", "--write", "ideal", "--input-bits", "4",
                  "--calibration", "r.json", "--read-noise"},
                 "is a set of levels");
}

TEST_F(InferCommand, RefusesDataThatDoNotFit) {
  write_labels(kImages - 1);
  expect_refused({}, "40 images, but");
  write_labels(kImages);
  write_images(kImages, 27);
  expect_refused({}, "27");
  folder_.write("data/t10k-images-idx3-ubyte", "nothing");
  expect_refused({}, "expected an IDX file");
  std::filesystem::remove(folder_ / "data/t10k-images-idx3-ubyte");
  folder_.write("data/t10k-images-idx3-ubyte.gz", std::string("\x1f\x8b\x08\0\0\0\0\0\0\3k`", 12));
  expect_refused({}, "images-idx3-ubyte.gz: expected");
}

TEST_F(InferCommand, RefusesTheRangesOfAnotherNetwork) {
  calibrate({});
  auto ranges = nlohmann::json::parse(read_text(folder_ / "ranges.json"));
  ranges["weights_digest"] = "0123456789abcdef";
  folder_.write("ranges.json", ranges.dump());
  expect_refused({"--device", "straight", "--input-bits", "8", "--calibration", "ranges.json"},
                 "a calibration of another network");
}

// All bits set: of four bytes in a row that are a weight, a NaN.
TEST_F(InferCommand, RefusesWeightsThatAreNoNumbers) {
  auto bytes = read_text(kNetwork);
  bytes.replace(bytes.size() / 2, 8, std::string(8, '\xff'));
  const auto bad = folder_.write("bad.onnx", bytes).string();
  for (const std::vector<std::string>& more :
       {std::vector<std::string>{}, {"--device", "straight"}}) {
    std::vector<std::string> words = {"infer", bad, "--data", "data"};
    words.insert(words.end(), more.begin(), more.end());
    const auto outcome = dwmtj_in(folder_.path(), words);
    EXPECT_EQ(outcome.status, 2) << outcome.out;
    EXPECT_THAT(outcome.err, HasSubstr("finite"));
  }
}

}  // namespace
}  // namespace dwmtj
