// SPDX-License-Identifier: Apache-2.0
// `dwmtj learn` as a shell would run it, on a small data set of the same format.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <thread>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/random_stream.h"
#include "tests/app/program.h"
#include "tests/learning/small_data.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

using testing::HasSubstr;

std::string big_endian(std::size_t value) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(value >> shift & 0xffU);
  return text;
}

class LearnCommand : public ::testing::Test {
 protected:
  LearnCommand() {
    std::filesystem::create_directory(folder_ / "data");
    write("train", small_data(4000, 1));
    write("t10k", small_data(200, 2));
  }
  void write(const std::string& part, const LabelledImages& data) const {
    const auto size = big_endian(data.size());
    folder_.write("data/" + part + "-images-idx3-ubyte",
                  big_endian(0x803) + size + big_endian(4) + big_endian(4) +
                      std::string(data.pixels.begin(), data.pixels.end()));
    folder_.write("data/" + part + "-labels-idx1-ubyte",
                  big_endian(0x801) + size + std::string(data.labels.begin(), data.labels.end()));
  }
  // A study that takes about a second, and more words, which may take the place of its own.
  [[nodiscard]] static std::vector<std::string> study(const std::vector<std::string>& more) {
    static const std::pair<const char*, const char*> kOptions[] = {
        {"--data", "data"}, {"--hidden", "32"},  {"--subset-size", "100"},
        {"--batch", "50"},  {"--subsets", "40"}, {"--epochs", "20"}};
    std::vector<std::string> words = {"learn", "--no-figures"};
    for (const auto& [name, value] : kOptions) {
      if (std::find(more.begin(), more.end(), name) != more.end()) continue;
      words.insert(words.end(), {name, value});
    }
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  [[nodiscard]] Outcome run(const std::vector<std::string>& words) const {
    return dwmtj_in(folder_.path(), words);
  }
  void expect_refused(const std::vector<std::string>& words, const std::string& part) const {
    const auto outcome = run(words);
    EXPECT_EQ(outcome.status, 2);
    EXPECT_THAT(outcome.err, HasSubstr(part));
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  }
  void expect_same_results(const std::string& a, const std::string& b) const {
    for (const auto* const name : {"/accuracy.csv", "/seed-0.checkpoint", "/learning.json"}) {
      EXPECT_TRUE(read_text(folder_ / (a + name)) == read_text(folder_ / (b + name))) << name;
      EXPECT_FALSE(read_text(folder_ / (a + name)).empty()) << name;
    }
  }
  TemporaryFolder folder_;
};

TEST_F(LearnCommand, LearnsAndSaysWhatItTook) {
  const auto outcome = run(study({"--seeds", "2", "--threads", "2", "--out", "out"}));
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("seed 1  subset 40 of 40"));
  EXPECT_THAT(outcome.out, HasSubstr("mean of the last five subsets"));
  EXPECT_THAT(outcome.out, HasSubstr("not priced"));
  const auto csv = read_text(folder_ / "out/accuracy.csv");
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 2 * 40);
  EXPECT_THAT(read_text(folder_ / "out/run.yaml"), HasSubstr("--seeds 2"));
}

TEST_F(LearnCommand, PricesTheDigitalHalfByAnArchitecture) {
  const auto outcome = run(study({"--subsets", "2", "--update", "accumulated", "--spread", "5 %",
                                  "--arch", "binary-comparator", "--out", "out"}));
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("digital half of seed 0, by binary-comparator"));
  EXPECT_THAT(outcome.out, HasSubstr("not priced: digitised sums\n"));
  EXPECT_THAT(outcome.out, HasSubstr("walls of neighbours expected to move"));
  const auto json = read_text(folder_ / "out/learning.json");
  // 20 operations of 0.43 pJ, and 8 bytes of 1.1 pJ read and written, for each of 832 weights in
  // 80 steps.
  EXPECT_THAT(json, HasSubstr("\"energy_J\": 1.74"));
  EXPECT_THAT(json, HasSubstr("\"spread\": \"0.05\""));
}

// Killed where it stands, ten times, and resumed.
TEST_F(LearnCommand, EndsTheSameHoweverOftenItIsKilled) {
  ASSERT_EQ(run(study({"--out", "whole"})).status, 0);
  const auto words = study({"--out", "killed", "--resume"});
  for (std::uint32_t i = 0; i < 10; ++i) {
    Program program(dwmtj_command(words), folder_.path());
    const auto wait = draw(1, Stream::stimulus, i, 0).words[0] % 200;
    std::this_thread::sleep_for(std::chrono::milliseconds(wait));
    program.send(SIGKILL);
    program.wait();
  }
  ASSERT_EQ(run(words).status, 0);
  expect_same_results("whole", "killed");
}

TEST_F(LearnCommand, GoesOnAfterAnInterrupt) {
  ASSERT_EQ(run(study({"--out", "whole"})).status, 0);
  Program program(dwmtj_command(study({"--out", "stopped"})), folder_.path());
  std::this_thread::sleep_for(std::chrono::milliseconds(150));
  program.send(SIGINT);
  const auto status = program.wait().status;
  EXPECT_TRUE(status == 130 || status == 128 + SIGINT || status == 0) << status;
  ASSERT_EQ(run(study({"--out", "stopped", "--resume"})).status, 0);
  expect_same_results("whole", "stopped");
}

// Its levels are the device's, 33 of a sign.
TEST_F(LearnCommand, TakesADeviceOfMeasuredPulses) {
  const auto outcome =
      run(study({"--device", "scaled-50nm-table", "--update", "drawn", "--out", "measured"}));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  expect_refused(study({"--levels", "65"}), "--levels");
}

TEST_F(LearnCommand, RefusesWhatItCannotDo) {
  expect_refused(study({"--subsets", "41"}), "--subsets 41 of 100 images: there are only 4000");
  expect_refused(study({"--batch", "30"}), "--batch 30: does not divide the 100 images");
  expect_refused(study({"--hidden", "40"}), "--hidden 40: expected multiples of 16");
  expect_refused(study({"--activation", "tanh"}), "--activation: 'tanh' is none of relu, sign");
  expect_refused(study({"--device", "nothing"}), "nothing");
  expect_refused(study({"--levels", "1"}), "--levels");
  expect_refused(study({"--spread", "5 %"}), "--spread: ideal rounding knows no devices");
  expect_refused(study({"--update", "drawn", "--spread", "20 %"}),
                 "--spread 20 %: expected 0 to 14.8 %");
  expect_refused(study({"--update", "drawn", "--levels", "8"}),
                 "--levels 8: the device 'trapezoidal' has 4");
  expect_refused({"learn", "--data", "elsewhere"}, "data 'elsewhere': expected a folder");
  ASSERT_EQ(run(study({"--subsets", "1", "--out", "out"})).status, 0);
  expect_refused(study({"--subsets", "1", "--out", "out", "--resume", "--delta", "2"}),
                 "out/seed-0.checkpoint: is of another run: it has 'delta 3'");
}

}  // namespace
}  // namespace dwmtj
