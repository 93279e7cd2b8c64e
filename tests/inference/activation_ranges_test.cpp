// SPDX-License-Identifier: Apache-2.0
#include "inference/activation_ranges.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "common/input_error.h"
#include "common/on_threads.h"
#include "tests/inference/networks.h"

namespace dwmtj {
namespace {

class ActivationRangesTest : public testing::Test {
 protected:
  void SetUp() override {
    file_ = std::filesystem::path(testing::TempDir()) /
            (std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) + ".json");
  }
  void TearDown() override { std::filesystem::remove(file_); }

  [[nodiscard]] ActivationRanges measured(std::int64_t rows = 64) const {
    return measure_ranges(network_, plan_, source_, 100, rows, 8);
  }
  void write(const std::string& text) const { std::ofstream(file_) << text; }
  [[nodiscard]] std::string complaint(std::int64_t rows = 64) const {
    try {
      static_cast<void>(load_ranges(file_, network_, rows));
    } catch (const InputError& error) {
      return error.what();
    }
    return {};
  }

  Network network_ = small_perceptron();
  ForwardPlan plan_ = plan_forward(network_);
  DataSet data_ = random_images(200, {1, 6, 6}, 4);
  ImageSource source_{data_, network_.layers[0], {}};
  std::filesystem::path file_;
};

TEST_F(ActivationRangesTest, CoversWhatLayersMeet) {
  const auto calibration = measured();
  ASSERT_EQ(calibration.layers.size(), 2U);
  const auto& first = calibration.layers[0].range;
  EXPECT_EQ(first.input_low, 0.0);
  EXPECT_NEAR(first.input_high, 1.0, 0.02);  // bytes over 255
  EXPECT_LT(first.sum_low, -0.5);
  EXPECT_EQ(first.sum_low, -first.sum_high);
  EXPECT_EQ(calibration.layers[1].range.input_low, 0.0);  // behind a relu
}

TEST_F(ActivationRangesTest, SumsOfBlocksAreSmaller) {
  EXPECT_LT(measured(9).layers[0].range.sum_high, measured().layers[0].range.sum_high);
}

TEST_F(ActivationRangesTest, IsTheSameOnAnyNumberOfThreads) {
  const auto text = [&](int threads) {
    return on_threads(threads, [&] { return ranges_json(measured()); });
  };
  EXPECT_EQ(text(1), text(7));
}

TEST_F(ActivationRangesTest, ComesBackFromItsFile) {
  const auto calibration = measured();
  write(ranges_json(calibration));
  const auto again = load_ranges(file_, network_, 64);
  ASSERT_EQ(again.layers.size(), 2U);
  EXPECT_EQ(again.layers[1].range.sum_high, calibration.layers[1].range.sum_high);
}

TEST_F(ActivationRangesTest, IsOfOneNetworkAndItsArrays) {
  write(ranges_json(measured()));
  EXPECT_NE(complaint(65).find("for arrays of 64 rows, not of 65"), std::string::npos);
  network_.layers[1].weights = random_weights(24, 36, 99);
  EXPECT_NE(complaint().find("a calibration of another network"), std::string::npos);
}

TEST_F(ActivationRangesTest, RefusesWhatIsNone) {
  EXPECT_NE(complaint().find("cannot be read"), std::string::npos);
  write("{");
  EXPECT_NE(complaint().find("expected a calibration"), std::string::npos);
  write("[1]");
  EXPECT_NE(complaint().find("missing 'weights_digest'"), std::string::npos);
  auto text = ranges_json(measured());
  const auto at = text.find("\"sum_high\": ");
  text.replace(at, text.find('\n', at) - at, "\"sum_high\": -1e9");
  write(text);
  EXPECT_NE(complaint().find("expected ranges from low to high"), std::string::npos);
}

}  // namespace
}  // namespace dwmtj
