// SPDX-License-Identifier: Apache-2.0
// `dwmtj simulate` as a shell would run it.
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/program.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

using testing::HasSubstr;

const std::string kNetwork = std::string(DWMTJ_SOURCES) + "/networks/examples/fashion-cnn.onnx";

void write_big_endian(std::ostream& stream, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) stream.put(static_cast<char>(value >> shift));
}

class SimulateCommand : public ::testing::Test {
 protected:
  SimulateCommand() {
    write_images("small", 3, 28);
    write_images("other", 3, 20);
  }

  // An IDX data set of squares.
  void write_images(const std::string& name, std::uint32_t count, std::uint32_t size) {
    const auto folder = folder_.path() / name;
    std::filesystem::create_directories(folder);
    std::ofstream images(folder / "t10k-images-idx3-ubyte", std::ios::binary);
    std::ofstream labels(folder / "t10k-labels-idx1-ubyte", std::ios::binary);
    for (const auto word : {0x803U, count, size, size}) write_big_endian(images, word);
    for (const auto word : {0x801U, count}) write_big_endian(labels, word);
    for (std::uint32_t i = 0; i < count; ++i) {
      labels.put(static_cast<char>(i));
      for (std::uint32_t p = 0; p < size * size; ++p) {
        const bool inside = p / size > 6 + i && p % size > 8 - i;
        images.put(static_cast<char>(inside ? 200 - p % 7 : 0));
      }
    }
  }

  [[nodiscard]] Outcome simulate(std::vector<std::string> words) const {
    words.insert(words.begin(), {"simulate"});
    return dwmtj_in(folder_.path(), words);
  }
  void expect_refused(const std::vector<std::string>& words, const std::string& message) const {
    const auto outcome = simulate(words);
    EXPECT_EQ(outcome.status, 2) << outcome.out;
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, HasSubstr(message));
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1);
  }
  [[nodiscard]] nlohmann::json json_of(const std::string& folder) const {
    std::ifstream stream(folder_.path() / folder / "simulate.json");
    return nlohmann::json::parse(stream);
  }

  const std::vector<std::string> kUsual = {kNetwork, "--chip",        "mesh-256", "--data",
                                           "small",  "--images",      "2",        "--input-bits",
                                           "2",      "--result-bits", "4"};
  [[nodiscard]] std::vector<std::string> usual_and(std::vector<std::string> more) const {
    auto words = kUsual;
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }

  TemporaryFolder folder_;
};

TEST_F(SimulateCommand, GivesWhatInferGivesInBothTimingsAndAtThePins) {
  const auto at = simulate(usual_and({"--out", "at"}));
  ASSERT_EQ(at.status, 0) << at.err << at.out;
  EXPECT_THAT(at.out, HasSubstr("2 of 2 labels"));
  ASSERT_EQ(simulate(usual_and({"--timing", "lt", "--out", "lt"})).status, 0);
  ASSERT_EQ(simulate(usual_and({"--zoom", "tile1", "--vcd", "tile1.vcd", "--trace",
                                "*.controller.state", "--out", "zoom"}))
                .status,
            0);
  const auto plain = json_of("at");
  const auto zoomed = json_of("zoom");
  EXPECT_EQ(plain["latency_s"], zoomed["latency_s"]);
  EXPECT_NEAR(plain["total_J"].get<double>(), zoomed["total_J"].get<double>(),
              1e-12 * plain["total_J"].get<double>());
  EXPECT_EQ(plain["infer"]["same_layers"], plain["infer"]["layers"]);
  EXPECT_EQ(plain["hits"], json_of("lt")["hits"]);
  EXPECT_GT(std::filesystem::file_size(folder_.path() / "tile1.vcd"), 10000U);
}

TEST_F(SimulateCommand, TellsWhatIsWrongInOneLine) {
  expect_refused({kNetwork, "--chip", "bus-4", "--data", "small"}, " too few; ");
  expect_refused({kNetwork, "--chip", "isaac-ce", "--data", "small"}, "needs 'tiles'");
  expect_refused({kNetwork, "--chip", "mesh-256", "--data", "other"},
                 "images of 1 x 20 x 20, but the network takes 1 x 28 x 28");
  expect_refused(usual_and({"--zoom", "tile256"}),
                 "--zoom tile256: no such tile; the chip has tile0 to tile255");
  expect_refused(usual_and({"--set", "digital.entries=100"}), "digital.entries");
  expect_refused({kNetwork, "--chip", "mesh-256", "--data", "small", "--result-bits", "12"},
                 "results of 12 bits: tile 'trapezoidal' gives at most 8");
}

}  // namespace
}  // namespace dwmtj
