// SPDX-License-Identifier: Apache-2.0
#include "inference/activation_ranges.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "common/input_error.h"
#include "common/on_threads.h"
#include "inference/ranges_file.h"
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

  [[nodiscard]] ActivationRanges measured(std::int64_t rows = 64,
                                          std::optional<int> serial_bits = {}) const {
    return measure_ranges(network_, plan_, source_, {100, rows, 8, serial_bits});
  }
  void write(const std::string& text) const { std::ofstream(file_) << text; }
  [[nodiscard]] std::string complaint(std::int64_t rows = 64,
                                      std::optional<int> serial_bits = {}) const {
    try {
      static_cast<void>(load_ranges(file_, network_, rows, serial_bits));
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
  const auto again = load_ranges(file_, network_, 64, {});
  ASSERT_EQ(again.layers.size(), 2U);
  EXPECT_EQ(again.layers[1].range.sum_high, calibration.layers[1].range.sum_high);
  ASSERT_EQ(again.layers[0].range.columns.size(), 24U);
  EXPECT_EQ(again.layers[0].range.columns[5].high, calibration.layers[0].range.columns[5].high);
}

// 36 rows in arrays of 9: four blocks of each output.
TEST_F(ActivationRangesTest, HasARangeForEachColumnOfEachArray) {
  const auto range = measured(9).layers[0].range;
  ASSERT_EQ(range.columns.size(), 4U * 24U);
  double largest = 0;
  for (const auto& column : range.columns) {
    EXPECT_LE(column.high, 2 * range.sum_high);
    largest = std::max(largest, column.high);
  }
  EXPECT_GT(largest, 0.8 * range.sum_high);
}

// One bit at full drive: a sum can be larger than that of the value, never than all rows driven.
TEST_F(ActivationRangesTest, BitsAreDrivenInFull) {
  const auto whole = measured().layers[0].range;
  const auto bits = measured(64, 4).layers[0].range;
  EXPECT_EQ(bits.input_high, whole.input_high);
  EXPECT_GT(bits.sum_high, 0.0);
  double most = 0;
  const auto& weights = *network_.layers[1].weights.values;
  for (std::size_t output = 0; output < 24; ++output) {
    double up = 0;
    double down = 0;
    for (std::size_t i = 0; i < 36; ++i) {
      (weights[output * 36 + i] > 0 ? up : down) += std::abs(weights[output * 36 + i]);
    }
    most = std::max({most, up, down});
  }
  EXPECT_LE(bits.sum_high, most * bits.input_high * 1.0001);
}

TEST_F(ActivationRangesTest, IsOfOneNetworkAndItsArrays) {
  write(ranges_json(measured()));
  EXPECT_NE(complaint(65).find("for arrays of 64 rows, not of 65"), std::string::npos);
  EXPECT_NE(complaint(64, 8).find("driven as one level, not as 8 bits"), std::string::npos);
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
  text.replace(at, text.find('\n', at) - at, "\"sum_high\": -1e9,");
  write(text);
  EXPECT_NE(complaint().find("expected ranges from low to high"), std::string::npos);
  text = ranges_json(measured());
  const auto low = text.find("\"sum_low\": ") + 11;
  const auto high = text.find("\"sum_high\": ") + 12;
  const auto least = text.substr(low, text.find_first_of(",\n", low) - low);
  text.replace(high, text.find_first_of(",\n", high) - high, least);
  write(text);
  EXPECT_NE(complaint().find("expected ranges from low to high"), std::string::npos);
  text = ranges_json(measured(36));
  EXPECT_NE(text.find("\"rows\": 36"), std::string::npos);
  text.replace(text.find("\"rows\": 36"), 10, "\"rows\": 9");
  write(text);
  EXPECT_NE(complaint(9).find("expected 96 ranges of columns"), std::string::npos);
}

}  // namespace
}  // namespace dwmtj
