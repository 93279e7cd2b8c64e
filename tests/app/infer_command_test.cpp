// SPDX-License-Identifier: Apache-2.0
// `dwmtj infer` as a shell would run it: the example network on images made here.
#include <algorithm>
#include <random>

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
  [[nodiscard]] Outcome infer(const std::vector<std::string>& more) const {
    std::vector<std::string> words = {"infer", kNetwork, "--data", "data", "--no-figures"};
    words.insert(words.end(), more.begin(), more.end());
    return dwmtj_in(folder_.path(), words);
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

TEST_F(InferCommand, ThreadsChangeNoByte) {
  for (const auto* const threads : {"1", "2", "7"}) {
    const auto outcome = infer({"--device", "straight", "--threads", threads, "--out", threads});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
  }
  for (const auto* const name : {"infer.json", "programmings.csv", "conductances.csv",
                                 "layer_errors.csv", "confusion.csv"}) {
    const auto one = read_text(folder_ / (std::string("1/") + name));
    EXPECT_EQ(read_text(folder_ / (std::string("2/") + name)), one) << name;
    EXPECT_EQ(read_text(folder_ / (std::string("7/") + name)), one) << name;
  }
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
  expect_refused({"--arch", "adc-multibit", "--tile", "straight-16", "--bits", "8"},
                 "expected --bits 5 or less");
  expect_refused({"--arch", "adc-multibit", "--device", "straight"}, "the architecture's tile");
}

TEST_F(InferCommand, RefusesWhatItCannotDo) {
  expect_refused({"--device", "straight", "--bits", "5"}, "expected at most 3 bits");
  expect_refused({"--device", "fig6", "--write", "pulses"}, "a set of levels");
  expect_refused({"--bits", "3"}, "expected --device");
  expect_refused({"--device", "straight", "--read-noise"}, "expected --input-bits");
  expect_refused({"--device", "straight", "--input-bits", "8"}, "expected --calibration");
  expect_refused({"--device", "straight", "--stuck", "200%"}, "0 % to 100 %");
  expect_refused({"--device", "straight", "--stuck", "1%", "--stuck-level", "9"}, "0 to 4");
  expect_refused({"--device", "fig6", "--write", "ideal", "--hold", "1h"}, "walls can move");
  expect_refused({"--device", "straight", "--reads", "5"}, "expected both or neither");
  expect_refused({"--device", "straight", "--wire=-1ohm"}, "at least 0 ohm");
}

TEST_F(InferCommand, RefusesDataThatDoNotFit) {
  write_labels(kImages - 1);
  expect_refused({}, "40 images, but");
  write_labels(kImages);
  write_images(kImages, 27);
  expect_refused({}, "27");
  folder_.write("data/t10k-images-idx3-ubyte", "nothing");
  expect_refused({}, "expected an IDX file");
}

}  // namespace
}  // namespace dwmtj
